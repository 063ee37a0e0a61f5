package com.keeptrusts.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private final AtomicLong clock = new AtomicLong();
    private final Workload load = new Workload("w", clock::get);

    @Test
    void theBusyShareIsThatOfTheLastMeasuredTime() {
        works(300);
        pass(700);
        load.measure();
        assertThat(load.busyShare()).isEqualTo(0.3);

        pass(1_000);
        load.measure();
        assertThat(load.busyShare()).isZero();
    }

    @Test
    void twoThingsInHandAtATimeAreNoMoreThanBusy() {
        load.begins();
        load.begins();
        pass(500);
        load.ends();
        pass(250);
        load.ends();
        pass(250);
        load.measure();

        assertThat(load.busyShare()).isEqualTo(0.75);
    }

    @Test
    void aLongReviewCountsWhileItLasts() {
        pass(500);
        load.begins();
        pass(500);
        load.measure();
        assertThat(load.busyShare()).isEqualTo(0.5);

        pass(1_000);
        load.measure();
        assertThat(load.busyShare()).isEqualTo(1);

        load.ends();
        pass(1_000);
        load.measure();
        assertThat(load.busyShare()).isZero();
    }

    @Test
    void measuringTwiceAtATimeChangesNothing() {
        works(1_000);
        load.measure();

        load.measure();

        assertThat(load.busyShare()).isEqualTo(1);
    }

    @Test
    void theLatencyIsThatOfTheLastTenSeconds() {
        for (int i = 1; i <= 200; i++) {
            load.answered(Duration.ofMillis(i).toNanos());
        }
        pass(1_000);
        load.measure();
        assertThat(load.p99Micros()).isEqualTo(198_000);

        pass(9_500);
        load.answered(Duration.ofMillis(3).toNanos());
        load.measure();
        assertThat(load.p99Micros()).isEqualTo(3_000);

        pass(11_000);
        load.measure();
        assertThat(load.p99Micros()).isZero();
    }

    private void works(long millis) {
        load.begins();
        pass(millis);
        load.ends();
    }

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
