package com.keeptrusts.gateway.provider.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P1")
class RetryHintTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"2, 2000", "7200, 7200000", "0.5, 500", "0, 0"})
    void secondsAreRead(String value, long millis) {
        assertThat(hint(Map.of("retry-after", value))).isEqualTo(millis);
    }

    @Test
    void aDateIsTheTimeUntilThen() {
        assertThat(hint(Map.of("retry-after", "Sat, 21 Nov 2026 10:00:30 GMT"))).isEqualTo(30_000);
        assertThat(hint(Map.of("retry-after", "Sat, 21 Nov 2026 09:59:30 GMT"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "", "1e9", "99999999999999999999"})
    void nonsenseIsNoHint(String value) {
        assertThat(hint(Map.of("retry-after", value))).isNull();
    }

    @Test
    void millisecondsWinOverSeconds() {
        assertThat(hint(Map.of("retry-after-ms", "120", "retry-after", "2"))).isEqualTo(120);
    }

    @Test
    void theBucketThatIsEmptySaysWhenItIsFullAgain() {
        assertThat(hint(Map.of(
                        "x-ratelimit-remaining-requests-day", "0",
                        "x-ratelimit-reset-requests-day", "3600.25",
                        "x-ratelimit-reset-tokens-minute", "12.5")))
                .isEqualTo(3_600_250);
        assertThat(hint(Map.of("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "6m0s")))
                .isEqualTo(360_000);
        assertThat(hint(Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "120ms")))
                .isEqualTo(120);
    }

    @Test
    void theTokensOfTheMinuteAreTheLastResort() {
        assertThat(hint(Map.of("x-ratelimit-reset-tokens-minute", "1.00000001")))
                .isEqualTo(1_001);
        assertThat(RetryHint.of(Map.of("x-ratelimit-reset-tokens-minute", "9")::get, false, NOW))
                .isNull();
    }

    private static @Nullable Long hint(Map<String, String> headers) {
        return RetryHint.of(headers::get, true, NOW);
    }
}
