package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.provider.settings.BreakerSettings;
import com.keeptrusts.gateway.provider.settings.Candidate;
import com.keeptrusts.gateway.provider.sse.Measured;
import com.keeptrusts.gateway.provider.target.TargetState;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import org.jspecify.annotations.Nullable;

/** Notes what becomes of one upstream call wherever that matters: for the audit, the meters and the target's state. */
final class AttemptAccount {

    private final AttemptLog log;
    private final ProviderMetrics metrics;
    private final TargetState state;
    private final BreakerSettings breaker;
    private final String target;
    private boolean over;

    private AttemptAccount(Workshop shop, AttemptLog log, BreakerSettings breaker, String target) {
        this.log = log;
        this.metrics = shop.metrics();
        this.state = shop.board().state(target);
        this.breaker = breaker;
        this.target = target;
    }

    static AttemptAccount open(Workshop shop, AttemptLog log, BreakerSettings breaker, Candidate candidate, int retry) {
        var account = new AttemptAccount(shop, log, breaker, candidate.target().id());
        account.metrics.watch(account.target);
        account.state.called();
        log.begin(candidate, retry);
        return account;
    }

    /** The answer has begun; answers how long that took from the call being taken up. */
    long began() {
        long micros = log.firstByte();
        state.began(log.firstByteMicros());
        metrics.began(target, log.firstByteMicros());
        return micros;
    }

    void succeeded(Measured measured, int status) {
        state.answered(breaker);
        metrics.used(target, measured.usage());
        metrics.took(target, measured.times());
        end(null, status);
    }

    void failed(AttemptFailure failure) {
        state.failed(breaker, failure.unhealthy());
        if (failure.status() == 429) {
            state.cool(failure.failure().retryAfterMillis(), failure.queueFull());
        }
        end(failure.cause(), failure.status());
    }

    /** The call ended for a reason that is not the target's; nothing when it is over already. */
    void gaveUp(String cause) {
        end(cause, 0);
    }

    void retried(AttemptFailure failure) {
        metrics.retried(target, failure.cause());
    }

    void fellBack(AttemptFailure failure) {
        metrics.fellBack(target, failure.cause());
    }

    private void end(@Nullable String cause, int status) {
        if (!over) {
            over = true;
            metrics.called(target, cause == null ? "ok" : cause, log.end(cause, status));
        }
    }
}
