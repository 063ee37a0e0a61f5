package com.keeptrusts.gateway.json;

import com.keeptrusts.gateway.json.JsonRefusal.Reason;

/** The one pass over a document: strict grammar, strict UTF-8, unique names, bounded depth, no recursion. */
final class JsonScanner {

    private static final int NONE = -1;

    private final byte[] bytes;
    private final int end;
    private final JsonLimits limits;
    private final Tape tape;
    private final MemberNames names;

    /** The innermost open container, or {@link #NONE}. */
    private int container = NONE;

    private boolean inObject;
    private int depth;
    private int values;

    private JsonScanner(byte[] bytes, int start, int end, JsonLimits limits) {
        this.bytes = bytes;
        this.end = end;
        this.limits = limits;
        this.tape = new Tape(end - start);
        this.names = new MemberNames(bytes, tape);
    }

    static Tape scan(byte[] bytes, int start, int end, JsonLimits limits) {
        var scanner = new JsonScanner(bytes, start, end, limits);
        try {
            scanner.document(start);
        } catch (JsonRefusal refusal) {
            String path = JsonPath.ofOpen(bytes, scanner.tape, scanner.container);
            throw new JsonRefusal(refusal.reason(), refusal.offset(), path);
        }
        return scanner.tape;
    }

    private void document(int start) {
        int at = space(start);
        do {
            at = value(at);
            at = afterValue(at);
        } while (container != NONE);
        if (at < end) {
            throw JsonRefusal.invalid(at);
        }
    }

    /** Reads a scalar or an empty container, or opens containers down to the first of these. */
    private int value(int start) {
        int at = start;
        while (true) {
            int first = byteAt(at);
            if (first == '"') {
                return string(at);
            } else if (first != '{' && first != '[') {
                return plainScalar(first, at);
            }
            open(first == '{', at);
            at = space(at + 1);
            if (byteAt(at) == closing()) {
                return close(at);
            } else if (inObject) {
                at = name(at);
            }
        }
    }

    /** Closes what ends here; at the start of the next value when it returns with a container open. */
    private int afterValue(int start) {
        int at = space(start);
        while (container != NONE) {
            int next = byteAt(at);
            if (next == ',') {
                at = space(at + 1);
                return inObject ? name(at) : at;
            } else if (next != closing()) {
                throw JsonRefusal.invalid(at);
            }
            at = space(close(at));
        }
        return at;
    }

    private void open(boolean object, int at) {
        if (depth == limits.depth()) {
            throw new JsonRefusal(Reason.TOO_DEEP, at, "");
        }
        depth++;
        container = addValue(object ? Tape.OBJECT : Tape.ARRAY, at, container);
        inObject = object;
    }

    private int close(int at) {
        int parent = tape.end(container);
        tape.setEnd(container, at + 1);
        tape.setPayload(container, tape.size());
        depth--;
        container = parent;
        inObject = parent != NONE && tape.kind(parent) == Tape.OBJECT;
        return at + 1;
    }

    private int closing() {
        return inObject ? '}' : ']';
    }

    /** Reads a name and its colon. */
    private int name(int start) {
        if (byteAt(start) != '"') {
            throw JsonRefusal.invalid(start);
        }
        int scanned = StringLiteral.scan(bytes, start, end);
        boolean escaped = scanned < 0;
        int nameEnd = escaped ? ~scanned : scanned;
        int meta = escaped ? Tape.NAME | Tape.ESCAPED : Tape.NAME;
        int earlier = tape.payload(container);
        int name = tape.add(meta, names.hash(start, nameEnd, escaped), start, nameEnd);
        if (names.isDuplicate(container, name, earlier)) {
            throw new JsonRefusal(Reason.DUPLICATE_NAME, start, "");
        }
        tape.setPayload(container, earlier + 1);
        int at = space(nameEnd);
        if (byteAt(at) != ':') {
            throw JsonRefusal.invalid(at);
        }
        return space(at + 1);
    }

    private int string(int start) {
        int scanned = StringLiteral.scan(bytes, start, end);
        boolean escaped = scanned < 0;
        int stringEnd = escaped ? ~scanned : scanned;
        addValue(escaped ? Tape.STRING | Tape.ESCAPED : Tape.STRING, start, stringEnd);
        return stringEnd;
    }

    private int plainScalar(int first, int start) {
        return switch (first) {
            case 't' -> word("true", Tape.TRUE, start);
            case 'f' -> word("false", Tape.FALSE, start);
            case 'n' -> word("null", Tape.NULL, start);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                int numberEnd = NumberLiteral.scan(bytes, start, end, limits.numberLength());
                addValue(Tape.NUMBER, start, numberEnd);
                yield numberEnd;
            }
            default -> throw JsonRefusal.invalid(start);
        };
    }

    private int word(String word, int kind, int start) {
        for (int i = 1; i < word.length(); i++) {
            if (byteAt(start + i) != word.charAt(i)) {
                throw JsonRefusal.invalid(Math.min(start + i, end));
            }
        }
        addValue(kind, start, start + word.length());
        return start + word.length();
    }

    private int addValue(int meta, int start, int valueEnd) {
        if (++values > limits.values()) {
            throw new JsonRefusal(Reason.TOO_MANY_VALUES, start, "");
        }
        return tape.add(meta, 0, start, valueEnd);
    }

    private int space(int start) {
        int at = start;
        while (at < end) {
            int next = bytes[at];
            if (next > ' ' || (next != ' ' && next != '\n' && next != '\t' && next != '\r')) {
                return at;
            }
            at++;
        }
        return at;
    }

    /** The byte there, or -1 after the end; bytes that are not ASCII are negative too, and belong nowhere here. */
    private int byteAt(int at) {
        return at < end ? bytes[at] : -1;
    }
}
