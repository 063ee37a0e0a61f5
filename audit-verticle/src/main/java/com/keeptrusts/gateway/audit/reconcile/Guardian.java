package com.keeptrusts.gateway.audit.reconcile;

import com.keeptrusts.gateway.audit.ledger.OpenRequests;
import com.keeptrusts.gateway.audit.ledger.OwnEntries;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.audit.witness.PeerWriters;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.OpenRequestsHeard;
import com.keeptrusts.gateway.contract.OpenRequestsTold;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what a writer that is gone left open: once it is silent, and a request's deadline and thirty seconds have
 * passed, one of the living writers writes {@code request.orphaned} into its own log. Which one, the request's id
 * decides, on each alike; when they disagree, because they do not hear the same, two write it, which readers take as one.
 * Confined to one event loop.
 */
public final class Guardian {

    private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);
    private static final int MOST_WARDS = 64;
    private static final int MOST_AT_ONCE = 1_000;

    /** So long after it was due a request is still another's to record, should that one be gone as well. */
    private static final Duration INHERITABLE = Duration.ofMinutes(2);

    private final String self;
    private final OpenRequests own;
    private final OwnEntries entries;
    private final PeerWriters peers;
    private final Clock clock;
    private final Function<List<AuditEntry>, Future<Void>> append;
    private final Others others;
    private final Map<String, Ward> wards = new HashMap<>();
    private final Set<String> writing = new HashSet<>();

    /** What the other writers know. */
    @FunctionalInterface
    public interface Others {

        /** Which of the requests that a writer had open have ended in a log of theirs. Never fails. */
        Future<List<String>> endedOf(String writer);
    }

    /**
     * Guards what others have open, for the writer {@code self}.
     *
     * @param own knows which requests have ended in its log
     * @param append makes entries of its log durable
     */
    public Guardian(
            String self,
            OpenRequests own,
            OwnEntries entries,
            PeerWriters peers,
            Clock clock,
            Function<List<AuditEntry>, Future<Void>> append,
            Others others) {
        this.self = self;
        this.own = own;
        this.entries = entries;
        this.peers = peers;
        this.clock = clock;
        this.append = append;
        this.others = others;
    }

    public OpenRequestsHeard hear(OpenRequestsTold told) {
        Ward ward = wards.get(told.writer());
        if (ward == null) {
            wards.values().removeIf(Ward::isEmpty);
            if (wards.size() >= MOST_WARDS) {
                return new OpenRequestsHeard(0, List.of());
            }
            ward = new Ward();
            wards.put(told.writer(), ward);
        }
        return ward.hear(told, own::endedHere);
    }

    /** Which of the requests that a writer had open have ended here. */
    public List<String> endedOf(String writer) {
        Ward ward = wards.get(writer);
        return ward == null ? List.of() : ward.ended(own::endedHere);
    }

    /** To be called each second; completes when what it found is durable. Never fails. */
    public Future<Void> tick() {
        Instant now = clock.instant();
        List<Future<Void>> recorded = new ArrayList<>();
        wards.forEach((writer, ward) -> {
            List<OpenRequests.Open> left = peers.isLive(writer) ? List.of() : mine(ward, now);
            if (!left.isEmpty() && writing.add(writer)) {
                recorded.add(record(writer, ward, left).onComplete(_ -> writing.remove(writer)));
            }
        });
        return Future.join(recorded).transform(_ -> Future.succeededFuture());
    }

    /** Those that are overdue and this writer's to record; the others' are forgotten after a while. */
    private List<OpenRequests.Open> mine(Ward ward, Instant now) {
        List<OpenRequests.Open> mine = new ArrayList<>();
        for (OpenRequests.Open request : ward.overdue(now)) {
            if (own.endedHere(request.requestId())) {
                ward.ends(request.requestId());
            } else if (isMine(request.requestId())) {
                mine.add(request);
            } else if (request.due().plus(INHERITABLE).isBefore(now)) {
                ward.forget(request.requestId());
            }
        }
        return mine.subList(0, Math.min(mine.size(), MOST_AT_ONCE));
    }

    /** First asks the others, for the outcome may have gone to one of them. */
    private Future<Void> record(String writer, Ward ward, List<OpenRequests.Open> left) {
        return others.endedOf(writer).compose(ended -> {
            Set<String> elsewhere = Set.copyOf(ended);
            List<OpenRequests.Open> orphaned = left.stream()
                    .filter(request -> !elsewhere.contains(request.requestId()))
                    .toList();
            return write(orphaned).onSuccess(_ -> left.forEach(request -> ward.ends(request.requestId())));
        });
    }

    private Future<Void> write(List<OpenRequests.Open> orphaned) {
        if (orphaned.isEmpty()) {
            return Future.succeededFuture();
        }
        return append.apply(orphaned.stream().map(entries::orphaned).toList())
                .onSuccess(
                        _ -> LOG.warn("{} requests of a writer that is gone ended without an outcome", orphaned.size()))
                .onFailure(e -> LOG.warn("requests of a writer that is gone were not recorded: {}", e.getMessage()));
    }

    /** Rendezvous hashing among the living. */
    private boolean isMine(String requestId) {
        return Stream.concat(Stream.of(self), peers.live().stream())
                .max(Comparator.comparingLong(writer -> weight(requestId, writer)))
                .map(self::equals)
                .orElse(true);
    }

    private static long weight(String requestId, String writer) {
        byte[] both = (requestId + " " + writer).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(TreeHash.sha256().digest(both)).getLong();
    }
}
