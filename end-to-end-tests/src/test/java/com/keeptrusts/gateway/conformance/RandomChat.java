package com.keeptrusts.gateway.conformance;

import java.util.List;
import java.util.Random;

/** Random chat completions with every freedom that JSON gives: order, white space, escapes, numbers, depth, unknown members. */
final class RandomChat {

    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\r\n", "\t", "   ");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1.0",
            "1.10",
            "1E2",
            "1e-7",
            "100000000.0",
            "12345678901234567890",
            "3.141592653589793238",
            "1e400");
    private static final List<String> LETTERS = List.of(
            "a",
            "b",
            " ",
            "\\\"",
            "\\\\",
            "\\/",
            "/",
            "\\b",
            "\\f",
            "\\n",
            "\\r",
            "\\t",
            "\\u0000",
            "\\u001f",
            "\u007f",
            "\u00e9",
            "\\u00e9",
            "\\u00E9",
            "\u07ff",
            "\u0800",
            "\u6f22",
            "\u2028",
            "\u2029",
            "\u0085",
            "\ufeff",
            "\uffff",
            "\ud83d\ude00",
            "\\ud83d\\ude00",
            "\\uD83D\\uDE00",
            "\\ud800",
            "\\udc00",
            "\udbff\udfff");
    private static final List<String> ROLES =
            List.of("user", "system", "developer", "assistant", "tool", "t\\u006fol", "new");
    private static final int DEPTH = 5;

    private final Random random;

    RandomChat(Random random) {
        this.random = random;
    }

    /** A chat completion in which one message says this; the text is JSON already. */
    String next(String said) {
        var members = new StringBuilder();
        int place = random.nextInt(3);
        for (int i = 0; i < 3; i++) {
            if (i == place) {
                members.append(member("model", "\"m\"")).append(',');
            }
            members.append(member("x" + i + text(), value(DEPTH))).append(',');
        }
        members.append(member(random.nextBoolean() ? "messages" : "m\\u0065ssages", messages(said)));
        return space() + "{" + members + "}" + space();
    }

    private String messages(String said) {
        var list = new StringBuilder("[");
        int before = random.nextInt(3);
        for (int i = 0; i < before; i++) {
            list.append(message("")).append(',').append(space());
        }
        return list.append(message(said)).append(space()).append(']').toString();
    }

    private String message(String said) {
        String role = member("role", '"' + pick(ROLES) + '"');
        String content = member("content", content('"' + text() + said + text() + '"'));
        String more = random.nextInt(3) == 0 ? ',' + member("y" + text(), value(2)) : "";
        return "{" + (random.nextBoolean() ? role + ',' + content : content + ',' + role) + more + "}";
    }

    private String content(String literal) {
        return random.nextBoolean()
                ? literal
                : "[" + space() + "{" + member("type", "\"text\"") + "," + member("text", literal) + "}" + space()
                        + "]";
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> "true";
            case 1 -> "null";
            case 2 -> "false";
            case 3 -> pick(NUMBERS);
            case 4 -> '"' + text() + '"';
            case 5 -> "[" + space() + "]";
            case 6 -> "[" + value(depth - 1) + space() + "," + space() + value(depth - 1) + "]";
            default ->
                "{" + member("a" + text(), value(depth - 1)) + "," + member("b" + text(), value(depth - 1)) + "}";
        };
    }

    private String member(String name, String value) {
        return space() + '"' + name + '"' + space() + ":" + space() + value + space();
    }

    private String text() {
        var text = new StringBuilder();
        int length = random.nextInt(30) == 0 ? 3_000 : random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(pick(LETTERS));
        }
        return text.toString();
    }

    private String space() {
        return pick(SPACES);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
