package com.keeptrusts.gateway.policy.pii;

import java.util.List;
import java.util.Locale;

/** Tells a real password or token from a placeholder, a variable, a type name or a call. */
final class SecretValue {

    private static final int SHORTEST_PASSWORD = 4;
    private static final int LONGEST_VARIABLE = 12;
    private static final int SHORTEST_STRONG = 6;
    private static final int LONGEST_PASSWORD = 128;
    private static final int SHORTEST_TOKEN = 12;
    private static final double TOKEN_ENTROPY = 3.0;
    private static final List<String> PLACEHOLDERS = List.of(
            "...",
            "***",
            "xxxx",
            "example",
            "changeme",
            "change_me",
            "your_",
            "your-",
            "yourpassword",
            "placeholder",
            "redacted",
            "<",
            "${",
            "{{",
            "$(",
            "process.env",
            "os.environ",
            "getenv",
            "env.",
            "environ[",
            "secrets.",
            "config.",
            "settings.",
            "self.",
            "this.",
            "args.",
            "params.",
            "options.",
            "request.",
            "req.",
            "undefined",
            "insert",
            "todo",
            "dummy",
            "tokenhere",
            "keyhere",
            "-here",
            "_here",
            "123456789012345",
            "://");

    private SecretValue() {}

    static boolean password(String value) {
        int length = value.length();
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            return false;
        }
        int letters = 0;
        int digits = 0;
        int marks = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            letters += Chars.letter(c) ? 1 : 0;
            digits += Chars.digit(c) ? 1 : 0;
            marks += !Chars.alnum(c) && "_-./:,".indexOf(c) < 0 ? 1 : 0;
        }
        boolean mixed = letters == 0 ? digits >= SHORTEST_PASSWORD : digits > 0 || (marks > 0 && !variable(value));
        return mixed && !call(value) && !(variable(value) && value.length() < LONGEST_VARIABLE) && !placeholder(value);
    }

    /** A password that cannot be a word of the sentence: both cases, digits, and six characters at least. */
    static boolean strongPassword(String value) {
        boolean upper = value.chars().anyMatch(c -> Chars.upper((char) c));
        boolean lower = value.chars().anyMatch(c -> Chars.lower((char) c));
        long digits = value.chars().filter(c -> Chars.digit((char) c)).count();
        return value.length() >= SHORTEST_STRONG && upper && lower && digits >= 2 && password(value);
    }

    static boolean token(String value) {
        if (value.length() < SHORTEST_TOKEN) {
            return false;
        }
        int letters = 0;
        int digits = 0;
        int humps = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            letters += Chars.latin(c) ? 1 : 0;
            digits += Chars.digit(c) ? 1 : 0;
            humps += i > 0 && Chars.upper(c) && Chars.lower(value.charAt(i - 1)) ? 1 : 0;
            if (!Chars.latin(c) && !Chars.digit(c) && "_-.+/=~:!@$%^&*#".indexOf(c) < 0) {
                return false;
            }
        }
        boolean mixed = digits >= 1 && digits + humps >= 3 && letters >= 2 && entropy(value) >= TOKEN_ENTROPY;
        return mixed && !call(value) && !variable(value) && !placeholder(value);
    }

    static boolean placeholder(String value) {
        String folded = value.toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.stream().anyMatch(folded::contains) || repeats(folded);
    }

    /** Mostly one character, as in {@code aaaaaaaa} or {@code 00000001}. */
    private static boolean repeats(String value) {
        int same = 0;
        for (int i = 1; i < value.length(); i++) {
            same += value.charAt(i) == value.charAt(i - 1) ? 1 : 0;
        }
        return same * 2 > value.length();
    }

    private static boolean call(String value) {
        int open = value.indexOf('(');
        return open > 0
                && Chars.latin(value.charAt(open - 1))
                && (value.endsWith(")") || value.endsWith("(") || open > 2);
    }

    /** {@code $NAME}, {@code %NAME%}, {@code @name}, {@code &name}. */
    private static boolean variable(String value) {
        char first = value.charAt(0);
        if (first != '$' && first != '%' && first != '@' && first != '&') {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Chars.latin(c) && !Chars.digit(c) && c != '_' && c != '%' && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** Shannon's, in bits per character. */
    static double entropy(String value) {
        int[] counts = new int[128];
        int counted = 0;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < 128) {
                counts[value.charAt(i)]++;
                counted++;
            }
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / counted;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
