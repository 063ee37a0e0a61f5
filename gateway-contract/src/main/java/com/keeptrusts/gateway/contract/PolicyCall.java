package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * Asks for the verdict of one or more consecutive policies on the texts of a request or of a whole answer. The worker
 * asked reviews the first step and passes the edited texts on to its own node's workers for the others, in order, up to
 * the first verdict that stops.
 */
public record PolicyCall(String requestId, Deadline deadline, Phase phase, List<PolicyStep> steps, List<TextPart> texts)
        implements Timed {

    public PolicyCall {
        steps = List.copyOf(steps);
        texts = List.copyOf(texts);
    }
}
