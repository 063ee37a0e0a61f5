package com.keeptrusts.gateway.policy.injection;

import java.util.Arrays;

/** Words and phrases with the concepts they stand for, as a trie over folded text. Immutable once built. */
final class ConceptTrie {

    private static final int ROOT = 1;

    private final int[] rootChildren;
    private final long[] keys;
    private final int[] children;
    private final long[] wholeWord;
    private final long[] anyWord;
    private final int mask;

    private ConceptTrie(Builder built) {
        this.rootChildren = new int[0x10000];
        this.keys = built.keys;
        this.children = built.children;
        this.wholeWord = Arrays.copyOf(built.wholeWord, built.nodes + 1);
        this.anyWord = Arrays.copyOf(built.anyWord, built.nodes + 1);
        this.mask = built.keys.length - 1;
        for (int c = 1; c < rootChildren.length; c++) {
            rootChildren[c] = lookUp(ROOT, (char) c);
        }
    }

    /**
     * Notes all phrases of a text. Every start is followed no further than the longest phrase, so that the time is
     * linear in the text whatever it says.
     *
     * @param anywhere whether words may begin at any character of any script
     */
    Hits find(FoldedText text, boolean anywhere) {
        var hits = new Hits();
        char[] chars = text.chars();
        int length = text.length();
        int sentence = 0;
        int quotes = 0;
        boolean wordBefore = false;
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            boolean word = FoldedText.isWord(c);
            if (word && (!wordBefore || anywhere || FoldedText.isUnspaced(c))) {
                follow(chars, length, i, anywhere, sentence, (quotes & 1) == 1, hits);
            } else if (c == FoldedText.STOP) {
                sentence++;
            } else if (c == FoldedText.QUOTE) {
                quotes++;
            }
            wordBefore = word;
        }
        return hits;
    }

    private void follow(
            char[] chars, int length, int start, boolean anywhere, int sentence, boolean quoted, Hits hits) {
        int node = rootChildren[chars[start]];
        int i = start + 1;
        while (node != 0) {
            long concepts = anyWord[node];
            if (wholeWord[node] != 0 && (anywhere || ends(chars, length, i))) {
                concepts |= wholeWord[node];
            }
            if (concepts != 0) {
                hits.add(start, i, concepts, sentence, quoted);
            }
            if (i >= length) {
                return;
            }
            node = lookUp(node, chars[i]);
            i++;
        }
    }

    private static boolean ends(char[] chars, int length, int end) {
        return end >= length || !FoldedText.isWord(chars[end]) || FoldedText.isUnspaced(chars[end - 1]);
    }

    private int lookUp(int node, char c) {
        long key = ((long) node << 16) | c;
        int slot = slot(key) & mask;
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return children[slot];
            }
            slot = (slot + 1) & mask;
        }
        return 0;
    }

    private static int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40);
    }

    /** Collects the phrases. */
    static final class Builder {

        private long[] keys = new long[1 << 12];
        private int[] children = new int[1 << 12];
        private long[] wholeWord = new long[1 << 10];
        private long[] anyWord = new long[1 << 10];
        private int nodes = ROOT;
        private int used;

        /**
         * Adds a folded phrase.
         *
         * @param prefix whether any word that begins with it counts
         */
        void add(String phrase, boolean prefix, long concepts) {
            int node = ROOT;
            for (int i = 0; i < phrase.length(); i++) {
                node = child(node, phrase.charAt(i));
            }
            long[] ends = prefix ? anyWord : wholeWord;
            ends[node] |= concepts;
        }

        ConceptTrie build() {
            return new ConceptTrie(this);
        }

        private int child(int node, char c) {
            if (used * 2 > keys.length) {
                grow();
            }
            long key = ((long) node << 16) | c;
            int slot = slot(key) & (keys.length - 1);
            while (keys[slot] != 0 && keys[slot] != key) {
                slot = (slot + 1) & (keys.length - 1);
            }
            if (keys[slot] == 0) {
                keys[slot] = key;
                children[slot] = newNode();
                used++;
            }
            return children[slot];
        }

        private int newNode() {
            nodes++;
            if (nodes >= wholeWord.length) {
                wholeWord = Arrays.copyOf(wholeWord, nodes * 2);
                anyWord = Arrays.copyOf(anyWord, nodes * 2);
            }
            return nodes;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldChildren = children;
            keys = new long[oldKeys.length * 2];
            children = new int[keys.length];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldKeys[i] != 0) {
                    int slot = slot(oldKeys[i]) & (keys.length - 1);
                    while (keys[slot] != 0) {
                        slot = (slot + 1) & (keys.length - 1);
                    }
                    keys[slot] = oldKeys[i];
                    children[slot] = oldChildren[i];
                }
            }
        }
    }
}
