package com.keeptrusts.gateway.policy.pii;

/**
 * Follows a value that is too long to be seen whole: once its beginning is certain, whatever continues it is taken
 * character by character, with no look ahead, so that a stream need not hold it back.
 */
final class Tail {

    private enum Kind {
        NONE,
        TOKEN,
        URL,
        KEY
    }

    private static final int LONGEST_WORD_OF_PROSE = 40;
    private static final int FENCE = 5;

    private Kind kind = Kind.NONE;
    private PiiType type = PiiType.SECRET;
    private int run;
    private int dashes;
    private boolean ending;

    boolean open() {
        return kind != Kind.NONE;
    }

    PiiType type() {
        return type;
    }

    void open(PiiType found) {
        kind = switch (found) {
            case SECRET -> Kind.TOKEN;
            case URL_CREDENTIALS -> Kind.URL;
            default -> Kind.NONE;
        };
        type = found;
    }

    void openKey() {
        kind = Kind.KEY;
        type = PiiType.SECRET;
        run = LONGEST_WORD_OF_PROSE;
        dashes = 0;
        ending = false;
    }

    /** The end of what continues the value within {@code [from, limit)}; closes itself when the value has ended. */
    int advance(char[] text, int from, int limit) {
        int at = from;
        while (at < limit && open() && takes(text[at])) {
            at++;
        }
        if (at < limit) {
            kind = Kind.NONE;
        }
        return at;
    }

    private boolean takes(char c) {
        return switch (kind) {
            case TOKEN -> Chars.latin(c) || Chars.digit(c) || "_-.=+/~%".indexOf(c) >= 0;
            case URL -> !Chars.breaks(c) || c == '=' || c == ',' || c == ';';
            case KEY -> ending ? takesEnding(c) : takesBody(c);
            case NONE -> false;
        };
    }

    /** Base64 and line ends, also escaped ones; a space only behind what is too long for a word of prose. */
    private boolean takesBody(char c) {
        if (c == '-') {
            ending = true;
            dashes = 1;
            return true;
        }
        if (c == '\n' || c == '\r') {
            run = 0;
            return true;
        }
        if (c == ' ' || c == '\t') {
            boolean indented = run == 0 || run >= LONGEST_WORD_OF_PROSE;
            run = 0;
            return indented;
        }
        run++;
        return Chars.latin(c) || Chars.digit(c) || c == '+' || c == '/' || c == '=' || c == '\\';
    }

    /** The line {@code -----END RSA PRIVATE KEY-----}: five dashes, words, five dashes. */
    private boolean takesEnding(char c) {
        if (c == '-') {
            dashes++;
            if (dashes == 2 * FENCE) {
                kind = Kind.NONE;
            }
            return true;
        }
        return dashes == FENCE && (Chars.upper(c) || c == ' ');
    }
}
