package com.keeptrusts.gateway.policy.pii;

/** Recognises the lines at the foot of passports and identity cards that machines read, by length and check digits. */
final class MachineReadable {

    static final int NONE = 0;

    private static final int PASSPORT = 44;
    private static final int VISA = 36;
    private static final int CARD = 30;
    private static final int[] WEIGHTS = {7, 3, 1};

    private MachineReadable() {}

    /** The end of such a line at {@code at}; {@link #NONE}, or negative when more text is needed to tell. */
    static int end(char[] text, int at, int limit, boolean complete) {
        int end = at;
        int fillers = 0;
        while (end < limit && end - at <= PASSPORT && allowed(text[end])) {
            fillers += text[end] == '<' ? 1 : 0;
            end++;
        }
        if (end >= limit && end - at <= PASSPORT && !complete) {
            return BlockReader.NEED_MORE;
        }
        int length = end - at;
        boolean sized = length == PASSPORT || length == VISA || length == CARD;
        return sized && fillers >= 2 && (names(text, at) || numbers(text, at, length)) ? end : NONE;
    }

    private static boolean allowed(char c) {
        return Chars.upper(c) || Chars.digit(c) || c == '<';
    }

    /** The kind of document, who issued it, and a name. */
    private static boolean names(char[] text, int at) {
        boolean kind = "PVACI".indexOf(text[at]) >= 0 && !Chars.digit(text[at + 1]);
        for (int i = at + 2; i < at + 6; i++) {
            kind &= Chars.upper(text[i]) || text[i] == '<';
        }
        return kind;
    }

    /** A number, and with a passport a date of birth, each with its check digit. */
    private static boolean numbers(char[] text, int at, int length) {
        if (length == CARD) {
            return checked(text, at + 5, 9) || (checked(text, at, 6) && checked(text, at + 8, 6));
        }
        return checked(text, at, 9) && checked(text, at + 13, 6) && checked(text, at + 21, 6);
    }

    private static boolean checked(char[] text, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            char c = text[from + i];
            int value = Chars.digit(c) ? c - '0' : c == '<' ? 0 : c - 'A' + 10;
            sum += value * WEIGHTS[i % WEIGHTS.length];
        }
        return text[from + length] == (char) ('0' + sum % 10);
    }
}
