package com.keeptrusts.gateway.policy.text;

import java.io.ByteArrayOutputStream;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the shadow of one text that is not all ASCII. */
final class ShadowWriter {

    private static final int SMUGGLED_BOUND = 4_096;
    private static final int SMUGGLED_RUN = 4;
    private static final int BLACK_FLAG = 0x1F3F4;

    private final String original;
    private final boolean readLookalikes;
    private final ByteArrayOutputStream smuggled = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream selectors = new ByteArrayOutputStream(0);
    private char[] out;
    private int[] origins;
    private int length;
    private boolean flag;
    private int invisible;
    private int tags;
    private int lookalikes;
    private int latinLetters;
    private int otherLetters;

    // The word being written.
    private int wordStart;
    private boolean wordLatin;
    private boolean wordImitable = true;
    private boolean wordForeign;

    ShadowWriter(String original, boolean readLookalikes) {
        this.original = original;
        this.readLookalikes = readLookalikes;
        this.out = new char[original.length() + 16];
        this.origins = new int[original.length() + 17];
    }

    ShadowText write() {
        int i = 0;
        while (i < original.length()) {
            char c = original.charAt(i);
            if (c < 0x80) {
                put(c, i);
                i++;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < original.length()
                    && Character.isLowSurrogate(original.charAt(i + 1))) {
                supplementary(original.codePointAt(i), i);
                i += Character.charCount(original.codePointAt(i));
            } else {
                basic(c, i);
                i++;
            }
        }
        endWord();
        endSelectors();
        origins[length] = original.length();
        var traces = new ShadowText.Traces(invisible, tags, lookalikes, smuggled.toString(StandardCharsets.UTF_8));
        return new ShadowText(new String(out, 0, length), Arrays.copyOf(origins, length + 1), traces);
    }

    private void basic(char c, int at) {
        char folded = CharacterFolding.single(c);
        if (folded == CharacterFolding.REMOVED) {
            invisible++;
            smuggle(c >= 0xFE00 && c <= 0xFE0F ? c - 0xFE00 : -1);
        } else if (folded == CharacterFolding.EXPANDS) {
            putAll(CharacterFolding.expansion(c), at);
        } else {
            char capital = Confusables.smallCapital(folded);
            put(capital == 0 ? folded : capital, at);
        }
    }

    private void supplementary(int codePoint, int at) {
        boolean ofFlag = flag && codePoint >= 0xE0000;
        flag = codePoint == BLACK_FLAG || ofFlag; // flags of regions are spelt in tag characters, too
        String folded = ofFlag ? "" : CharacterFolding.supplementary(codePoint);
        if (folded.isEmpty()) {
            invisible++;
            smuggle(codePoint >= 0xE0100 && codePoint <= 0xE01EF ? codePoint - 0xE0100 + 16 : -1);
        } else {
            tags += codePoint >= 0xE0000 ? 1 : 0;
            putAll(folded, at);
        }
    }

    /** Variation selectors can carry a byte each; honest text never has several in a row. */
    private void smuggle(int value) {
        if (value >= 0 && selectors.size() < SMUGGLED_BOUND) {
            selectors.write(value);
        }
    }

    private void endSelectors() {
        if (selectors.size() >= SMUGGLED_RUN && smuggled.size() < SMUGGLED_BOUND) {
            smuggled.writeBytes(selectors.toByteArray());
        }
        selectors.reset();
    }

    private void putAll(String folded, int at) {
        for (int i = 0; i < folded.length(); i++) {
            put(folded.charAt(i), at);
        }
    }

    private void put(char c, int at) {
        if (length == out.length) {
            out = Arrays.copyOf(out, out.length * 2);
            origins = Arrays.copyOf(origins, out.length + 1);
        }
        if (selectors.size() > 0) {
            endSelectors();
        }
        if (Character.isLetter(c)) {
            note(c);
        } else if (c < '0' || c > '9') {
            endWord();
            wordStart = length + 1;
        }
        out[length] = c;
        origins[length] = at;
        length++;
    }

    private void note(char c) {
        if (c < 0x250) {
            wordLatin = true;
            latinLetters++;
        } else {
            otherLetters++;
            wordForeign = true;
            wordImitable &= Confusables.latin(c) != 0;
        }
    }

    /** Reads the word as Latin when it mixes scripts, or consists of look-alikes amid Latin words. */
    private void endWord() {
        boolean mixed = wordLatin && wordForeign;
        boolean hidden = wordForeign && wordImitable && latinLetters > 2 * otherLetters;
        if (readLookalikes && (mixed || hidden)) {
            for (int i = wordStart; i < length; i++) {
                char latin = Confusables.latin(out[i]);
                if (latin != 0 && UnicodeScript.of(out[i]) != UnicodeScript.LATIN) {
                    out[i] = latin;
                    lookalikes++;
                }
            }
        }
        wordLatin = false;
        wordForeign = false;
        wordImitable = true;
    }
}
