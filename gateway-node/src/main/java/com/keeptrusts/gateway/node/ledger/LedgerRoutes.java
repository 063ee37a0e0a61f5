package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.read.EventPortions;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /keeptrusts/audit/...} (docs/audit-http.md): reads only, each recorded before it is answered. Files are read on
 * threads of its own, so that a long search delays no request of a client.
 */
public final class LedgerRoutes {

    static final String ROOT = "/keeptrusts/audit";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerRoutes.class);
    private static final Set<String> PAGES = Set.of("logs", "requests", "events", "reads");
    private static final int THREADS = 4;
    private static final int MOST_QUERIES = 3; // so that a thread is left for the short reads
    private static final int MOST_SHORT_READS = 64;

    private final LedgerDesk desk;
    private final ReadJournal journal;
    private final Counter queries;
    private final Counter shortReads;
    private final LogFileRoutes files;
    private final RequestRoutes requests;
    private final Indexing indexing;

    /** Begins to keep the indexes of the logs as well. */
    public LedgerRoutes(Vertx vertx, LedgerDesk desk) {
        var workers = vertx.createSharedWorkerExecutor("ledger-reads", THREADS, 10, TimeUnit.MINUTES);
        this.desk = desk;
        this.journal = new ReadJournal(desk, System::nanoTime);
        this.queries = new Counter(workers, MOST_QUERIES);
        this.shortReads = new Counter(workers, MOST_SHORT_READS);
        this.files = new LogFileRoutes(desk, shortReads, journal);
        this.requests = new RequestRoutes(desk, shortReads, journal);
        this.indexing = Indexing.begin(vertx, workers, desk.data());
    }

    /** Adds them to the management port. */
    public void mount(Router router) {
        router.route(ROOT + "/*").handler(this::answer);
    }

    /** Completes when nothing is written to the data directory any more. */
    public Future<Void> close() {
        return indexing.end();
    }

    /** Paths are taken as they were sent: nothing in them is decoded, so there is one spelling of each. */
    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = request.response();
        String sent = String.valueOf(request.path());
        List<String> path = List.of(
                sent.substring(Math.min(sent.length(), ROOT.length() + 1)).split("/", -1));
        if (!sent.startsWith(ROOT + "/") || !PAGES.contains(path.getFirst())) {
            context.next();
            return;
        }
        try {
            route(request, path).onFailure(failure -> refuse(response, failure));
        } catch (LedgerRefusal refusal) {
            refuse(response, refusal);
        }
    }

    private Future<Void> route(HttpServerRequest request, List<String> path) {
        HttpServerResponse response = request.response();
        if (path.equals(List.of("reads")) && request.method().equals(HttpMethod.POST)) {
            return notice(request);
        }
        if (!request.method().equals(HttpMethod.GET)) {
            throw new LedgerRefusal(405, "read_only", "the ledger is read only here (expected: GET)");
        }
        Reader reader = Reader.of(request, desk.keys());
        String second = path.size() > 1 ? path.get(1) : "";
        if (!path.getFirst().equals("requests")) {
            reader.requireOperator();
        }
        if (path.equals(List.of("logs"))) {
            return send(response, shortReads.serve(files::logs));
        }
        if (path.getFirst().equals("logs") && path.size() > 2) {
            String name = String.join("/", path.subList(2, path.size()));
            return send(response, shortReads.serve(() -> files.file(reader, second, name)));
        }
        if (path.equals(List.of("events"))) {
            return queries.serve(() -> events(request, reader));
        }
        if (path.getFirst().equals("requests") && path.size() == 2) {
            boolean asText = "text".equals(format(request.params()));
            return send(response, shortReads.serve(() -> requests.story(reader, second, asText)));
        }
        if (path.getFirst().equals("requests")
                && path.size() <= 4
                && path.size() > 2
                && path.get(2).equals("proof")) {
            String file = path.size() == 4 ? path.get(3) : "";
            return send(response, shortReads.serve(() -> requests.proof(reader, second, file)));
        }
        throw LedgerRefusal.notFound("no such page of the ledger; docs/audit-http.md lists them");
    }

    private static String format(MultiMap parameters) {
        String format = parameters.get("format");
        if (parameters.size() > 1 || (format != null && !List.of("json", "text").contains(format))) {
            throw LedgerRefusal.badRequest("format: not known (expected: json or text, and no other parameter)");
        }
        return String.valueOf(format);
    }

    private Future<Void> events(HttpServerRequest request, Reader reader) {
        Ask ask = Ask.of(request.params(), Instant.now());
        var answer = new EventAnswer(queries, journal, reader, ask, request.response());
        return queries.read(() -> open(ask))
                .compose(portions -> answer.send(portions)
                        .eventually(() -> queries.read(() -> {
                            portions.close();
                            return null;
                        })));
    }

    private EventPortions open(Ask ask) throws IOException {
        try {
            return EventPortions.open(desk.data(), ask.query(), ask.format(), EventAnswer.PORTION);
        } catch (LedgerException e) {
            throw LedgerRefusal.notFound("this process keeps no ledger");
        }
    }

    private Future<Void> notice(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        if (length == null || !length.matches("[0-9]{1,4}") || Integer.parseInt(length) > ReadNotice.MOST_BYTES) {
            throw LedgerRefusal.badRequest(
                    "content-length: missing or too large (expected: at most " + ReadNotice.MOST_BYTES + " bytes)");
        }
        String address = request.remoteAddress().hostAddress();
        return request.body()
                .compose(body -> shortReads.read(() -> ReadNotice.parse(body, String.valueOf(address), desk.data())))
                .compose(read -> journal.record(read).map(_ -> journal.wanted(read)))
                .compose(recorded -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(new JsonObject().put("recorded", recorded).encode()));
    }

    private static Future<Void> send(HttpServerResponse response, Future<Found> found) {
        return found.map(answer -> {
            answer.send(response);
            return null;
        });
    }

    private static void refuse(HttpServerResponse response, Throwable failure) {
        if (response.closed()) {
            return; // the client went away
        }
        if (response.headWritten()) {
            LOG.warn("A read of the ledger broke off: {}", failure.toString());
            response.reset();
            return;
        }
        if (failure instanceof LedgerRefusal refusal) {
            refusal.send(response);
            return;
        }
        LOG.warn("A read of the ledger failed: {}", failure.toString());
        new LedgerRefusal(503, "unreadable", "the ledger could not be read; the log of this process says why")
                .send(response);
    }
}
