package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.provider.settings.Candidate;
import com.keeptrusts.gateway.provider.settings.ProvidersSettings;
import com.keeptrusts.gateway.provider.target.TargetBoard;
import com.keeptrusts.gateway.provider.target.TargetState;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which target one call tries next: retries of the same, then the next in order, as far as the settings allow. */
final class Selection {

    /** What to do now. */
    sealed interface Next {

        record Call(Candidate candidate, String secret, int retry) implements Next {}

        record Wait(long millis) implements Next {}

        record GiveUp(Failure failure) implements Next {}
    }

    private static final long SHORTEST_BACKOFF_MILLIS = 50;
    private static final long LONGEST_HINT_MILLIS = 2_000;

    private final ProvidersSettings settings;
    private final List<Candidate> order;
    private final Secrets secrets;
    private final TargetBoard board;
    private final AttemptLog log;
    private final List<String> missing = new ArrayList<>();

    private int position;
    private int retries;
    private int retriesOfThis;
    private int fallbacks;
    private boolean leftAlone;
    private @Nullable AttemptFailure last;

    Selection(ProvidersSettings settings, List<Candidate> order, Secrets secrets, TargetBoard board, AttemptLog log) {
        this.settings = settings;
        this.order = order;
        this.secrets = secrets;
        this.board = board;
        this.log = log;
    }

    ProvidersSettings settings() {
        return settings;
    }

    /** Whether no target has been called yet. */
    boolean isFirst() {
        return last == null;
    }

    /** Whether the request was meant for another provider than that of the candidate. */
    boolean crosses(Candidate candidate) {
        return !candidate.target().provider().equals(order.get(0).target().provider());
    }

    /** The target to call, the same as before unless it was passed over. */
    Next next() {
        while (position < order.size()) {
            Candidate candidate = order.get(position);
            Optional<String> secret = secrets.of(candidate.target());
            if (secret.isEmpty()) {
                missing.add(candidate.target().secretVariable() + " (target "
                        + candidate.target().id() + ")");
                pass("no_key");
            } else if (!state(candidate).admits(settings.breaker(), !anyHealthy())) {
                leftAlone = true;
                pass("breaker_open");
            } else {
                return new Next.Call(candidate, secret.get(), retriesOfThis);
            }
        }
        return new Next.GiveUp(exhausted());
    }

    /** Goes on to the next target without having called this one. */
    void pass(String cause) {
        log.skipped(order.get(position), cause);
        advance();
    }

    /** What to do after the target failed. */
    Next after(AttemptFailure failure) {
        last = failure;
        if (failure.trigger() == null) {
            return new Next.GiveUp(exhausted());
        }
        boolean mayFallBack = settings.fallback().triggers().contains(failure.trigger())
                && fallbacks < settings.fallback().maxAttempts()
                && othersLeft();
        Long delay = retryDelay(failure, mayFallBack);
        if (delay != null
                && retries < settings.maxRetries()
                && state(order.get(position)).takeRetry()) {
            retries++;
            retriesOfThis++;
            return new Next.Wait(delay);
        }
        if (!mayFallBack) {
            return new Next.GiveUp(exhausted());
        }
        fallbacks++;
        advance();
        return next();
    }

    /** How long to wait before the same target is tried again; null when it should not be. */
    private @Nullable Long retryDelay(AttemptFailure failure, boolean mayFallBack) {
        Long hint = failure.failure().retryAfterMillis();
        boolean asksForRest = failure.status() == 429 || hint != null;
        if (!failure.retry() || (asksForRest && mayFallBack) || (hint != null && hint > LONGEST_HINT_MILLIS)) {
            return null;
        }
        long backoff = SHORTEST_BACKOFF_MILLIS << Math.min(retries, 6);
        long jittered = backoff + ThreadLocalRandom.current().nextLong(2 * backoff);
        return hint == null ? jittered : hint + jittered / 2;
    }

    private Failure exhausted() {
        if (last != null) {
            return spent(last.failure());
        }
        if (leftAlone) {
            return Failure.of(ErrorCode.UPSTREAM_ERROR, "the target fails and is left alone for a while");
        }
        return Failure.of(ErrorCode.NO_TARGET_AVAILABLE, "no target is available: set " + String.join(" or ", missing));
    }

    private Failure spent(Failure failure) {
        return new Failure(
                failure.code(),
                failure.message(),
                failure.param(),
                failure.upstreamCode(),
                failure.upstreamStatus(),
                failure.retryAfterMillis(),
                log.retried());
    }

    private void advance() {
        position++;
        retriesOfThis = 0;
    }

    private boolean anyHealthy() {
        return order.stream()
                .anyMatch(candidate -> isUsable(candidate) && state(candidate).isHealthy());
    }

    private boolean othersLeft() {
        return order.stream().skip(position + 1L).anyMatch(this::isUsable);
    }

    private boolean isUsable(Candidate candidate) {
        return secrets.of(candidate.target()).isPresent();
    }

    private TargetState state(Candidate candidate) {
        return board.state(candidate.target().id());
    }
}
