package com.keeptrusts.gateway.policy.injection;

/** One text with the phrases found in it, and what the rules ask of them. */
final class Reading {

    private static final int QUOTE_REACH = 160;

    private final FoldedText text;
    private final Hits hits;

    Reading(FoldedText text, Hits hits) {
        this.text = text;
        this.hits = hits;
    }

    FoldedText text() {
        return text;
    }

    Hits hits() {
        return hits;
    }

    /** How far a phrase reaches, in characters: scripts without spaces say more with fewer. */
    int reach(int hit, int characters) {
        return FoldedText.isUnspaced(text.chars()[hits.start(hit)]) ? characters * 2 / 5 : characters;
    }

    /** The nearest hit after this one that is any of the concepts, in the same sentence and within reach; or -1. */
    int ahead(int hit, long any, int reach) {
        if (!hits.saw(any)) {
            return -1;
        }
        int limit = hits.end(hit) + reach;
        for (int i = hit + 1; i < hits.count() && hits.start(i) <= limit; i++) {
            if (hits.sentence(i) != hits.sentence(hit)) {
                return -1;
            }
            if (hits.is(i, any) && hits.start(i) >= hits.start(hit)) {
                return i;
            }
        }
        return -1;
    }

    /** As {@link #ahead}, before this one. */
    int behind(int hit, long any, int reach) {
        if (!hits.saw(any)) {
            return -1;
        }
        int limit = hits.start(hit) - reach;
        for (int i = hit - 1; i >= 0 && hits.start(i) >= limit; i--) {
            if (hits.sentence(i) != hits.sentence(hit)) {
                return -1;
            }
            if (hits.is(i, any)) {
                return i;
            }
        }
        return -1;
    }

    /** The nearest hit on either side, whatever the sentence; or -1. */
    int around(int hit, long any, int reach) {
        if (!hits.saw(any)) {
            return -1;
        }
        for (int i = hit + 1; i < hits.count() && hits.start(i) <= hits.end(hit) + reach; i++) {
            if (hits.is(i, any)) {
                return i;
            }
        }
        for (int i = hit - 1; i >= 0 && hits.start(i) >= hits.start(hit) - reach; i--) {
            if (hits.is(i, any)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether any of the concepts begins between two places. */
    boolean between(int from, int to, int nearHit, long any) {
        for (int i = nearHit; i >= 0 && hits.start(i) >= from; i--) {
            if (hits.start(i) <= to && hits.is(i, any)) {
                return true;
            }
        }
        for (int i = nearHit + 1; i < hits.count() && hits.start(i) <= to; i++) {
            if (hits.start(i) >= from && hits.is(i, any)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a hit of the concept ends right before this one, or begins right after it. */
    boolean negated(int hit) {
        for (int i = hit - 1; i >= 0 && hits.start(i) >= hits.start(hit) - 14; i--) {
            if (hits.is(i, Concept.NOT)
                    && hits.sentence(i) == hits.sentence(hit)
                    && hits.end(i) <= hits.start(hit)
                    && hits.end(i) >= hits.start(hit) - 2) {
                return true;
            }
        }
        for (int i = hit + 1; i < hits.count() && hits.start(i) <= hits.end(hit) + 1; i++) {
            if (hits.is(i, Concept.NOT) && hits.start(i) >= hits.end(hit)) {
                return true;
            }
        }
        return false;
    }

    /** What is taken off because the words are quoted or spoken about. */
    double damping(int hit) {
        boolean talk = around(hit, Concept.TALK.bit(), QUOTE_REACH) >= 0;
        if (!hits.quoted(hit)) {
            return talk ? 1.2 : 0;
        }
        boolean goesOn = around(hit, Concept.CUE.bit() | Concept.PROMPT.bit(), QUOTE_REACH) >= 0;
        return !talk ? 0.5 : goesOn ? 3 : 4.2;
    }

    /** The word that ends right before a hit; empty at the beginning of a sentence. */
    String wordBefore(int hit) {
        return wordEndingAt(hits.start(hit) - 1);
    }

    /** The word before that one. */
    String secondWordBefore(int hit) {
        return wordEndingAt(hits.start(hit) - 2 - wordBefore(hit).length());
    }

    /** The word that begins right after a hit. */
    String wordAfter(int hit) {
        int start = hits.end(hit) + 1;
        if (start >= text.length() || text.chars()[start - 1] != ' ') {
            return "";
        }
        int end = start;
        while (end < text.length() && FoldedText.isWord(text.chars()[end])) {
            end++;
        }
        return new String(text.chars(), start, end - start);
    }

    private String wordEndingAt(int end) {
        if (end < 0 || text.chars()[end] != ' ') {
            return "";
        }
        int start = end;
        while (start > 0 && FoldedText.isWord(text.chars()[start - 1])) {
            start--;
        }
        return new String(text.chars(), start, end - start);
    }
}
