package com.keeptrusts.gateway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.limit.Limits;
import com.keeptrusts.gateway.simulator.limit.RateModel;
import com.keeptrusts.gateway.simulator.request.Options;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RateModelTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:30Z"));
    private final RateModel rates = new RateModel(() -> Objects.requireNonNull(now.get()));

    private static Limits limits(String name, int value) {
        return Limits.of(Options.of(Map.of(name, Integer.toString(value))));
    }

    @Test
    void requestsOfAMinuteRunOutAndComeBackWithTheNext() {
        Limits two = limits("rpm", 2);

        assertThat(rates.admit("k", "m", 1, 1, two).exceeded()).isEmpty();
        assertThat(rates.admit("k", "m", 1, 1, two).exceeded()).isEmpty();
        assertThat(rates.admit("k", "m", 1, 1, two).exceeded()).contains(new RateModel.Exceeded("Requests", "minute"));
        assertThat(rates.admit("other", "m", 1, 1, two).exceeded()).isEmpty();
        now.set(Instant.parse("2026-11-21T10:01:00Z"));
        assertThat(rates.admit("k", "m", 1, 1, two).exceeded()).isEmpty();
    }

    @Test
    void aRequestReservesAllItMaySayAndGetsBackWhatItDidNot() {
        Limits thousand = limits("tpm", 1000);

        var first = rates.admit("k", "m", 100, 800, thousand);
        assertThat(rates.admit("k", "m", 100, 800, thousand).exceeded())
                .contains(new RateModel.Exceeded("Tokens", "minute"));
        rates.settle(first, 150);

        assertThat(rates.admit("k", "m", 50, 800, thousand).exceeded()).isEmpty();
    }

    @Test
    void aRefundDoesNotReachTheNextMinute() {
        var first = rates.admit("k", "m", 100, 800, limits("tpm", 1000));
        now.set(Instant.parse("2026-11-21T10:01:00Z"));
        rates.admit("k", "m", 100, 800, limits("tpm", 1000));
        rates.settle(first, 0);

        assertThat(rates.admit("k", "m", 100, 100, limits("tpm", 1000)).exceeded())
                .isPresent();
    }

    @Test
    void resetsRunToTheEndOfTheWindow() {
        var standing = rates.admit("k", "m", 1, 1, Limits.of(Options.none())).standing();

        assertThat(standing.tokensReset()).isEqualTo(30);
        assertThat(standing.requestsReset()).isEqualTo(13 * 3600 + 59 * 60 + 30);
    }
}
