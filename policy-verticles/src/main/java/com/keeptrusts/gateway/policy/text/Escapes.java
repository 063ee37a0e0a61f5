package com.keeptrusts.gateway.policy.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Undoes percent-encoding, {@code \\u0041} and {@code \x41}, and HTML character references. */
final class Escapes {

    private static final int FEWEST = 2;
    private static final int LONGEST_REFERENCE = 10;
    private static final Map<String, String> NAMED = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "colon", ":", "lbrack", "[",
            "rsquo", "'", "period", ".");

    private final String text;
    private final StringBuilder out;
    private final ByteArrayOutputStream percents = new ByteArrayOutputStream(0);
    private int undone;

    private Escapes(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length());
    }

    /** The text without its escapes; null when it has hardly any. */
    static @Nullable String decode(String text) {
        return new Escapes(text).decode();
    }

    private @Nullable String decode() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = c == '%' ? percent(i) : c == '\\' ? backslash(i) : c == '&' ? reference(i) : i;
            if (end == i) {
                flush();
                out.append(c);
                end = i + 1;
            }
            i = end;
        }
        flush();
        return undone < FEWEST ? null : out.toString();
    }

    private int percent(int at) {
        int value = number(at + 1, 2, 16);
        if (value < 0) {
            return at;
        }
        percents.write(value); // several together are one character in UTF-8
        undone++;
        return at + 3;
    }

    private int backslash(int at) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 0;
        int value = digits == 0 ? -1 : number(at + 2, digits, 16);
        return value < 0 ? at : put(Character.toString(value), at + 2 + digits);
    }

    private int reference(int at) {
        int end = text.indexOf(';', at, Math.min(text.length(), at + LONGEST_REFERENCE));
        if (end < 0) {
            return at;
        }
        String name = text.substring(at + 1, end);
        if (!name.startsWith("#")) {
            String named = NAMED.get(name);
            return named == null ? at : put(named, end + 1);
        }
        boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
        int from = at + (hex ? 3 : 2);
        int value = end > from ? number(from, end - from, hex ? 16 : 10) : -1;
        return value < 0 || !Character.isValidCodePoint(value) ? at : put(Character.toString(value), end + 1);
    }

    private int put(String decoded, int end) {
        flush();
        out.append(decoded);
        undone++;
        return end;
    }

    private void flush() {
        if (percents.size() > 0) {
            out.append(percents.toString(StandardCharsets.UTF_8));
            percents.reset();
        }
    }

    private int number(int from, int digits, int radix) {
        if (from + digits > text.length() || digits > 7) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
