package com.keeptrusts.gateway.provider.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private final ClockedNanos clock = new ClockedNanos();
    private final RetryBudget budget = new RetryBudget(clock);

    @Test
    void threeRetriesAreAlwaysThere() {
        assertThat(taken(10)).isEqualTo(3);
    }

    @Test
    void ofManyCallsAFifthMayBeRetried() {
        call(100);

        assertThat(taken(100)).isEqualTo(20);
    }

    @Test
    void whatIsTenSecondsAgoDoesNotCount() {
        call(100);
        taken(100);

        clock.pass(Duration.ofSeconds(9));
        assertThat(taken(10)).isZero();
        clock.pass(Duration.ofSeconds(1));
        assertThat(taken(10)).isEqualTo(3);
    }

    private void call(int times) {
        for (int i = 0; i < times; i++) {
            budget.called();
        }
    }

    private int taken(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.take() ? 1 : 0;
        }
        return taken;
    }
}
