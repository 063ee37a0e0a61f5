package com.keeptrusts.gateway.policy.text;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads International Morse code (ITU-R M.1677): letters apart by a space, words by a slash, a bar or more spaces. */
final class Morse {

    private static final int FEWEST = 8;
    private static final int LONGEST = 6;
    private static final Map<String, Character> LETTERS = new HashMap<>();

    static {
        String codes =
                ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..-"
                        + " -.-- --..";
        char letter = 'a';
        for (String code : codes.split(" ", -1)) {
            LETTERS.put(code, letter++);
        }
    }

    private Morse() {}

    /** What the signs say; null when hardly any of the text is in Morse code. */
    static @Nullable String read(String text) {
        var out = new StringBuilder();
        int letters = 0;
        int i = 0;
        while (i < text.length()) {
            int end = signEnd(text, i);
            Character letter = end - i <= LONGEST ? LETTERS.get(plain(text, i, end)) : null;
            if (end == i) {
                boolean wordEnds = text.charAt(i) != ' ' || (i + 1 < text.length() && text.charAt(i + 1) == ' ');
                if (wordEnds && !out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
                i++;
            } else {
                if (letter != null) {
                    out.append(letter.charValue());
                    letters++;
                }
                i = end;
            }
        }
        return letters < FEWEST || letters * 6 < text.length() ? null : out.toString();
    }

    private static int signEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isSign(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static boolean isSign(char c) {
        return c == '.' || c == '-' || c == '·' || c == '–' || c == '−' || c == '•' || c == '—';
    }

    private static String plain(String text, int start, int end) {
        return text.substring(start, end)
                .replace('·', '.')
                .replace('•', '.')
                .replace('–', '-')
                .replace('−', '-')
                .replace('—', '-');
    }
}
