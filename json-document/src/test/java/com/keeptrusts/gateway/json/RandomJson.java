package com.keeptrusts.gateway.json;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Writes random JSON texts with every freedom the grammar gives: spaces, escapes, number forms. */
final class RandomJson {

    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\r\n", "\t", "  ");
    private static final List<String> CHARACTERS = List.of(
            "a",
            "b",
            "z",
            "0",
            " ",
            "\"",
            "\\",
            "/",
            "\b",
            "\f",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "\u001f",
            "\u007f",
            "é",
            "ß",
            "\u07ff",
            "\u0800",
            "漢",
            "\u2028",
            "\uffff",
            "\ufeff",
            "😀",
            "𝒳",
            "\udbff\udfff",
            "\ud800",
            "\udc00");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-17",
            "1.0",
            "1.10",
            "1E2",
            "1e-7",
            "100000000.0",
            "0.5e+3",
            "12345678901234567890",
            "3.141592653589793238",
            "-9223372036854775808",
            "1e400");

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    String document() {
        var out = new StringBuilder();
        value(out.append(space()), 4);
        return out.append(space()).toString();
    }

    private void value(StringBuilder out, int depth) {
        switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 -> out.append("true");
            case 1 -> out.append("false");
            case 2 -> out.append("null");
            case 3 -> out.append(pick(NUMBERS));
            case 4 -> out.append(literal(text()));
            case 5, 6 -> array(out, depth - 1);
            default -> out.append(object(depth - 1));
        }
    }

    private void array(StringBuilder out, int depth) {
        out.append('[').append(space());
        for (int i = random.nextInt(4); i > 0; i--) {
            value(out, depth);
            out.append(space()).append(i > 1 ? "," : "").append(space());
        }
        out.append(']');
    }

    String object(int depth) {
        Set<String> names = new HashSet<>();
        int members = random.nextInt(20) == 0 ? 40 : random.nextInt(5);
        for (int i = 0; i < members; i++) {
            names.add(text().replaceAll("\\p{Cs}", "?") + (random.nextBoolean() ? "" : i));
        }
        var out = new StringBuilder("{").append(space());
        int left = names.size();
        for (String name : names) {
            out.append(literal(name)).append(space()).append(':').append(space());
            value(out, depth);
            out.append(space()).append(--left > 0 ? "," : "").append(space());
        }
        return out.append('}').toString();
    }

    String text() {
        var out = new StringBuilder();
        for (int i = random.nextInt(10) == 0 ? 40 : random.nextInt(8); i > 0; i--) {
            out.append(random.nextInt(3) == 0 ? pick(CHARACTERS) : Character.toString('a' + random.nextInt(26)));
        }
        return out.toString();
    }

    /** A literal in which each character that may be escaped is, or is not. */
    String literal(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(code -> out.append(encoded(code)));
        return out.append('"').toString();
    }

    /** One way to write a character; half a pair can only be an escape. */
    String encoded(int code) {
        boolean must = code < 0x20 || code == '"' || code == '\\' || (code >= 0xD800 && code <= 0xDFFF);
        if (!must && random.nextInt(4) > 0) {
            return Character.toString(code);
        }
        int at = "\"\\/\b\f\n\r\t".indexOf(code);
        if (at >= 0 && random.nextBoolean()) {
            return "\\" + "\"\\/bfnrt".charAt(at);
        }
        var escapes = new StringBuilder();
        for (char unit : Character.toChars(code)) {
            escapes.append("\\u").append(String.format(random.nextBoolean() ? "%04x" : "%04X", (int) unit));
        }
        return escapes.toString();
    }

    private String space() {
        return pick(SPACES);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
