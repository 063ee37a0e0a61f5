package com.keeptrusts.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strings as they stand in a document: finding the closing quote of one strictly, and decoding it. */
final class StringLiteral {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private StringLiteral() {}

    /**
     * Reads the literal whose opening quote is at {@code start}.
     *
     * @return the offset after the closing quote, or its complement when the literal holds escapes
     */
    static int scan(byte[] bytes, int start, int end) {
        boolean escaped = false;
        int at = start + 1;
        while (true) {
            at = plainUntil(bytes, at, end);
            if (at >= end) {
                throw JsonRefusal.invalid(end);
            }
            int next = bytes[at];
            if (next == '"') {
                return escaped ? ~(at + 1) : at + 1;
            } else if (next == '\\') {
                escaped = true;
                at = escapeEnd(bytes, at, end);
            } else if (next < 0) {
                at = Utf8.sequenceEnd(bytes, at, end);
            } else {
                throw JsonRefusal.invalid(at);
            }
        }
    }

    /** The first byte at or after {@code at} that is a quote, a backslash, a control character or not ASCII. */
    private static int plainUntil(byte[] bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long word = (long) WORDS.get(bytes, at);
            long quote = (word ^ '"' * ONES) - ONES;
            long backslash = (word ^ '\\' * ONES) - ONES;
            long control = word - 0x20 * ONES;
            // A borrow marks wrongly only above a byte that is marked rightly, and the lowest mark is what counts.
            long special = (word | quote | backslash | control) & HIGH_BITS;
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= 0x20 && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    private static int escapeEnd(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            throw JsonRefusal.invalid(end);
        }
        return switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' -> {
                for (int digit = at + 2; digit < at + 6; digit++) {
                    if (digit >= end || hex(bytes[digit]) < 0) {
                        throw JsonRefusal.invalid(Math.min(digit, end));
                    }
                }
                yield at + 6;
            }
            default -> throw JsonRefusal.invalid(at + 1);
        };
    }

    /** The UTF-8 of what a scanned literal with these bounds means; lone surrogates become U+FFFD. */
    static byte[] decode(byte[] bytes, int start, int end, boolean escaped) {
        var out = new Utf8Output(end - start);
        int copied = start + 1;
        int last = end - 1;
        for (int at = copied; escaped && at < last; ) {
            if (bytes[at] == '\\') {
                out.append(bytes, copied, at);
                at = appendEscape(bytes, at, last, out);
                copied = at;
            } else {
                at++;
            }
        }
        return out.append(bytes, copied, last).toByteArray();
    }

    /** What a scanned literal with these bounds means. */
    static String text(byte[] bytes, int start, int end, boolean escaped) {
        return escaped
                ? new String(decode(bytes, start, end, true), UTF_8)
                : new String(bytes, start + 1, end - start - 2, UTF_8);
    }

    private static int appendEscape(byte[] bytes, int at, int last, Utf8Output out) {
        if (bytes[at + 1] != 'u') {
            out.append(simpleEscape(bytes[at + 1]));
            return at + 2;
        }
        char unit = unit(bytes, at);
        if (isPairAt(bytes, at, last)) {
            out.appendCodePoint(Character.toCodePoint(unit, unit(bytes, at + 6)));
            return at + 12;
        }
        out.appendCodePoint(Character.isSurrogate(unit) ? Utf8Output.REPLACEMENT : unit);
        return at + 6;
    }

    private static byte simpleEscape(byte name) {
        return switch (name) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> name;
        };
    }

    /** Whether the escape at {@code at} and the one after it are the two halves of one character. */
    static boolean isPairAt(byte[] bytes, int at, int last) {
        return isUnit(bytes, at, last)
                && Character.isHighSurrogate(unit(bytes, at))
                && isUnit(bytes, at + 6, last)
                && Character.isLowSurrogate(unit(bytes, at + 6));
    }

    static boolean isUnit(byte[] bytes, int at, int last) {
        return at + 6 <= last && bytes[at] == '\\' && bytes[at + 1] == 'u';
    }

    static char unit(byte[] bytes, int at) {
        return (char) ((hex(bytes[at + 2]) << 12)
                | (hex(bytes[at + 3]) << 8)
                | (hex(bytes[at + 4]) << 4)
                | hex(bytes[at + 5]));
    }

    private static int hex(byte digit) {
        return digit < 0 ? -1 : Character.digit(digit, 16);
    }
}
