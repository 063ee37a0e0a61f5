package com.keeptrusts.gateway.json;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes where an entry stands, as in {@code messages[2].content}. */
final class JsonPath {

    /** A longer name is cut: a path is for a short message. */
    private static final int MAX_NAME = 64;

    private JsonPath() {}

    /** The path of a value in a finished tape. */
    static String of(byte[] bytes, Tape tape, int value) {
        var path = new StringBuilder();
        int container = 0;
        while (container != value) {
            container = descend(bytes, tape, container, value, path);
        }
        return path.toString();
    }

    /** The path of what was being read when scanning stopped inside {@code innermost}. */
    static String ofOpen(byte[] bytes, Tape tape, int innermost) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int container = innermost; container >= 0; container = tape.end(container)) {
            open.push(container);
        }
        var path = new StringBuilder();
        while (!open.isEmpty()) {
            int container = open.pop();
            Integer inner = open.peek();
            step(bytes, tape, container, inner == null ? tape.size() - 1 : inner, path);
        }
        return path.toString();
    }

    private static int descend(byte[] bytes, Tape tape, int container, int target, StringBuilder path) {
        boolean object = tape.kind(container) == Tape.OBJECT;
        int index = 0;
        int child = container + 1;
        while (true) {
            int value = object ? child + 1 : child;
            int after = tape.after(value);
            if (target < after) {
                append(bytes, tape, object ? child : -1, index, path);
                return value;
            }
            child = after;
            index++;
        }
    }

    /** Appends the step from an open container towards the entry last added within it. */
    private static void step(byte[] bytes, Tape tape, int container, int last, StringBuilder path) {
        boolean object = tape.kind(container) == Tape.OBJECT;
        int index = 0;
        int child = container + 1;
        while (child <= last) {
            int value = object ? child + 1 : child;
            if (value >= last || tape.after(value) > last) {
                append(bytes, tape, object ? child : -1, index, path);
                return;
            }
            child = tape.after(value);
            index++;
        }
    }

    private static void append(byte[] bytes, Tape tape, int name, int index, StringBuilder path) {
        if (name < 0) {
            path.append('[').append(index).append(']');
            return;
        }
        String text = StringLiteral.text(bytes, tape.start(name), tape.end(name), tape.isEscaped(name));
        String shown = text.length() > MAX_NAME ? text.substring(0, MAX_NAME) + "…" : text;
        if (text.chars().allMatch(c -> c == '_' || c == '-' || c == '$' || (c < 128 && Character.isLetterOrDigit(c)))
                && !text.isEmpty()) {
            path.append(path.isEmpty() ? "" : ".").append(shown);
        } else {
            path.append("[\"")
                    .append(shown.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"]");
        }
    }
}
