package com.keeptrusts.gateway.conformance;

import java.util.List;
import java.util.Random;

/** Random streams of events with every freedom that the format gives: line ends, comments, fields, letters. */
final class RandomStream {

    private static final List<String> ENDS = List.of("\n", "\r\n", "\r");
    private static final List<String> LETTERS = List.of(
            "a",
            " ",
            "\\n",
            "\\\"",
            "\u00e9",
            "\\u00e9",
            "\u6f22",
            "\ud83d\ude00",
            "\\ud83d\\ude00",
            "\\ud800",
            "\u2028",
            "\u0085",
            "[DONE]",
            "data: ",
            "\ufeff");
    private static final List<String> LINES =
            List.of(": comment", ":", "retry: 5", "id: 7", "event: message", "unknown: x", "data-like: {}");

    private final Random random;

    RandomStream(Random random) {
        this.random = random;
    }

    String next() {
        var stream = new StringBuilder();
        int events = 1 + random.nextInt(8);
        for (int i = 0; i < events; i++) {
            event(stream, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text() + "z\"}}],\"x\":1.10}");
        }
        event(
                stream,
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":" + Chats.USAGE + "}");
        return stream.append(Chats.DONE).toString();
    }

    private void event(StringBuilder stream, String data) {
        String end = pick(ENDS);
        for (int lines = random.nextInt(6) - 3; lines > 0; lines--) {
            stream.append(pick(LINES)).append(end);
            if (random.nextBoolean()) {
                stream.append(end);
            }
        }
        stream.append(random.nextBoolean() ? "data: " : "data:")
                .append(data)
                .append(end)
                .append(pick(ENDS));
        if (end.equals("\r")
                && stream.charAt(stream.length() - 1) == '\n'
                && stream.charAt(stream.length() - 2) == '\r') {
            stream.append('\n'); // CR and LF are one line end, so the blank line is still missing
        }
    }

    private String text() {
        var text = new StringBuilder();
        int length = random.nextInt(20) == 0 ? 2_000 : random.nextInt(6);
        for (int i = 0; i < length; i++) {
            text.append(pick(LETTERS));
        }
        return text.toString();
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
