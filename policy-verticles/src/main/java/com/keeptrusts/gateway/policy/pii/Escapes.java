package com.keeptrusts.gateway.policy.pii;

/** Escapes of JSON and of source code inside a text: the {@code n} of {@code \n} is no part of the word after it. */
final class Escapes {

    private static final int UNICODE_LENGTH = 6;

    private Escapes() {}

    /** The index behind the escape that starts at {@code at}, or -1 when more text is needed to tell. */
    static int skip(char[] text, int at, int limit, boolean complete) {
        if (at + 1 >= limit) {
            return complete ? limit : -1;
        }
        char kind = text[at + 1];
        if (kind != 'u') {
            return "ntrbf\"\\/".indexOf(kind) >= 0 ? at + 2 : at + 1;
        }
        for (int i = at + 2; i < at + UNICODE_LENGTH; i++) {
            if (i >= limit) {
                return complete ? at + 1 : -1;
            }
            if (!Chars.hex(text[i])) {
                return at + 1;
            }
        }
        return at + UNICODE_LENGTH;
    }
}
