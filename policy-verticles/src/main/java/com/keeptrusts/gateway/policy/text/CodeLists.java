package com.keeptrusts.gateway.policy.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads text that was written as a list of character codes: {@code 73 103 110}, {@code 49 67 6e}, {@code 01001001}. */
final class CodeLists {

    private static final int FEWEST = 8;
    private static final int MOST = 8_192;

    private final String text;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int codes;

    private CodeLists(String text) {
        this.text = text;
    }

    /** The prose of the first list that is one; null when there is none. */
    static @Nullable String decode(String text) {
        return new CodeLists(text).decode();
    }

    private @Nullable String decode() {
        int i = 0;
        while (i < text.length()) {
            int start = i;
            while (i < text.length() && Character.digit(text.charAt(i), 16) >= 0 && text.charAt(i) < 128) {
                i++;
            }
            if (i > start) {
                note(start, i);
            } else if (!separates(text.charAt(i))) {
                String prose = listed();
                if (prose != null) {
                    return prose;
                }
                codes = 0;
            }
            i = Math.max(i, start + 1);
        }
        return listed();
    }

    private static boolean separates(char c) {
        return c == ' ' || c == ',' || c == '\\' || c == 'x' || c == 'X' || c == ':' || c == '-' || c == ';'
                || c == '\n' || c == '[' || c == ']' || c == '|';
    }

    private void note(int start, int end) {
        if (codes >= MOST) {
            return;
        }
        if (codes == starts.length) {
            starts = Arrays.copyOf(starts, codes * 2);
            ends = Arrays.copyOf(ends, codes * 2);
        }
        starts[codes] = start;
        ends[codes++] = end;
    }

    private @Nullable String listed() {
        if (codes < FEWEST) {
            return null;
        }
        String binary = read(2, 7, 8);
        String decimal = binary == null ? read(10, 2, 3) : binary;
        return decimal == null ? read(16, 2, 2) : decimal;
    }

    /** A zero before an x is a prefix, so it is left out. */
    private @Nullable String read(int radix, int shortest, int longest) {
        byte[] bytes = new byte[codes];
        int length = 0;
        int skipped = 0;
        for (int i = 0; i < codes; i++) {
            int width = ends[i] - starts[i];
            boolean prefix = width == 1 && text.charAt(starts[i]) == '0';
            int value = width < shortest || width > longest ? -1 : parse(starts[i], ends[i], radix);
            if (value >= 9 && value < 256) {
                bytes[length++] = (byte) value;
            } else if (!prefix) {
                skipped++;
            }
        }
        return length < FEWEST || skipped * 8 > length ? null : Prose.text(bytes, length);
    }

    private int parse(int start, int end, int radix) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
