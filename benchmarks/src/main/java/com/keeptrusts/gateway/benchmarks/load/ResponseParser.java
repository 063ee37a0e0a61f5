package com.keeptrusts.gateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/**
 * Reads just enough of HTTP/1.1 answers to know their status, their end, and how many events have come: a client that
 * understood more would measure itself.
 */
final class ResponseParser {

    private enum State {
        HEAD,
        FIXED,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE,
        DONE
    }

    private static final int LONGEST_LINE = 64 * 1024;

    private final StringBuilder line = new StringBuilder();
    private final EventCounter events = new EventCounter();

    private State state = State.HEAD;
    private int status;
    private long left;
    private boolean chunked;
    private boolean sized;
    private boolean stream;
    private boolean closing;

    /** Forgets the last answer. */
    void reset() {
        events.reset();
        line.setLength(0);
        state = State.HEAD;
        status = 0;
        left = 0;
        chunked = false;
        sized = false;
        stream = false;
        closing = false;
    }

    /** Reads on. Bytes after the end of an answer are refused, as nothing was asked twice. */
    void feed(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            at = switch (state) {
                case HEAD, CHUNK_SIZE, CHUNK_END, TRAILER -> line(bytes, at);
                case FIXED, CHUNK, UNTIL_CLOSE -> body(bytes, at);
                case DONE -> throw new IllegalStateException("bytes after the end of an answer");
            };
        }
    }

    private int line(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        line.append(new String(bytes, from, at - from, ISO_8859_1));
        if (line.length() > LONGEST_LINE) {
            throw new IllegalStateException("a line without end");
        }
        if (at == bytes.length) {
            return at;
        }
        String text = line.toString().stripTrailing();
        line.setLength(0);
        onLine(text);
        return at + 1;
    }

    private void onLine(String text) {
        switch (state) {
            case HEAD -> onHeadLine(text);
            case CHUNK_SIZE -> {
                int semicolon = text.indexOf(';');
                left = Long.parseLong((semicolon < 0 ? text : text.substring(0, semicolon)).strip(), 16);
                state = left == 0 ? State.TRAILER : State.CHUNK;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            default -> state = text.isEmpty() ? State.DONE : State.TRAILER;
        }
    }

    private void onHeadLine(String text) {
        if (status == 0) {
            status = Integer.parseInt(text.substring(9, 12));
        } else if (text.isEmpty()) {
            state = bodyState();
        } else {
            onHeader(text.toLowerCase(Locale.ROOT));
        }
    }

    private void onHeader(String text) {
        if (text.startsWith("content-length:")) {
            sized = true;
            left = Long.parseLong(text.substring("content-length:".length()).strip());
        } else if (text.startsWith("transfer-encoding:")) {
            chunked = text.contains("chunked");
        } else if (text.startsWith("connection:")) {
            closing = text.contains("close");
        } else if (text.startsWith("content-type:")) {
            stream = text.contains("text/event-stream");
        }
    }

    private State bodyState() {
        if (status < 200) {
            status = 0; // an interim answer; the real head follows
            return State.HEAD;
        } else if (chunked) {
            return State.CHUNK_SIZE;
        } else if (sized) {
            return left == 0 ? State.DONE : State.FIXED;
        }
        closing = true;
        return State.UNTIL_CLOSE;
    }

    private int body(byte[] bytes, int from) {
        int to = state == State.UNTIL_CLOSE ? bytes.length : (int) Math.min(bytes.length, from + left);
        if (stream) {
            events.count(bytes, from, to);
        }
        left -= to - from;
        if (left == 0 && state != State.UNTIL_CLOSE) {
            state = state == State.CHUNK ? State.CHUNK_END : State.DONE;
        }
        return to;
    }

    /** Tells that the peer closed; whether the answer was whole then. */
    boolean closed() {
        if (state == State.UNTIL_CLOSE) {
            state = State.DONE;
        }
        return state == State.DONE;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    boolean hasHead() {
        return status != 0 && state != State.HEAD;
    }

    int status() {
        return status;
    }

    boolean isStream() {
        return stream;
    }

    /** Whether the connection ends with this answer. */
    boolean isClosing() {
        return closing;
    }

    long events() {
        return events.total();
    }

    /** Whether an event came that reports a failure. */
    boolean hasErrorEvent() {
        return events.hasError();
    }
}
