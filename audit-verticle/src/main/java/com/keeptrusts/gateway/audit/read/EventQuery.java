package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted. Null and 0 ask for nothing in particular.
 *
 * @param since from this moment on
 * @param until before this moment
 * @param verdict as in {@link EventView#verdict}
 * @param policy kind of a policy that judged
 * @param limit how many at most; reading forward the first ones, {@code tail} gives the last
 */
public record EventQuery(
        @Nullable String requestId,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String verdict,
        @Nullable String policy,
        int limit) {

    public static final EventQuery ALL = new EventQuery(null, null, null, null, null, 0);

    public static EventQuery ofRequest(String requestId) {
        return new EventQuery(requestId, null, null, null, null, 0);
    }

    public EventQuery withLimit(int other) {
        return new EventQuery(requestId, since, until, verdict, policy, other);
    }

    boolean matches(LedgerEntry entry) {
        return (requestId == null || requestId.equals(entry.head().requestId()))
                && (since == null || !entry.time().isBefore(since))
                && (until == null || entry.time().isBefore(until))
                && ((verdict == null && policy == null) || (mayMatch(entry) && matches(EventView.of(entry))));
    }

    /** Leaves are canonical JSON, so a verdict stands in them in one way only: most need not be parsed. */
    private boolean mayMatch(LedgerEntry entry) {
        String text = new String(entry.leaf().array(), StandardCharsets.ISO_8859_1);
        return (verdict == null || text.contains("\"verdict\":\"" + verdict + '"'))
                && (policy == null || text.contains("\"kind\":\"" + policy + '"'));
    }

    private boolean matches(EventView view) {
        return (verdict == null || verdict.equals(view.verdict())) && (policy == null || view.names(policy));
    }
}
