package com.keeptrusts.gateway.provider.upstream;

import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.provider.settings.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Why one upstream call did not succeed, and what that is good for.
 *
 * @param cause stable code, for the audit
 * @param failure what the client is told when nothing else helps
 * @param trigger under which another target may be tried; absent when none may
 * @param retry whether the same target may be tried again at once
 * @param unhealthy whether it counts against the target's breaker
 * @param status HTTP status of the target, or 0
 */
public record AttemptFailure(
        String cause, Failure failure, @Nullable Trigger trigger, boolean retry, boolean unhealthy, int status) {

    /** Whether the target sheds load, so that it should be asked for less at a time. */
    public boolean queueFull() {
        return "queue_exceeded".equals(failure.upstreamCode());
    }
}
