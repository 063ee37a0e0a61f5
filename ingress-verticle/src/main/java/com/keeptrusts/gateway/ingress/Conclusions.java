package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Usage;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is owed to the ledger and the meters: one accepted entry and one outcome for each journey, whatever its end. */
final class Conclusions {

    private static final Logger LOG = LoggerFactory.getLogger(Conclusions.class);

    private final AuditTrail trail;
    private final JourneyEntries entries;
    private final IngressMetrics metrics;
    private final IngressStatus status;

    Conclusions(AuditTrail trail, JourneyEntries entries, IngressMetrics metrics, IngressStatus status) {
        this.trail = trail;
        this.entries = entries;
        this.metrics = metrics;
        this.status = status;
    }

    /** Records that the request was taken on; completes when it may go to a provider. */
    Future<Void> accept(Journey journey) {
        AuditSettings audit = journey.config().audit();
        if (!audit.enabled() || !audit.logAllAccess()) {
            return Future.succeededFuture();
        }
        journey.writesAccepted();
        Future<Void> written = trail.append(journey.id(), List.of(entries.accepted(journey)), audit);
        return audit.durability().beforeDispatch() ? written : unawaited(journey, written);
    }

    /** Records the end, once; completes when the last of the answer may leave. Fails for whoever comes second. */
    Future<Void> conclude(Journey journey, Outcome outcome) {
        if (!journey.concludes()) {
            return Future.failedFuture(new Gone());
        }
        measure(journey, outcome);
        AuditSettings audit = journey.config().audit();
        if (!audit.enabled() || (!audit.logAllAccess() && plain(journey, outcome))) {
            return Future.succeededFuture();
        }
        AuditEntry last = entries.outcome(journey, outcome);
        List<AuditEntry> owed = journey.acceptedWritten() ? List.of(last) : List.of(entries.accepted(journey), last);
        Future<Void> written = trail.append(journey.id(), owed, audit);
        return audit.durability().beforeAnswer() ? written : unawaited(journey, written);
    }

    private static Future<Void> unawaited(Journey journey, Future<Void> written) {
        written.onFailure(_ -> LOG.error("{}: an audit entry was not recorded", journey.id()));
        return Future.succeededFuture();
    }

    private static boolean plain(Journey journey, Outcome outcome) {
        return outcome.plainSuccess()
                && journey.attempts().size() <= 1
                && journey.reviews().stream().allMatch(review -> review.word().equals("allow"));
    }

    private void measure(Journey journey, Outcome outcome) {
        status.requestDone();
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
