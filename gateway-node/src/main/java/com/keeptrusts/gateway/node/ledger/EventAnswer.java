package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.read.AuditRead;
import com.keeptrusts.gateway.audit.read.EventFormat;
import com.keeptrusts.gateway.audit.read.EventPortions;
import com.keeptrusts.gateway.audit.read.EventPortions.Portion;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the answer to a query portion by portion: read, recorded, written, and the next one is read when the client has
 * taken this one. A client that goes away ends it.
 */
final class EventAnswer {

    /** What one reader may hold in memory, and how many entries of usual size one record of reading speaks for. */
    static final int PORTION = 8 * 1024 * 1024;

    private static final Duration SEARCH = Duration.ofSeconds(40); // less than the connection may be silent

    private final Counter counter;
    private final ReadJournal journal;
    private final Reader reader;
    private final Ask ask;
    private final HttpServerResponse response;
    private int part;

    EventAnswer(Counter counter, ReadJournal journal, Reader reader, Ask ask, HttpServerResponse response) {
        this.counter = counter;
        this.journal = journal;
        this.reader = reader;
        this.ask = ask;
        this.response = response;
    }

    /** Completes when the last byte is written; fails with a {@link LedgerRefusal} before the first one. */
    Future<Void> send(EventPortions portions) {
        return counter.read(() -> portions.next(SEARCH))
                .compose(this::recorded)
                .compose(this::write)
                .compose(portion -> portion.last() || response.closed() ? Future.succeededFuture() : send(portions));
    }

    private Future<Portion> recorded(@Nullable Portion portion) {
        if (portion == null) {
            return Future.failedFuture(new LedgerRefusal(
                    503,
                    "search_too_wide",
                    "nothing was found in " + SEARCH.toSeconds() + " seconds; narrow the search with since and until"));
        }
        Map<String, Object> query = new HashMap<>(ask.asked());
        if (part > 0 || !portion.last()) {
            query.put("part", part);
            query.put("last", portion.last());
        }
        part++;
        return journal.record(new AuditRead(reader.who(), "events", "http", query, portion.entries()))
                .map(portion);
    }

    private Future<Portion> write(Portion portion) {
        if (response.closed()) {
            return Future.succeededFuture(portion);
        }
        if (!response.headWritten()) {
            boolean csv = ask.format() == EventFormat.CSV;
            response.setChunked(true)
                    .putHeader("content-type", csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson")
                    .putHeader("cache-control", "no-store");
        }
        Future<Void> written = portion.last()
                ? response.end(portion.text().toBuffer())
                : response.write(portion.text().toBuffer());
        return written.map(portion);
    }
}
