package com.keeptrusts.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private final AtomicLong wallMillis = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final ClockWatch watch = new ClockWatch(
            new Clock() {
                @Override
                public Instant instant() {
                    return Instant.ofEpochMilli(wallMillis.get());
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            },
            nanos::get);

    @Test
    void timeThatPassesIsNoStepHoweverLong() {
        pass(Duration.ofHours(3));

        assertThat(watch.step()).isZero();
    }

    @Test
    void aDriftIsNoStep() {
        pass(Duration.ofSeconds(10));
        wallMillis.addAndGet(900);

        assertThat(watch.step()).isZero();
    }

    @Test
    void aClockThatIsSetIsNoticedOnce() {
        pass(Duration.ofSeconds(10));
        wallMillis.addAndGet(Duration.ofDays(400).toMillis());
        assertThat(watch.step()).isEqualTo(Duration.ofDays(400));

        pass(Duration.ofSeconds(10));
        assertThat(watch.step()).isZero();

        wallMillis.addAndGet(-1_500);
        assertThat(watch.step()).isEqualTo(Duration.ofMillis(-1_500));
    }

    private void pass(Duration time) {
        wallMillis.addAndGet(time.toMillis());
        nanos.addAndGet(time.toNanos());
    }
}
