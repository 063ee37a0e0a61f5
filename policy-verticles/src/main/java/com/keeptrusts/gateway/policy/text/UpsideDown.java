package com.keeptrusts.gateway.policy.text;

import org.jspecify.annotations.Nullable;

/** Reads letters that were turned upside down, which also turns their order. */
final class UpsideDown {

    private static final String TURNED = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz";
    private static final String OTHERS = "ɓᶁєɡıɨʃ";
    private static final String OTHERS_UPRIGHT = "gpegiij";
    private static final int FEWEST = 6;

    private UpsideDown() {}

    /** The text the right way up; null when hardly a letter is turned. */
    static @Nullable String read(String text) {
        int turned = 0;
        var out = new StringBuilder(text.length());
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            int letter = TURNED.indexOf(c);
            int other = OTHERS.indexOf(c);
            turned += c > 0x7F && (letter >= 0 || other >= 0) ? 1 : 0;
            out.append(letter >= 0 ? (char) ('a' + letter) : other >= 0 ? OTHERS_UPRIGHT.charAt(other) : c);
        }
        return turned < FEWEST ? null : out.toString();
    }

    static boolean isTurned(char c) {
        return (c >= 0x250 && c <= 0x2AF) || c == 'ǝ' || c == 'ƃ' || c == 'ᴉ';
    }
}
