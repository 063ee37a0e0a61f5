package com.keeptrusts.gateway.json;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON text of a value by RFC 8785, for digests and signatures: names by UTF-16 units, no space, minimal
 * escapes. Takes String, Boolean, Integer, Long, Double, null, List and Map, and refuses what has no such text:
 * whole numbers beyond 2^53, numbers that are not finite, lone surrogates.
 */
public final class CanonicalJson {

    private static final int MAX_DEPTH = 64;
    private static final long MAX_WHOLE = (1L << 53) - 1;

    private CanonicalJson() {}

    public static byte[] write(Map<String, ?> object) {
        var out = new Utf8Output(512);
        writeObject(object, out, MAX_DEPTH);
        return out.toByteArray();
    }

    private static void writeValue(@Nullable Object value, Utf8Output out, int depthLeft) {
        if (depthLeft == 0) {
            throw new IllegalArgumentException("depth: over " + MAX_DEPTH + " (expected: at most that)");
        }
        switch (value) {
            case null -> out.appendAscii("null");
            case String text -> writeString(text, out);
            case Boolean truth -> out.appendAscii(truth.toString());
            case Integer number -> out.appendAscii(number.toString());
            case Long number -> writeLong(number, out);
            case Double number -> out.appendAscii(CanonicalNumber.of(number));
            case List<?> list -> writeArray(list, out, depthLeft);
            case Map<?, ?> map -> writeObject(map, out, depthLeft);
            default ->
                throw new IllegalArgumentException(
                        "value: " + value.getClass().getName() + " (expected: a JSON type of this writer)");
        }
    }

    private static void writeObject(Map<?, ?> object, Utf8Output out, int depthLeft) {
        var members = object.entrySet().stream()
                .sorted(Comparator.comparing(member -> name(member.getKey()))) // String order is UTF-16 order
                .toList();
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : members) {
            if (!first) {
                out.append(',');
            }
            first = false;
            writeString(name(member.getKey()), out);
            out.append(':');
            writeValue(member.getValue(), out, depthLeft - 1);
        }
        out.append('}');
    }

    private static void writeArray(List<?> list, Utf8Output out, int depthLeft) {
        out.append('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                out.append(',');
            }
            first = false;
            writeValue(element, out, depthLeft - 1);
        }
        out.append(']');
    }

    private static String name(@Nullable Object key) {
        if (key instanceof String name) {
            return name;
        }
        throw new IllegalArgumentException("name: not a string (expected: a string)");
    }

    private static void writeLong(long number, Utf8Output out) {
        if (number > MAX_WHOLE || number < -MAX_WHOLE) {
            throw new IllegalArgumentException(
                    "number: beyond 2^53 - 1 (expected: a whole number that a double holds)");
        }
        out.appendAscii(Long.toString(number));
    }

    private static void writeString(String text, Utf8Output out) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int code = text.codePointAt(i);
                if (!Character.isSupplementaryCodePoint(code)) {
                    throw new IllegalArgumentException("text: a lone surrogate at " + i + " (expected: Unicode text)");
                }
                i++;
            }
        }
        out.append('"').appendEscaped(text).append('"');
    }
}
