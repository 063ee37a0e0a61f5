package com.keeptrusts.gateway.provider.upstream;

import com.keeptrusts.gateway.contract.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to a target and its answer, as bytes. All that arrives within one turn of the event loop is one read. A
 * connection that turns out to have been closed while it was idle is replaced once, for then nothing was processed.
 */
public final class UpstreamExchange {

    /** Hears what becomes of an exchange; {@link #onEnd} or {@link #onFailure} is the last, unless it is aborted. */
    public interface Listener {

        void onHead(HttpClientResponse response);

        void onRead(byte[] bytes);

        void onEnd();

        /** No answer, or one that broke off; the latter when the head was heard before. */
        void onFailure(AttemptFailure failure);

        /** The idle connection that was taken first was dead; another one is used. */
        void onStaleConnection();
    }

    /** What is read before a turn ends is passed on when it exceeds this. */
    private static final int LARGEST_READ = 64 * 1024;

    private static final long DEAD_FOR_SURE_NANOS = Duration.ofSeconds(2).toNanos();

    private final UpstreamClient client;
    private final UpstreamRequest request;
    private final Context context;
    private final Listener listener;

    private final List<Buffer> arrived = new ArrayList<>();
    private int arrivedBytes;
    private boolean flushing;
    private boolean over;
    private boolean paused;
    private boolean replaced;
    private long sentAt;
    private @Nullable HttpClientRequest sent;
    private @Nullable HttpClientResponse response;

    public UpstreamExchange(UpstreamClient client, UpstreamRequest request, Context context, Listener listener) {
        this.client = client;
        this.request = request;
        this.context = context;
        this.listener = listener;
    }

    public void begin() {
        client.open(request).onComplete(opened -> {
            if (over) {
                if (opened.succeeded()) {
                    opened.result().reset();
                }
            } else if (opened.failed()) {
                fail(ConnectFailures.of(opened.cause()));
            } else {
                send(opened.result());
            }
        });
    }

    /** Stops reading from the target; what has been read may still be heard. */
    public void pause() {
        if (!paused && response != null) {
            paused = true;
            response.pause();
        }
    }

    public void resume() {
        if (paused && response != null && !over) {
            paused = false;
            response.resume();
        }
    }

    /** Breaks the connection off; nothing more is heard. */
    public void abort() {
        if (!over) {
            over = true;
            arrived.clear();
            if (sent != null) {
                sent.reset();
            }
        }
    }

    private void send(HttpClientRequest opened) {
        sent = opened;
        sentAt = System.nanoTime();
        boolean reused = client.hasServed(opened.connection());
        request.headers().forEach(header -> opened.headers().add(header.name(), header.value()));
        opened.send(request.body().toBuffer()).onComplete(answered -> {
            if (over) {
                return;
            }
            if (answered.succeeded()) {
                client.noteServed(opened.connection());
                read(answered.result());
            } else if (reused && !replaced && wasIdleReset(answered.cause())) {
                replaced = true;
                listener.onStaleConnection();
                begin();
            } else {
                fail(UpstreamFailures.unreachable("reset", true));
            }
        });
    }

    /** A connection that dies at once was dead; one that dies later, or talks nonsense, may have been at work. */
    private boolean wasIdleReset(Throwable cause) {
        boolean closed = cause instanceof HttpClosedException || cause instanceof IOException;
        return closed && System.nanoTime() - sentAt < DEAD_FOR_SURE_NANOS;
    }

    private void read(HttpClientResponse head) {
        response = head;
        head.handler(this::onBuffer);
        head.endHandler(_ -> end());
        head.exceptionHandler(_ -> broken());
        listener.onHead(head);
    }

    private void onBuffer(Buffer buffer) {
        if (over) {
            return;
        }
        arrived.add(buffer);
        arrivedBytes += buffer.length();
        if (arrivedBytes >= LARGEST_READ) {
            flush();
        } else if (!flushing) {
            flushing = true;
            context.runOnContext(_ -> {
                flushing = false;
                flush();
            });
        }
    }

    private void flush() {
        if (over || arrived.isEmpty()) {
            return;
        }
        byte[] read = arrived.size() == 1 ? arrived.get(0).getBytes() : joined();
        arrived.clear();
        arrivedBytes = 0;
        listener.onRead(read);
    }

    private byte[] joined() {
        byte[] read = new byte[arrivedBytes];
        int at = 0;
        for (Buffer buffer : arrived) {
            buffer.getBytes(read, at);
            at += buffer.length();
        }
        return read;
    }

    private void end() {
        flush();
        if (!over) {
            over = true;
            listener.onEnd();
        }
    }

    private void broken() {
        flush();
        fail(UpstreamFailures.invalid("truncated", ErrorCode.UPSTREAM_TRUNCATED, 0, "the target broke off its answer"));
    }

    private void fail(AttemptFailure failure) {
        if (!over) {
            over = true;
            listener.onFailure(failure);
        }
    }
}
