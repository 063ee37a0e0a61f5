package com.keeptrusts.gateway.policy.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.Map;

/** What each character stands for once compatibility forms, marks, invisible characters and foreign digits are gone. */
final class CharacterFolding {

    /** Nothing remains of this character. */
    static final char REMOVED = 0;

    /** Several characters remain: ask {@link #expansion}. */
    static final char EXPANDS = '\uFFFF';

    private static final Map<Character, String> EXPANSIONS = new HashMap<>();
    /** The letters of six-dot Braille, in alphabetical order. */
    private static final String BRAILLE = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵";

    private static final char[] SINGLE = table();

    private CharacterFolding() {}

    static char single(char c) {
        return SINGLE[c];
    }

    static String expansion(char c) {
        return EXPANSIONS.getOrDefault(c, "");
    }

    /** What a character beyond the basic plane stands for; empty when nothing remains. */
    static String supplementary(int codePoint) {
        if (codePoint >= 0xE0020 && codePoint <= 0xE007E) {
            return String.valueOf((char) (codePoint - 0xE0000)); // tag characters spell ASCII that nobody sees
        }
        if (between(codePoint, 0xE0000, 0xE0FFF) || Character.getType(codePoint) == Character.FORMAT) {
            return "";
        }
        if (codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF) {
            return String.valueOf((char) ('A' + codePoint - 0x1F1E6)); // regional indicators spell letters too
        }
        if (codePoint >= 0x1F150 && codePoint <= 0x1F169) {
            return String.valueOf((char) ('A' + codePoint - 0x1F150));
        }
        if (codePoint >= 0x1F170 && codePoint <= 0x1F189) {
            return String.valueOf((char) ('A' + codePoint - 0x1F170));
        }
        int digit = Character.digit(codePoint, 10);
        if (digit >= 0) {
            return String.valueOf((char) ('0' + digit));
        }
        String one = Character.toString(codePoint);
        boolean pictureOrIdeograph = codePoint >= 0x1F300;
        return pictureOrIdeograph ? one : Normalizer.normalize(one, Form.NFKC);
    }

    private static char[] table() {
        char[] table = new char[0x10000];
        for (int c = 0; c < table.length; c++) {
            table[c] = c < 0x80 || staysAsItIs(c) ? (char) c : folded((char) c);
        }
        return table;
    }

    /** The large blocks that normalisation leaves alone. */
    private static boolean staysAsItIs(int c) {
        return between(c, 0x3400, 0x9FFF) || between(c, 0xAC00, 0xF8FF);
    }

    private static char folded(char c) {
        if (invisible(c)) {
            return REMOVED;
        }
        if (between(c, 0x249C, 0x24B5)) {
            return (char) ('a' + c - 0x249C); // letters in brackets
        }
        if (between(c, 0x2800, 0x283F)) {
            return BRAILLE.indexOf(c) < 0 ? ' ' : (char) ('a' + BRAILLE.indexOf(c));
        }
        int digit = Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? Character.digit(c, 10) : -1;
        if (digit >= 0) {
            return (char) ('0' + digit);
        }
        String whole = Normalizer.normalize(String.valueOf(c), Form.NFKC);
        UnicodeScript script = whole.isEmpty() ? UnicodeScript.COMMON : UnicodeScript.of(whole.codePointAt(0));
        if (script == UnicodeScript.LATIN || script == UnicodeScript.GREEK || script == UnicodeScript.CYRILLIC) {
            whole = withoutMarks(Normalizer.normalize(whole, Form.NFD));
        }
        if (whole.length() == 1) {
            return whole.charAt(0);
        }
        EXPANSIONS.put(c, whole);
        return EXPANDS;
    }

    private static boolean invisible(char c) {
        return Character.getType(c) == Character.FORMAT
                || between(c, 0xFE00, 0xFE0F) // variation selectors
                || between(c, 0x180B, 0x180F)
                || c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0 // Hangul fillers
                || between(c, 0x0300, 0x036F) // combining marks on Latin, Greek and Cyrillic letters
                || between(c, 0x1AB0, 0x1AFF)
                || between(c, 0x1DC0, 0x1DFF)
                || between(c, 0x20D0, 0x20FF)
                || between(c, 0xFE20, 0xFE2F)
                || between(c, 0x0591, 0x05BD)
                || between(c, 0x064B, 0x065F)
                || c == 0x0670
                || c == 0x0640;
    }

    private static String withoutMarks(String decomposed) {
        var letters = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            if (Character.getType(decomposed.charAt(i)) != Character.NON_SPACING_MARK) {
                letters.append(decomposed.charAt(i));
            }
        }
        return letters.toString();
    }

    private static boolean between(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
