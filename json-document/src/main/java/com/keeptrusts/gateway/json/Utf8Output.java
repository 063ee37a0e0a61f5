package com.keeptrusts.gateway.json;

import java.util.Arrays;

/** Bytes being written; grows as needed. */
final class Utf8Output {

    static final int REPLACEMENT = 0xFFFD;

    private static final String HEX = "0123456789abcdef";

    private byte[] bytes;
    private int length;

    Utf8Output(int expectedLength) {
        this.bytes = new byte[Math.max(16, expectedLength)];
    }

    Utf8Output append(int ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    Utf8Output append(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    Utf8Output appendAscii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends the inside of a string literal with no more escapes than JSON demands, lone surrogates as U+FFFD. */
    Utf8Output appendEscaped(String text) {
        for (int i = plain(text, 0); i < text.length(); i = plain(text, i)) {
            int code = text.codePointAt(i);
            i += Character.charCount(code);
            if (code == '"' || code == '\\') {
                append('\\').append(code);
            } else if (code < 0x20) {
                appendControl(code);
            } else {
                appendCodePoint(code >= 0xD800 && code <= 0xDFFF ? REPLACEMENT : code);
            }
        }
        return this;
    }

    /** Appends the ASCII letters that stand for themselves, from there on; returns where the first other one is. */
    private int plain(String text, int from) {
        room(text.length() - from);
        byte[] to = bytes;
        int at = length;
        int i = from;
        for (; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter < 0x20 || letter > 0x7E || letter == '"' || letter == '\\') {
                break;
            }
            to[at++] = (byte) letter;
        }
        length = at;
        return i;
    }

    private void appendControl(int code) {
        append('\\');
        switch (code) {
            case '\b' -> append('b');
            case '\t' -> append('t');
            case '\n' -> append('n');
            case '\f' -> append('f');
            case '\r' -> append('r');
            default -> appendAscii("u00").append(HEX.charAt(code >> 4)).append(HEX.charAt(code & 15));
        }
    }

    Utf8Output appendCodePoint(int code) {
        room(4);
        if (code < 0x80) {
            bytes[length++] = (byte) code;
        } else if (code < 0x800) {
            bytes[length++] = (byte) (0xC0 | (code >> 6));
            continuation(code);
        } else if (code < 0x10000) {
            bytes[length++] = (byte) (0xE0 | (code >> 12));
            continuation(code >> 6);
            continuation(code);
        } else {
            bytes[length++] = (byte) (0xF0 | (code >> 18));
            continuation(code >> 12);
            continuation(code >> 6);
            continuation(code);
        }
        return this;
    }

    private void continuation(int bits) {
        bytes[length++] = (byte) (0x80 | (bits & 0x3F));
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte[] toByteArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
