package com.keeptrusts.gateway.simulator.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;

/** The pieces an answer is made of, each a piece of a JSON string literal in UTF-8, ready to be copied into an event. */
public sealed interface Tokens {

    int count();

    /** The token's bytes as they stand inside a JSON string. */
    byte[] literal(int position);

    /** The tokens from {@code from} to {@code to} as text. */
    String text(int from, int to);

    /** The same tokens, but no more than {@code limit} of them. */
    Tokens first(int limit);

    /** These tokens, followed by others. */
    default Tokens then(Tokens more) {
        return count() == 0 ? more : new Joined(this, more);
    }

    static Tokens generated(long seed, int count) {
        return new Generated(seed, count);
    }

    /** Splits a text as a model would: at spaces, and long words again, so that a name or a number spans several tokens. */
    static Tokens of(String text) {
        return new Written(split(text));
    }

    record Generated(long seed, int count) implements Tokens {

        @Override
        public byte[] literal(int position) {
            return Vocabulary.literal(seed, position);
        }

        @Override
        public String text(int from, int to) {
            var row = new ByteRow(8 * Math.max(1, to - from));
            for (int position = from; position < to; position++) {
                row.append(literal(position));
            }
            return new String(row.drain(), UTF_8);
        }

        @Override
        public Tokens first(int limit) {
            return limit < count ? new Generated(seed, limit) : this;
        }
    }

    record Joined(Tokens head, Tokens tail) implements Tokens {

        @Override
        public int count() {
            return head.count() + tail.count();
        }

        @Override
        public byte[] literal(int position) {
            return position < head.count() ? head.literal(position) : tail.literal(position - head.count());
        }

        @Override
        public String text(int from, int to) {
            int middle = head.count();
            return head.text(Math.min(from, middle), Math.min(to, middle))
                    + tail.text(Math.max(from, middle) - middle, Math.max(to, middle) - middle);
        }

        @Override
        public Tokens first(int limit) {
            return limit <= head.count() ? head.first(limit) : new Joined(head, tail.first(limit - head.count()));
        }
    }

    record Written(List<String> pieces, List<byte[]> literals) implements Tokens {

        Written(List<String> pieces) {
            this(
                    List.copyOf(pieces),
                    pieces.stream()
                            .map(piece -> JsonStringEncoder.getInstance().quoteAsUTF8(piece))
                            .toList());
        }

        @Override
        public int count() {
            return pieces.size();
        }

        @Override
        public byte[] literal(int position) {
            return literals.get(position);
        }

        @Override
        public String text(int from, int to) {
            return String.join("", pieces.subList(from, to));
        }

        @Override
        public Tokens first(int limit) {
            return limit < pieces.size() ? new Written(pieces.subList(0, limit), literals.subList(0, limit)) : this;
        }
    }

    private static List<String> split(String text) {
        var pieces = new ArrayList<String>();
        int start = 0;
        int size = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            boolean full = size == 5 || (size > 0 && Character.isWhitespace(text.charAt(at)));
            if (full) {
                pieces.add(text.substring(start, at));
                start = at;
                size = 0;
            }
            size++;
        }
        if (start < text.length()) {
            pieces.add(text.substring(start));
        }
        return pieces;
    }
}
