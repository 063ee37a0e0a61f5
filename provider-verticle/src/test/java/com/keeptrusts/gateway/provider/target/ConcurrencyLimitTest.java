package com.keeptrusts.gateway.provider.target;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

    private final ClockedNanos clock = new ClockedNanos();
    private final List<String> granted = new ArrayList<>();

    @Test
    void callsBeyondTheLimitWaitInOrder() {
        var limit = new ConcurrencyLimit(1, clock);
        Permit first = acquire(limit, "first");
        Permit second = acquire(limit, "second");
        Permit third = acquire(limit, "third");
        assertThat(first.isHeld()).isTrue();
        assertThat(second.isHeld()).isFalse();

        first.release();
        assertThat(granted).containsExactly("second");
        assertThat(second.isHeld()).isTrue();

        second.release();
        assertThat(granted).containsExactly("second", "third");
        third.release();
        assertThat(limit.inFlight()).isZero();
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        var limit = new ConcurrencyLimit(2, clock);
        Permit first = acquire(limit, "first");
        acquire(limit, "second");

        first.release();
        first.release();

        assertThat(limit.inFlight()).isEqualTo(1);
    }

    @Test
    void whoGivesUpWaitingIsPassedOver() {
        var limit = new ConcurrencyLimit(1, clock);
        Permit first = acquire(limit, "first");
        Permit second = acquire(limit, "second");
        acquire(limit, "third");

        second.release();
        first.release();

        assertThat(granted).containsExactly("third");
    }

    @Test
    void theQueueIsBounded() {
        var limit = new ConcurrencyLimit(1, clock);
        for (int i = 0; i < 17; i++) {
            assertThat(limit.acquire(() -> {})).isNotNull();
        }

        assertThat(limit.acquire(() -> {})).isNull();
        assertThat(limit.waiting()).isEqualTo(16);
    }

    @Test
    void aFullQueueOfTheTargetHalvesTheLimitAndTimeRestoresIt() {
        var limit = new ConcurrencyLimit(8, clock);

        limit.shed();
        limit.shed();
        assertThat(limit.limit()).isEqualTo(4);
        clock.pass(Duration.ofSeconds(1));
        limit.shed();
        assertThat(limit.limit()).isEqualTo(2);

        clock.pass(Duration.ofSeconds(20));
        assertThat(limit.limit()).isEqualTo(4);
        clock.pass(Duration.ofSeconds(1_000));
        assertThat(limit.limit()).isEqualTo(8);
    }

    @Test
    void theLimitNeverFallsToNothing() {
        var limit = new ConcurrencyLimit(1, clock);

        limit.shed();

        assertThat(limit.limit()).isEqualTo(1);
    }

    private Permit acquire(ConcurrencyLimit limit, String name) {
        return requireNonNull(limit.acquire(() -> granted.add(name)));
    }
}
