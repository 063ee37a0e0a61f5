package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for one policy's verdict.
 *
 * @param verdict absent when nobody could be asked
 * @param fault why there is no judgement, a stable code; absent when there is one
 * @param degraded whether the request went on without one, as the fail mode wanted
 * @param retries how many more workers were asked
 * @param channels in which the texts stood that were reviewed; empty when there is no judgement
 */
record Review(
        Phase phase,
        PolicyStep step,
        @Nullable PolicyVerdict verdict,
        @Nullable String fault,
        boolean degraded,
        int retries,
        long micros,
        Set<Channel> channels) {

    Review {
        channels = Set.copyOf(channels);
    }

    private static final String FAILED = "failed";

    /** The word for the {@code x-keeptrusts-policies} header, metrics and the ledger. */
    String word() {
        if (fault != null || verdict == null) {
            return FAILED;
        }
        return switch (verdict.decision()) {
            case Decision.Allow _ -> "allow";
            case Decision.Redact _ -> "redact";
            case Decision.Block _ -> "block";
            case Decision.Escalate _ -> "escalate";
            case Decision.Failed _ -> FAILED;
        };
    }
}
