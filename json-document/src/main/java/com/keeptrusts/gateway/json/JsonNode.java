package com.keeptrusts.gateway.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** One value of a document: what it is, and where its bytes stand. */
public final class JsonNode {

    private final JsonDocument document;
    private final int entry;

    JsonNode(JsonDocument document, int entry) {
        this.document = document;
        this.entry = entry;
    }

    public JsonKind kind() {
        return switch (tape().kind(entry)) {
            case Tape.OBJECT -> JsonKind.OBJECT;
            case Tape.ARRAY -> JsonKind.ARRAY;
            case Tape.STRING -> JsonKind.STRING;
            case Tape.NUMBER -> JsonKind.NUMBER;
            case Tape.TRUE -> JsonKind.TRUE;
            case Tape.FALSE -> JsonKind.FALSE;
            default -> JsonKind.NULL;
        };
    }

    /** The offset of the first byte in the parsed array; a string begins with its quote. */
    public int start() {
        return tape().start(entry);
    }

    /** The offset after the last byte in the parsed array. */
    public int end() {
        return tape().end(entry);
    }

    /** The decoded string, lone surrogates as U+FFFD; of any other value its source text. */
    public String text() {
        return kind() == JsonKind.STRING ? decoded(entry) : source();
    }

    /** The value of the member with this decoded name; null if there is none or this is no object. */
    public @Nullable JsonNode member(String name) {
        if (kind() == JsonKind.OBJECT) {
            for (int child = entry + 1; child < tape().payload(entry); child = tape().after(child + 1)) {
                if (isNamed(child, name)) {
                    return new JsonNode(document, child + 1);
                }
            }
        }
        return null;
    }

    /** The members in their order; empty if this is no object. */
    public Iterable<JsonMember> members() {
        return children(JsonKind.OBJECT, child -> tape().after(child + 1), this::memberAt);
    }

    /** The elements in their order; empty if this is no array. */
    public Iterable<JsonNode> elements() {
        return children(JsonKind.ARRAY, tape()::after, child -> new JsonNode(document, child));
    }

    /** The number if it is a whole one that a long can hold, however it is written; else the fallback. */
    public long asLong(long fallback) {
        if (kind() != JsonKind.NUMBER) {
            return fallback;
        }
        try {
            return new BigDecimal(source()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return fallback; // a fraction, too large, or an exponent beyond what BigDecimal takes
        }
    }

    /** The number if a double can hold it; else the fallback. */
    public double asDouble(double fallback) {
        if (kind() != JsonKind.NUMBER) {
            return fallback;
        }
        double number = Double.parseDouble(source());
        return Double.isInfinite(number) ? fallback : number;
    }

    /** Where this value stands, as in {@code messages[2].content}; empty for the root. Holds member names, and walks the document: for messages. */
    public String path() {
        return JsonPath.of(document.bytes(), tape(), entry);
    }

    /** The place only: the value is the sender's text. */
    @Override
    public String toString() {
        return kind() + " at " + start() + " to " + end();
    }

    JsonDocument document() {
        return document;
    }

    private Tape tape() {
        return document.tape();
    }

    private JsonMember memberAt(int name) {
        return new JsonMember(decoded(name), tape().start(name), new JsonNode(document, name + 1));
    }

    private String decoded(int string) {
        return StringLiteral.text(document.bytes(), tape().start(string), tape().end(string), tape().isEscaped(string));
    }

    private String source() {
        return new String(document.bytes(), start(), end() - start(), kind() == JsonKind.NUMBER ? ISO_8859_1 : UTF_8);
    }

    private boolean isNamed(int child, String name) {
        if (tape().isEscaped(child)) {
            return decoded(child).equals(name);
        }
        int from = tape().start(child) + 1;
        int length = tape().end(child) - 1 - from;
        if (length < name.length()) { // UTF-8 never has fewer bytes than UTF-16 has units
            return false;
        }
        byte[] bytes = document.bytes();
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + i] < 0 || name.charAt(i) >= 0x80) {
                return decoded(child).equals(name);
            } else if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return length == name.length();
    }

    private <T> Iterable<T> children(JsonKind kind, IntUnaryOperator after, IntFunction<T> read) {
        int end = kind() == kind ? tape().payload(entry) : 0;
        return () -> new Iterator<>() {
            private int next = entry + 1;

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public T next() {
                if (next >= end) {
                    throw new NoSuchElementException();
                }
                T child = read.apply(next);
                next = after.applyAsInt(next);
                return child;
            }
        };
    }
}
