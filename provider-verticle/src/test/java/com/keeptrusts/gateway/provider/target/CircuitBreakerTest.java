package com.keeptrusts.gateway.provider.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.provider.settings.BreakerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P19")
class CircuitBreakerTest {

    private static final BreakerSettings SETTINGS = new BreakerSettings(3, 30, 2);

    private final ClockedNanos clock = new ClockedNanos();
    private final CircuitBreaker breaker = new CircuitBreaker(clock);

    @Test
    void failuresInARowOpenItAndASuccessBetweenThemDoesNot() {
        fail(2);
        breaker.succeeded(SETTINGS);
        fail(2);
        assertThat(breaker.admits(SETTINGS, false)).isTrue();

        fail(1);

        assertThat(breaker.admits(SETTINGS, false)).isFalse();
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void afterTheCooldownProbesGoThroughOneASecond() {
        fail(3);
        clock.pass(Duration.ofMillis(29_999));
        assertThat(breaker.admits(SETTINGS, false)).isFalse();
        clock.pass(Duration.ofMillis(1));

        assertThat(breaker.admits(SETTINGS, false)).isTrue();
        assertThat(breaker.admits(SETTINGS, false)).isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(breaker.admits(SETTINGS, false)).isTrue();
    }

    @Test
    void enoughGoodProbesCloseIt() {
        halfOpen();
        breaker.succeeded(SETTINGS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);

        breaker.succeeded(SETTINGS);

        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(breaker.admits(SETTINGS, false)).isTrue();
        assertThat(breaker.admits(SETTINGS, false)).isTrue();
    }

    @Test
    void aBadProbeOpensItForAnotherCooldown() {
        halfOpen();

        fail(1);

        assertThat(breaker.admits(SETTINGS, false)).isFalse();
        clock.pass(Duration.ofSeconds(30));
        assertThat(breaker.admits(SETTINGS, false)).isTrue();
    }

    @Test
    void aTargetThatIsAloneIsProbedSooner() {
        fail(3);
        clock.pass(Duration.ofSeconds(5));

        assertThat(breaker.admits(SETTINGS, false)).isFalse();
        assertThat(breaker.admits(SETTINGS, true)).isTrue();
    }

    private void halfOpen() {
        fail(3);
        clock.pass(Duration.ofSeconds(30));
        assertThat(breaker.admits(SETTINGS, false)).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(SETTINGS);
        }
    }
}
