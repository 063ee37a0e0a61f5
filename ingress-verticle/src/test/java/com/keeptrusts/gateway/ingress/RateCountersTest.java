package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateCountersTest {

    private long now = 59_900; // just before the end of a window of a minute
    private final RateCounters counters = new RateCounters(() -> now);

    @Test
    void whatIsMoreThanTheLimitAloneNeverFitsHoweverNearTheNextWindowIs() {
        assertThat(counters.take("k", 6, 5, 60)).isEqualTo(RateCounters.NEVER);
        assertThat(counters.take("k", 5, 5, 60)).isZero();
    }

    @Test
    void whoIsToldToWaitFitsThen() {
        assertThat(counters.take("k", 5, 5, 60)).isZero();

        long wait = counters.take("k", 3, 5, 60);
        assertThat(wait).isBetween(1L, 120_000L);
        now += wait;

        assertThat(counters.take("k", 3, 5, 60)).isZero();
    }
}
