package com.keeptrusts.gateway.simulator.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Admits requests by quota: reserves the prompt and all that may be said, and refunds what was not. Thread-safe. */
public final class RateModel {

    private final InstantSource clock;
    private final Map<String, Quotas> quotas = new HashMap<>();

    public RateModel(InstantSource clock) {
        this.clock = clock;
    }

    private record Quotas(Quota requestsMinute, Quota requestsDay, Quota tokensMinute, Quota allTokensMinute) {

        Quotas() {
            this(
                    new Quota(Duration.ofMinutes(1)),
                    new Quota(Duration.ofDays(1)),
                    new Quota(Duration.ofMinutes(1)),
                    new Quota(Duration.ofMinutes(1)));
        }
    }

    /** A quota that is used up: {@code Requests} or {@code Tokens}, per {@code minute} or {@code day}. */
    public record Exceeded(String what, String period) {}

    /** What stands in the headers; resets are in seconds. */
    public record Standing(
            long requestsLimit,
            long requestsRemaining,
            double requestsReset,
            long tokensLimit,
            long tokensRemaining,
            double tokensReset) {}

    /** The answer to one request; a refused one has reserved nothing. */
    public record Admission(Optional<Exceeded> exceeded, Standing standing, String holder, long reserved, Instant at) {}

    /** {@code mostTokens} below 0 means that the request set no limit, and the usual reserve is taken. */
    public synchronized Admission admit(String key, String model, long promptTokens, long mostTokens, Limits limits) {
        String holder = key + '\n' + model;
        Quotas held = quotas.computeIfAbsent(holder, _ -> new Quotas());
        Instant now = clock.instant();
        long wanted = promptTokens + (mostTokens < 0 ? limits.reserve() : mostTokens);
        Optional<Exceeded> exceeded = limits.enforced() ? exceeded(held, limits, wanted, now) : Optional.empty();
        long reserved = exceeded.isPresent() ? 0 : wanted;
        if (exceeded.isEmpty()) {
            held.requestsMinute.take(1, now);
            held.requestsDay.take(1, now);
            held.tokensMinute.take(wanted, now);
            held.allTokensMinute.take(wanted, now);
        }
        return new Admission(exceeded, standing(held, limits, now), holder, reserved, now);
    }

    private static Optional<Exceeded> exceeded(Quotas held, Limits limits, long wanted, Instant now) {
        if (held.requestsDay.with(1, now) > limits.requestsPerDay()) {
            return Optional.of(new Exceeded("Requests", "day"));
        }
        if (held.requestsMinute.with(1, now) > limits.requestsPerMinute()) {
            return Optional.of(new Exceeded("Requests", "minute"));
        }
        boolean tokensGone = held.tokensMinute.with(wanted, now) > limits.tokensPerMinute()
                || held.allTokensMinute.with(wanted, now) > limits.allTokensPerMinute();
        return tokensGone ? Optional.of(new Exceeded("Tokens", "minute")) : Optional.empty();
    }

    private static Standing standing(Quotas held, Limits limits, Instant now) {
        return new Standing(
                limits.requestsPerDay(),
                Math.max(0, limits.requestsPerDay() - held.requestsDay.with(0, now)),
                held.requestsDay.secondsToReset(now),
                limits.tokensPerMinute(),
                Math.max(0, limits.tokensPerMinute() - held.tokensMinute.with(0, now)),
                held.tokensMinute.secondsToReset(now));
    }

    /** Gives back what an admitted request had reserved beyond the tokens that it used. */
    public synchronized void settle(Admission admission, long used) {
        Quotas held = quotas.get(admission.holder());
        if (held != null && admission.reserved() > used) {
            Instant now = clock.instant();
            held.tokensMinute.refund(admission.reserved() - used, admission.at(), now);
            held.allTokensMinute.refund(admission.reserved() - used, admission.at(), now);
        }
    }

    public synchronized void reset() {
        quotas.clear();
    }
}
