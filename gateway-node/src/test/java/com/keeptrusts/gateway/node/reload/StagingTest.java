package com.keeptrusts.gateway.node.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ConfigVersion;
import org.junit.jupiter.api.Test;

class StagingTest {

    private static final ConfigVersion ONE = new ConfigVersion(1, 1, "a", "x", false);
    private static final ConfigVersion OTHER = new ConfigVersion(1, 1, "b", "y", false);

    private long now;
    private final Staging staging = new Staging(() -> now);

    @Test
    void oneIsConsideredAtATime() {
        assertThat(staging.occupy(ONE)).isNull();

        assertThat(staging.occupy(OTHER)).isEqualTo(ONE);
        assertThat(staging.occupy(ONE)).isNull();
    }

    @Test
    void aDecisionFreesThePlaceAndOneAboutAnotherDoesNot() {
        staging.occupy(ONE);
        staging.decided(OTHER);
        assertThat(staging.occupy(OTHER)).isEqualTo(ONE);

        staging.decided(ONE);

        assertThat(staging.occupy(OTHER)).isNull();
    }

    @Test
    void whoeverProposedAndDecidedNothingIsTakenForDead() {
        staging.occupy(ONE);
        now += Staging.LEASE.toNanos() - 1;
        assertThat(staging.occupy(OTHER)).isEqualTo(ONE);
        now += 1;

        assertThat(staging.occupy(OTHER)).isNull();
    }
}
