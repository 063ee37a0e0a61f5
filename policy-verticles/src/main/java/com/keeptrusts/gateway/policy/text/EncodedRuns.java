package com.keeptrusts.gateway.policy.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds long runs of base64, base32 or hexadecimal digits that decode to prose. */
final class EncodedRuns {

    private static final int SHORTEST = 20;
    private static final int SHORTEST_LINE = 18;
    private static final int LONGEST = 24 * 1_024;
    private static final int RUNS = 16;
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < BASE64.length(); i++) {
            VALUES[BASE64.charAt(i)] = (byte) i;
        }
        VALUES['-'] = 62;
        VALUES['_'] = 63;
    }

    private EncodedRuns() {}

    /** The prose of all runs, joined; null when there is none. */
    static @Nullable String decode(String text) {
        StringBuilder found = null;
        int runs = 0;
        int i = 0;
        while (i < text.length() && runs < RUNS) {
            int end = runEnd(text, i);
            if (end - i >= SHORTEST) {
                runs++;
                String prose = decodeRun(text, i, Math.min(end, i + LONGEST));
                if (prose != null) {
                    found = (found == null ? new StringBuilder() : found.append(" \n")).append(prose);
                }
            }
            i = Math.max(end, i + 1);
        }
        return found == null ? null : found.toString();
    }

    private static int runEnd(String text, int start) {
        int i = start;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean wrapped =
                    c == '\n' && i - start >= SHORTEST_LINE && i + 1 < text.length() && digit(text.charAt(i + 1)) >= 0;
            if (digit(c) < 0 && !wrapped) {
                break;
            }
            i++;
        }
        return i;
    }

    private static int digit(char c) {
        return c < 128 ? VALUES[c] : -1;
    }

    private static @Nullable String decodeRun(String text, int start, int end) {
        String prose = binary(text, start, end);
        if (prose == null) {
            prose = hex(text, start, end);
        }
        if (prose == null) {
            prose = base64(text, start, end);
        }
        return prose == null ? base32(text, start, end) : prose;
    }

    private static @Nullable String binary(String text, int start, int end) {
        byte[] bytes = new byte[(end - start) / 8];
        for (int i = 0; i < bytes.length * 8; i++) {
            int bit = text.charAt(start + i) - '0';
            if (bit < 0 || bit > 1) {
                return null;
            }
            bytes[i / 8] = (byte) (bytes[i / 8] << 1 | bit);
        }
        return Prose.text(bytes, bytes.length);
    }

    private static @Nullable String hex(String text, int start, int end) {
        byte[] bytes = new byte[(end - start) / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(start + 2 * i), 16);
            int low = Character.digit(text.charAt(start + 2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return Prose.text(bytes, bytes.length);
    }

    private static @Nullable String base64(String text, int start, int end) {
        byte[] bytes = new byte[(end - start) * 3 / 4 + 3];
        int length = 0;
        int bits = 0;
        int held = 0;
        for (int i = start; i < end; i++) {
            int value = digit(text.charAt(i));
            if (value < 0) {
                continue; // the newline of a wrapped run
            }
            bits = bits << 6 | value;
            held += 6;
            if (held >= 8) {
                held -= 8;
                bytes[length++] = (byte) (bits >> held);
            }
        }
        return Prose.text(bytes, length);
    }

    private static @Nullable String base32(String text, int start, int end) {
        byte[] bytes = new byte[(end - start) * 5 / 8 + 1];
        int length = 0;
        int bits = 0;
        int held = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int value = c >= 'A' && c <= 'Z' ? c - 'A' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
            if (value < 0) {
                return null;
            }
            bits = bits << 5 | value;
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes[length++] = (byte) (bits >> held);
            }
        }
        return Prose.text(bytes, length);
    }
}
