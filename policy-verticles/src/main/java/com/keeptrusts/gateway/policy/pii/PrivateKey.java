package com.keeptrusts.gateway.policy.pii;

/** Recognises the beginning of a private key in PEM armour: its header and enough of its body to be no placeholder. */
final class PrivateKey {

    static final int NONE = Integer.MAX_VALUE;

    private static final int NEED_MORE = BlockReader.NEED_MORE;
    private static final String HEADER = "-----BEGIN ";
    private static final String NAME = "PRIVATE KEY";
    private static final int LONGEST_HEADER = 64;
    private static final int LONGEST_START = 400;
    private static final int ENOUGH = 32;

    private final char[] text;
    private final int limit;
    private final boolean complete;

    private PrivateKey(char[] text, int limit, boolean complete) {
        this.text = text;
        this.limit = limit;
        this.complete = complete;
    }

    /** Up to where the text at {@code at} certainly is a key; {@link #NONE}, or negative when more text is needed. */
    static int certainUpTo(char[] text, int at, int limit, boolean complete) {
        for (int i = 0; i < HEADER.length(); i++) {
            if (at + i >= limit) {
                return complete ? NONE : NEED_MORE;
            }
            if (text[at + i] != HEADER.charAt(i)) {
                return NONE;
            }
        }
        var key = new PrivateKey(text, limit, complete);
        int body = key.headerEnd(at);
        return body < 0 || body == NONE ? body : key.bodyUpTo(body, Math.min(limit, at + LONGEST_START));
    }

    private int headerEnd(int at) {
        int i = at + HEADER.length();
        while (i < limit && i < at + LONGEST_HEADER && text[i] != '-') {
            if (!Chars.upper(text[i]) && !Chars.digit(text[i]) && text[i] != ' ') {
                return NONE;
            }
            i++;
        }
        if (i + 5 > limit) {
            return complete ? NONE : NEED_MORE;
        }
        boolean named = new String(text, at, i - at).contains(NAME);
        return named && "-----".contentEquals(new String(text, i, 5)) ? i + 5 : NONE;
    }

    private int bodyUpTo(int from, int stop) {
        int at = from;
        int run = 0;
        while (at < stop) {
            char c = text[at];
            boolean lineEnd = c == '\n' || c == '\r' || c == '\\';
            if (base64(c)) {
                run++;
            } else if (c == ':' && run > 0) {
                at = lineEnd(at, stop);
                run = 0;
            } else if (!lineEnd && c != ' ' && !(c == '-' && run > 0 && run < 16)) {
                return NONE;
            }
            if (run >= ENOUGH) {
                return at + 1;
            }
            at++;
        }
        return stop < limit || complete ? NONE : NEED_MORE;
    }

    private int lineEnd(int from, int stop) {
        int at = from;
        while (at < stop - 1 && text[at] != '\n' && text[at] != '\\') {
            at++;
        }
        return at;
    }

    private static boolean base64(char c) {
        return Chars.latin(c) || Chars.digit(c) || c == '+' || c == '/' || c == '=';
    }
}
