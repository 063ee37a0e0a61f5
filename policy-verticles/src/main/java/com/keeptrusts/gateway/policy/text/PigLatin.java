package com.keeptrusts.gateway.policy.text;

import org.jspecify.annotations.Nullable;

/** Reads Pig Latin: the first sound of each word at its end, followed by "ay". */
final class PigLatin {

    private static final int FEWEST = 4;
    private static final String[] SOUNDS = {
        "str", "spr", "thr", "scr", "ch", "sh", "th", "st", "pr", "pl", "br", "bl", "cr", "cl", "dr", "fr", "fl", "gr",
        "gl", "qu", "sk", "sl", "sm", "sn", "sp", "sw", "tr", "tw", "wh", "wr"
    };

    private PigLatin() {}

    /** The text in plain words; null unless most of its words end so. */
    static @Nullable String read(String text) {
        var out = new StringBuilder(text.length());
        int words = 0;
        int pig = 0;
        int i = 0;
        while (i < text.length()) {
            int end = i;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            if (end > i) {
                words++;
                String word = text.substring(i, end);
                String plain = plain(word);
                pig += plain == null ? 0 : 1;
                out.append(plain == null ? word : plain);
                i = end;
            } else {
                out.append(text.charAt(i++));
            }
        }
        return pig < FEWEST || pig * 5 < words * 3 ? null : out.toString();
    }

    private static @Nullable String plain(String word) {
        int length = word.length();
        if (length < 4 || !word.regionMatches(true, length - 2, "ay", 0, 2)) {
            return null;
        }
        if (word.regionMatches(true, length - 3, "way", 0, 3) || word.regionMatches(true, length - 3, "yay", 0, 3)) {
            return word.substring(0, length - 3);
        }
        String stem = word.substring(0, length - 2);
        for (String sound : SOUNDS) {
            if (stem.length() > sound.length() && stem.endsWith(sound)) {
                return sound + stem.substring(0, stem.length() - sound.length());
            }
        }
        return stem.charAt(stem.length() - 1) + stem.substring(0, stem.length() - 1);
    }
}
