package com.keeptrusts.gateway.json;

/** Strict UTF-8 (Unicode table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

    private Utf8() {}

    /** The offset after the sequence of two to four bytes that begins at {@code at}. */
    static int sequenceEnd(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int second = at + 1 < end ? bytes[at + 1] & 0xFF : 0;
        int length;
        boolean valid;
        if (lead < 0xE0) {
            length = 2;
            valid = lead >= 0xC2 && isContinuation(second);
        } else if (lead < 0xF0) {
            length = 3;
            valid = second >= (lead == 0xE0 ? 0xA0 : 0x80)
                    && second <= (lead == 0xED ? 0x9F : 0xBF)
                    && isContinuation(bytes, at + 2, end);
        } else {
            length = 4;
            valid = lead <= 0xF4
                    && second >= (lead == 0xF0 ? 0x90 : 0x80)
                    && second <= (lead == 0xF4 ? 0x8F : 0xBF)
                    && isContinuation(bytes, at + 2, end)
                    && isContinuation(bytes, at + 3, end);
        }
        if (!valid) {
            throw JsonRefusal.invalidUtf8(at);
        }
        return at + length;
    }

    private static boolean isContinuation(byte[] bytes, int at, int end) {
        return at < end && isContinuation(bytes[at] & 0xFF);
    }

    private static boolean isContinuation(int value) {
        return (value & 0xC0) == 0x80;
    }
}
