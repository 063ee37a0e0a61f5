package com.keeptrusts.gateway.benchmarks.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;

/** One connection and the answer that is on its way over it. */
final class LoadConnection {

    private final NetSocket socket;
    private final Tally tally;
    private final Consumer<LoadConnection> onIdle;
    private final ResponseParser parser = new ResponseParser();

    private boolean busy;
    private boolean open = true;
    private long due;
    private boolean started;
    private long events;
    private long lastEvent;

    /** Calls {@code onIdle} whenever an answer has ended, well or not. */
    LoadConnection(NetSocket socket, Tally tally, Consumer<LoadConnection> onIdle) {
        this.socket = socket;
        this.tally = tally;
        this.onIdle = onIdle;
        socket.handler(this::read);
        socket.closeHandler(_ -> closed());
        socket.exceptionHandler(_ -> {}); // the close that follows is what counts
    }

    void send(Buffer request, long dueAt) {
        parser.reset();
        busy = true;
        due = dueAt;
        started = false;
        events = 0;
        socket.write(request);
    }

    private void read(Buffer bytes) {
        long now = System.nanoTime();
        if (!busy) {
            socket.close();
            return;
        }
        try {
            parser.feed(bytes.getBytes());
        } catch (RuntimeException e) { // no HTTP, or more of it than was asked for
            end("malformed", now);
            socket.close();
            return;
        }
        note(now);
        if (parser.isDone()) {
            end(outcome(), now);
        }
    }

    private void note(long now) {
        long fresh = parser.events() - events;
        boolean first = !started && (parser.isStream() ? fresh > 0 : parser.hasHead());
        if (first) {
            started = true;
            tally.firstToken(due, now);
        }
        if (fresh > 0) {
            tally.events(fresh, now);
            if (!first) {
                tally.laterEvents(fresh, lastEvent, now);
            }
            events += fresh;
            lastEvent = now;
        }
    }

    private String outcome() {
        if (parser.status() != 200) {
            return "status " + parser.status();
        }
        return parser.hasErrorEvent() ? "error event" : "";
    }

    private void end(String failure, long now) {
        busy = false;
        if (failure.isEmpty()) {
            tally.completed(due, now);
        } else {
            tally.failed(failure, now);
        }
        if (parser.isClosing()) {
            open = false;
            socket.close();
        }
        onIdle.accept(this);
    }

    private void closed() {
        open = false;
        if (busy) {
            boolean whole = parser.closed();
            end(whole ? outcome() : "cut", System.nanoTime());
        }
    }

    /** Counts the wait of a running stream up to the end of the measured time. */
    void endOfTime(long now) {
        if (busy && events > 0) {
            tally.laterEvents(0, lastEvent, now);
        }
    }

    /** Whether it can take another request. */
    boolean isReusable() {
        return open && !busy;
    }

    /** Ends it without counting what is on its way. */
    void drop() {
        busy = false;
        open = false;
        socket.close();
    }
}
