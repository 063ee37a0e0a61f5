package com.keeptrusts.gateway.policy.text;

/**
 * Cheap signs of disguise, counted in one pass.
 *
 * @param longestRun longest run of base64 digits
 * @param digits decimal digits
 * @param escapes percent signs, backslashes and ampersands before something that may be an escape
 * @param lonelyLetters letters with no letter beside them
 * @param digitsInWords digits and imitating signs beside a letter
 */
record TextEvidence(int longestRun, int digits, int escapes, int lonelyLetters, int digitsInWords, int latinLetters) {

    static TextEvidence of(String text) {
        int longestRun = 0;
        int run = 0;
        int digits = 0;
        int escapes = 0;
        int lonely = 0;
        int digitsInWords = 0;
        int latin = 0;
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char after = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            boolean letter = letter(c);
            boolean digit = c >= '0' && c <= '9';
            if (letter) {
                latin++;
            } else if (digit) {
                digits++;
            } else if (c == '%' || c == '\\' || c == '&') {
                escapes += after > ' ' ? 1 : 0;
            }
            boolean alone = !letter(before) && !letter(after);
            lonely += alone && (letter || (c > 0xBF && Character.isLetter(c))) ? 1 : 0;
            digitsInWords +=
                    ((digit || c == '@' || c == '$' || c == '!') && letter(after)) || (digit && letter(before)) ? 1 : 0;
            run = letter || digit || c == '+' || c == '/' || c == '-' || c == '_' ? run + 1 : 0;
            longestRun = Math.max(longestRun, run);
            before = c;
        }
        return new TextEvidence(longestRun, digits, escapes, lonely, digitsInWords, latin);
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
