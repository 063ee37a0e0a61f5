package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final long MILLI = 1_000_000;

    private final List<Long> told = new ArrayList<>();
    private final Pauses pauses = new Pauses(0, told::add);

    @Test
    void beatsThatComeInTimeOrALittleLateAreNoPause() {
        pauses.beat(250 * MILLI);
        pauses.beat(900 * MILLI);

        assertThat(told).isEmpty();
    }

    @Test
    void aBeatLongOverdueIsOnePauseOfThatLength() {
        pauses.beat(250 * MILLI);
        pauses.beat(3_500 * MILLI);
        pauses.beat(3_750 * MILLI);

        assertThat(told).containsExactly(3_000L);
    }
}
