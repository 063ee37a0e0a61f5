package com.keeptrusts.gateway.simulator.observe;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests to the service, oldest first, bounded in number and in bytes. Thread-safe. */
public final class RequestJournal {

    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final int capacity;
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private long bytes;
    private long total;

    /** A capacity of 0 records nothing. */
    public RequestJournal(int capacity) {
        this.capacity = capacity;
    }

    public synchronized void record(HttpServerRequest request, Buffer body) {
        total++;
        if (capacity == 0) {
            return;
        }
        var headers = request.headers().entries().stream()
                .map(entry -> new RecordedRequest.Header(entry.getKey(), entry.getValue()))
                .toList();
        requests.addLast(new RecordedRequest(
                total,
                Instant.now(),
                request.method().name(),
                request.uri(),
                request.version().alpnName(),
                headers,
                body));
        bytes += body.length();
        while (requests.size() > capacity || (bytes > MOST_BYTES && requests.size() > 1)) {
            bytes -= requests.removeFirst().body().length();
        }
    }

    public synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    public synchronized void clear() {
        requests.clear();
        bytes = 0;
    }
}
