package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.ingress.AuditSettings.OnUnavailable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is owed to the ledger and the meters: one accepted entry and one outcome for each journey, whatever its end. */
final class Conclusions implements Heartbeat.Beat {

    private static final Logger LOG = LoggerFactory.getLogger(Conclusions.class);
    private static final Map<String, Object> LOST = Map.of("lost", true);
    private static final long TALLY_NANOS = 60_000_000_000L;

    private final AuditTrail trail;
    private final JourneyEntries entries;
    private final Attribution attribution;
    private final IngressMetrics metrics;
    private final IngressOptions options;
    private final Tally tally = new Tally();
    private long lastTallyNanos = System.nanoTime();

    Conclusions(
            AuditTrail trail,
            JourneyEntries entries,
            Attribution attribution,
            IngressMetrics metrics,
            IngressOptions options) {
        this.trail = trail;
        this.entries = entries;
        this.attribution = attribution;
        this.metrics = metrics;
        this.options = options;
    }

    /** Records that the request was taken on; completes when it may go to a provider. */
    Future<Void> accept(Journey journey) {
        AuditSettings audit = journey.config().audit();
        if (!audit.enabled() || !audit.logAllAccess()) {
            return Future.succeededFuture();
        }
        AuditEntry entry = entries.accepted(journey);
        journey.writesAccepted(entry);
        Future<Void> written =
                trail.append(journey.id(), List.of(entry), audit).onSuccess(_ -> journey.acceptanceIsDurable());
        return audit.durability().beforeDispatch() ? written : unawaited(journey.id(), written);
    }

    /** Records the end, once; completes when the last of the answer may leave. Fails for whoever comes second. */
    Future<Void> conclude(Journey journey, Outcome outcome) {
        if (!journey.concludes()) {
            return Future.failedFuture(new Gone());
        }
        measure(journey, outcome);
        AuditSettings audit = journey.config().audit();
        if (!audit.enabled() || !recordsSingly(journey, outcome)) {
            return Future.succeededFuture();
        }
        Future<Void> written = write(journey, outcome);
        return audit.durability().beforeAnswer() ? written : unawaited(journey.id(), written);
    }

    /** The texts first, so that no entry refers to what is not on the disk; without them the entry says so. */
    private Future<Void> write(Journey journey, Outcome outcome) {
        return attribution.keep(journey).transform(kept -> {
            Future<Void> written = append(journey, outcome, kept.succeeded() ? kept.result() : LOST);
            boolean enough = kept.succeeded() || journey.config().audit().onUnavailable() == OnUnavailable.FAIL_OPEN;
            return enough ? written : written.compose(_ -> unkept(journey, kept.cause()));
        });
    }

    private Future<Void> append(Journey journey, Outcome outcome, Map<String, Object> content) {
        try {
            AuditEntry first = journey.acceptedWritten() ? journey.acceptanceUnderWay() : entries.accepted(journey);
            AuditEntry last = entries.outcome(journey, outcome, content);
            List<AuditEntry> owed = first == null ? List.of(last) : List.of(first, last);
            return trail.append(journey.id(), owed, journey.config().audit());
        } catch (RuntimeException e) { // whoever waits for the end of this journey must hear of it
            return Future.failedFuture(e);
        }
    }

    private static Future<Void> unkept(Journey journey, Throwable cause) {
        LOG.error("{}: its texts were not kept: {}", journey.id(), cause.toString());
        return Future.failedFuture(Refused.of(ErrorCode.AUDIT_UNAVAILABLE, "The texts could not be kept."));
    }

    /** Records a refusal for which no journey began; nobody waits for it. */
    void refused(String requestId, HttpServerRequest http, Outcome outcome) {
        AuditSettings audit = options.current().get().audit();
        if (!audit.enabled()) {
            return;
        }
        if (tally.recordsRefusal()) {
            unawaited(requestId, trail.append(requestId, entries.refusal(requestId, http, outcome), audit));
        } else {
            tally.count("refusal", "", String.valueOf(outcome.code()));
        }
    }

    @Override
    public void beat(long nowNanos) {
        if (nowNanos - lastTallyNanos > TALLY_NANOS) {
            lastTallyNanos = nowNanos;
            tellTally();
        }
    }

    /** Records what was only counted so far. */
    Future<Void> tellTally() {
        AuditSettings audit = options.current().get().audit();
        if (tally.isEmpty() || !audit.enabled()) {
            return Future.succeededFuture();
        }
        Instant from = tally.from();
        AuditEntry entry = entries.counter(tally.take(), from);
        return unawaited(entry.id(), trail.append(entry.id(), List.of(entry), audit));
    }

    private boolean recordsSingly(Journey journey, Outcome outcome) {
        Caller caller = journey.caller();
        String key = caller == null || caller.key() == null ? "" : caller.key().name();
        if (outcome.endedBy() == EndedBy.GATEWAY && !journey.acceptedWritten()) {
            boolean singly = tally.recordsRefusal();
            if (!singly) {
                tally.count("refusal", key, String.valueOf(outcome.code()));
            }
            return singly;
        }
        if (journey.config().audit().logAllAccess() || !plain(journey, outcome)) {
            return true;
        }
        var started = journey.started();
        tally.count("success", key, started == null ? "" : started.servedModel());
        return false;
    }

    private static Future<Void> unawaited(String id, Future<Void> written) {
        written.onFailure(_ -> LOG.error("{}: an audit entry was not recorded", id));
        return Future.succeededFuture();
    }

    private static boolean plain(Journey journey, Outcome outcome) {
        return outcome.plainSuccess()
                && journey.attempts().size() <= 1
                && journey.reviews().stream().allMatch(review -> review.word().equals("allow"));
    }

    private void measure(Journey journey, Outcome outcome) {
        options.status().requestDone();
        metrics.request(
                Routes.label(journey.endpoint()),
                outcome.status(),
                Reply.verdict(journey.reviews()),
                journey.elapsedMicros());
        metrics.firstByte(journey.firstByteMicros());
        if (outcome.endedBy() == EndedBy.CLIENT) {
            metrics.clientLeft();
        }
        Usage usage = journey.usage();
        if (usage != null) {
            metrics.tokens(usage);
        }
    }
}
