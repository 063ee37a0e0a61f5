package com.keeptrusts.gateway.policy.text;

/**
 * Cheap signs of disguise, counted in one pass.
 *
 * @param longestRun longest run of base64 digits
 * @param digits decimal digits
 * @param escapes what begins as an escape sequence does
 * @param lonelyLetters longest sequence of letters with no letter beside them
 * @param digitsInWords digits and imitating signs between letters
 * @param latinLetters ASCII letters
 * @param longestWord longest run of ASCII letters
 * @param cuts signs within words, and quotation marks, at which words may be cut
 * @param morse dots and dashes
 * @param turned letters that stand upside down
 * @param pigs words that end as those of Pig Latin do
 * @param announced whether a word tells that something is in cipher
 */
record TextEvidence(
        int longestRun,
        int digits,
        int escapes,
        int lonelyLetters,
        int digitsInWords,
        int latinLetters,
        int longestWord,
        int cuts,
        int morse,
        int turned,
        int pigs,
        boolean announced) {

    /** Beginnings of the words by which those who send a cipher tell the model which. */
    private static final String[] ANNOUNCEMENTS = {
        "rot13", "rot-13", "rot 13", "caesar", "cipher", "decipher", "atbash", "backward", "revers", "decode", "decrypt"
    };

    private static final int LONELY_GAP = SpacedLetters.WIDEST + 1;

    static TextEvidence of(String text) {
        var count = new Count(text);
        for (int i = 0; i < text.length(); i++) {
            count.at(i);
        }
        return count.evidence();
    }

    private static final class Count {

        private final String text;
        private int longestRun;
        private int run;
        private int digits;
        private int escapes;
        private int lonely;
        private int longestLonely;
        private int lonelyAt = -LONELY_GAP;
        private int digitsInWords;
        private int latin;
        private int word;
        private int longestWord;
        private int cuts;
        private int morse;
        private int turned;
        private int pigs;
        private boolean announced;
        private char before = ' ';

        Count(String text) {
            this.text = text;
        }

        TextEvidence evidence() {
            return new TextEvidence(
                    longestRun,
                    digits,
                    escapes,
                    longestLonely,
                    digitsInWords,
                    latin,
                    longestWord,
                    cuts,
                    morse,
                    turned,
                    pigs,
                    announced);
        }

        void at(int i) {
            char c = text.charAt(i);
            if (letter(c)) {
                letter(c, i);
            } else {
                other(c, i);
            }
            before = c;
        }

        private void letter(char c, int i) {
            latin++;
            word++;
            longestWord = Math.max(longestWord, word);
            lengthen();
            if (c == 'y' && before == 'a' && word > 3 && !letter(next(i))) {
                pigs++;
            }
            if (!letter(before)) {
                if (!letter(next(i))) {
                    stands(i);
                }
                announced |= announces(c, i);
            }
        }

        private void other(char c, int i) {
            boolean digit = c >= '0' && c <= '9';
            word = 0;
            if (Pieces.cuts(c) && (letter(before) || c == '"' || c == '\'')) {
                cuts++;
            } else if (Morse.isSign(c)) {
                morse++;
            } else if (UpsideDown.isTurned(c)) {
                turned++;
            }
            if (digit || c == '+' || c == '/' || c == '-' || c == '_') {
                lengthen();
            } else {
                run = 0;
            }
            digits += digit ? 1 : 0;
            if ((digit || c == '@' || c == '$' || c == '!') && letter(before) && letter(next(i))) {
                digitsInWords++;
            } else if (c == '%' || c == '\\' || c == '&') {
                escapes += escapes(c, next(i)) ? 1 : 0;
            } else if (c > 0xBF && Character.isLetter(c)) {
                if (!letter(before) && !letter(next(i))) {
                    stands(i);
                }
            }
        }

        private void stands(int i) {
            lonely = i - lonelyAt <= LONELY_GAP ? lonely + 1 : 1;
            longestLonely = Math.max(longestLonely, lonely);
            lonelyAt = i;
        }

        private void lengthen() {
            run++;
            longestRun = Math.max(longestRun, run);
        }

        private char next(int i) {
            return i + 1 < text.length() ? text.charAt(i + 1) : ' ';
        }

        private boolean announces(char c, int i) {
            char small = (char) (c | 0x20);
            if (small != 'r' && small != 'c' && small != 'd' && small != 'a' && small != 'b') {
                return false;
            }
            for (String word : ANNOUNCEMENTS) {
                if (word.charAt(0) == small && text.regionMatches(true, i, word, 0, word.length())) {
                    return true;
                }
            }
            return false;
        }

        private static boolean escapes(char c, char next) {
            return switch (c) {
                case '%' -> Character.digit(next, 16) >= 0;
                case '&' -> next == '#' || letter(next);
                default -> next == 'u' || next == 'x';
            };
        }

        private static boolean letter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
    }
}
