package com.keeptrusts.gateway.policy.pii;

import java.util.List;

/** What is said about a number behind it: "… is my passport number", "… (SSN)". */
final class Afterthought {

    /** Blocks with fewer digits are not waited for. */
    static final int FEWEST_DIGITS = 5;

    private static final int LONGEST = 36;
    private static final Trie LINKS = new Trie();

    static {
        for (String verb : List.of("is ", "was ", "as ", "being ")) {
            for (String whose : List.of("my ", "the ", "his ", "her ", "our ", "their ", "your ")) {
                LINKS.add(verb + whose, 1);
            }
        }
        List.of("(", "ist meine ", "ist die ", "es mi ", "es el ", "est mon ", "è il mio ")
                .forEach(link -> LINKS.add(link, 1));
    }

    private Afterthought() {}

    /** The bits of the cues that a bracket or linking words lead to from {@code from}; negative to ask for more text. */
    static int cues(char[] text, int from, int limit, boolean complete) {
        int start = from;
        while (start < limit && start < from + 2 && Chars.gap(text[start])) {
            start++;
        }
        int node = Trie.ROOT;
        for (int i = start; i < limit; i++) {
            node = LINKS.step(node, Chars.fold(text[i]));
            if (node == Trie.NOWHERE) {
                return 0;
            }
            if (LINKS.meaning(node) != 0) {
                return behind(text, i + 1, from + LONGEST, limit, complete);
            }
        }
        return complete ? 0 : BlockReader.NEED_MORE;
    }

    private static int behind(char[] text, int from, int to, int limit, boolean complete) {
        int end = from;
        while (end < limit && end < to && !Chars.digit(text[end]) && ".;:!?,)\n\r\t".indexOf(text[end]) < 0) {
            end++;
        }
        if (end >= limit && end < to && !complete) {
            return BlockReader.NEED_MORE;
        }
        int[] bits = new int[1];
        Lexicon.INSTALLED.mark(text, from, from, end, (cues, _) -> bits[0] |= cues);
        return bits[0];
    }
}
