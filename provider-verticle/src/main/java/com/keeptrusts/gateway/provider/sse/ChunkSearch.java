package com.keeptrusts.gateway.provider.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells by looking at bytes alone which events need not be read: most carry choices with a token and nothing else. May
 * take an ordinary event for a special one, never a special one for ordinary.
 */
final class ChunkSearch {

    private static final byte[] FINISH = "finish_reason\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USAGE = "usage\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHOICES = "choices\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error\"".getBytes(StandardCharsets.US_ASCII);

    private ChunkSearch() {}

    /** Whether the range may hold a finish reason, a usage or an error, or no choices. */
    static boolean mayBeSpecial(byte[] bytes, int start, int end) {
        boolean choices = false;
        for (int i = start; i < end - 1; i++) {
            if (bytes[i] == '"') {
                boolean special = switch (bytes[i + 1]) {
                    case 'c' -> {
                        choices |= valued(CHOICES, bytes, i + 1, end);
                        yield false;
                    }
                    case 'f' -> valued(FINISH, bytes, i + 1, end);
                    case 'u' -> valued(USAGE, bytes, i + 1, end);
                    case 'e' -> valued(ERROR, bytes, i + 1, end);
                    default -> false;
                };
                if (special) {
                    return true;
                }
            }
        }
        return !choices;
    }

    /** Whether the name stands there with a value other than null. */
    private static boolean valued(byte[] name, byte[] bytes, int at, int end) {
        int after = at + name.length;
        if (after > end || !Arrays.equals(bytes, at, after, name, 0, name.length)) {
            return false;
        }
        int value = skipSpace(bytes, after, end);
        if (value == end || bytes[value] != ':') {
            return false;
        }
        value = skipSpace(bytes, value + 1, end);
        return value == end || bytes[value] != 'n';
    }

    private static int skipSpace(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\n' || bytes[i] == '\r')) {
            i++;
        }
        return i;
    }
}
