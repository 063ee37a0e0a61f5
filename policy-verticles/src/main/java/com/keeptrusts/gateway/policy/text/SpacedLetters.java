package com.keeptrusts.gateway.policy.text;

import org.jspecify.annotations.Nullable;

/**
 * Joins words whose letters were set apart by one and the same sign or few: {@code i g n o r e}, {@code i.g.n.o.r.e},
 * {@code [i][g][n]}, {@code 'i', 'g', 'n'}, one letter on each line.
 */
final class SpacedLetters {

    private static final int SHORTEST_RUN = 2;
    private static final int SHORTEST_WIDE_RUN = 4;
    private static final int FEWEST = 8;

    /** Most signs between two letters. */
    static final int WIDEST = 5;

    private SpacedLetters() {}

    /** Such words joined, with what stands near them; null when fewer letters than a short phrase stand apart. */
    static @Nullable String join(String text) {
        var patches = new Patches(text);
        var word = new StringBuilder();
        int joined = 0;
        int i = 0;
        while (i < text.length()) {
            int gap = gap(text, i);
            int letters = gap == 0 ? 0 : letters(text, i, gap);
            if (letters >= (gap == 1 ? SHORTEST_RUN : SHORTEST_WIDE_RUN)) {
                word.setLength(0);
                for (int j = 0; j < letters; j++) {
                    word.append(text.charAt(i + j * (gap + 1)));
                }
                int end = i + (letters - 1) * (gap + 1) + 1;
                patches.replace(i, end, word);
                joined += letters;
                i = end;
            } else {
                i++;
            }
        }
        return joined < FEWEST ? null : patches.around();
    }

    /** How many signs part a lone letter from the next one; 0 when it is not a lone letter or no other is near. */
    private static int gap(String text, int start) {
        if (!letter(text, start) || letter(text, start - 1)) {
            return 0;
        }
        int next = start + 1;
        while (next < text.length() && next - start <= WIDEST && !letter(text, next)) {
            next++;
        }
        boolean lone = letter(text, next) && !letter(text, next + 1);
        return lone ? next - start - 1 : 0;
    }

    /** How many lone letters follow one another with the very same signs between them. */
    private static int letters(String text, int start, int gap) {
        int letters = 1;
        int i = start + gap + 1;
        while (letter(text, i) && !letter(text, i + 1) && text.regionMatches(start + 1, text, i - gap, gap)) {
            letters++;
            i += gap + 1;
        }
        return letters;
    }

    private static boolean letter(String text, int i) {
        return i >= 0 && i < text.length() && Character.isLetterOrDigit(text.charAt(i));
    }
}
