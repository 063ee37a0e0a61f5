package com.keeptrusts.gateway.policy.injection;

import java.util.Arrays;

/**
 * A text reduced to what words are recognised by: lower-case letters and digits, one space between words, a full stop
 * between sentences, one kind of quotation mark. A single line break is a space, for it may stand within a sentence.
 */
final class FoldedText {

    static final char STOP = '.';
    static final char QUOTE = '"';

    private final char[] chars;
    private final int length;

    private FoldedText(char[] chars, int length) {
        this.chars = chars;
        this.length = length;
    }

    static FoldedText of(String text) {
        return new Folding(text).fold();
    }

    /** Longer than {@link #length()}: only so many characters count. */
    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    String text() {
        return new String(chars, 0, length);
    }

    static boolean isWord(char c) {
        return c != ' ' && c != STOP && c != QUOTE;
    }

    /** Scripts that put no space between words, so that a word may begin at any character. */
    static boolean isUnspaced(char c) {
        return c >= 0x0E00
                && (c <= 0x0EFF
                        || (c >= 0x1000 && c <= 0x109F)
                        || (c >= 0x1780 && c <= 0x17FF)
                        || (c >= 0x3040 && c <= 0x30FF)
                        || (c >= 0x3400 && c <= 0x9FFF)
                        || (c >= 0xAC00 && c <= 0xD7AF));
    }

    private static final class Folding {

        private static final char DROP = 0;
        private static final char[] ASCII = new char[128];

        static {
            Arrays.fill(ASCII, ' ');
            for (char c = '0'; c <= '9'; c++) {
                ASCII[c] = c;
            }
            for (char c = 'a'; c <= 'z'; c++) {
                ASCII[c] = c;
                ASCII[c - 32] = c;
            }
            for (char c : ".!?;".toCharArray()) {
                ASCII[c] = STOP;
            }
            ASCII['"'] = QUOTE;
            ASCII['`'] = QUOTE;
        }

        private final String text;
        private final char[] out;
        private int length;

        Folding(String text) {
            this.text = text;
            this.out = new char[text.length() + 1];
        }

        FoldedText fold() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                char folded = c < 128 ? ASCII[c] : folded(c);
                if (c == '\n') {
                    folded = paragraphEnds(i) ? STOP : ' ';
                } else if (c == '\'' || c == '’') {
                    folded = apostrophe(i);
                } else if (c == '.' && i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1))) {
                    folded = ' '; // within a name or an address
                }
                put(folded);
            }
            return new FoldedText(out, length);
        }

        private void put(char c) {
            char last = length == 0 ? STOP : out[length - 1];
            if (c == DROP || (c == ' ' && !isWord(last) && last != QUOTE)) {
                return;
            }
            if (c == STOP && !isWord(last)) {
                if (last == ' ') {
                    out[length - 1] = STOP;
                } else if (last == QUOTE) {
                    out[length++] = STOP;
                }
                return;
            }
            out[length++] = c;
        }

        private boolean paragraphEnds(int i) {
            int next = i + 1;
            while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\r')) {
                next++;
            }
            return next < text.length() && text.charAt(next) == '\n';
        }

        /** Within a word it is dropped; at the edge of one it is a quotation mark. */
        private char apostrophe(int i) {
            boolean before = i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
            boolean after = i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
            return before && after ? DROP : QUOTE;
        }

        private static char folded(char c) {
            return switch (c) {
                case '。', '！', '？', '｡', '।', '؟', '…', '۔', '；' -> STOP;
                case '“', '”', '„', '«', '»', '「', '」', '『', '』', '‘', '‚', '‹', '›' -> QUOTE;
                default -> letter(c);
            };
        }

        private static char letter(char c) {
            if (Character.isLetterOrDigit(c)) {
                return Character.toLowerCase(c);
            }
            int type = Character.getType(c);
            boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
            return mark ? c : Character.isSurrogate(c) ? DROP : ' ';
        }
    }
}
