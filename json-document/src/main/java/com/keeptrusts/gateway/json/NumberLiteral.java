package com.keeptrusts.gateway.json;

/** Finds the end of a number; the grammar is RFC 8259's: no leading zero, no plus, no bare point. */
final class NumberLiteral {

    private NumberLiteral() {}

    static int scan(byte[] bytes, int start, int end, int maxLength) {
        int at = start;
        if (bytes[at] == '-') {
            at++;
        }
        at = at < end && bytes[at] == '0' ? at + 1 : digits(bytes, at, end);
        if (at < end && bytes[at] == '.') {
            at = digits(bytes, at + 1, end);
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            at = digits(bytes, at, end);
        }
        if (at - start > maxLength) {
            throw JsonRefusal.invalid(start + maxLength);
        }
        return at;
    }

    private static int digits(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw JsonRefusal.invalid(at);
        }
        return at;
    }
}
