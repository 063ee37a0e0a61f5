package com.keeptrusts.gateway.node.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RosterTest {

    private final Roster roster = new Roster();

    @Test
    void whatIsHeardIsThereWhenNothingIsExpected() {
        assertThat(roster.settled(0, 3)).isTrue();
        assertThat(roster.present(0, 3)).isEqualTo(3);
    }

    @Test
    void whatWasStartedCountsBeforeItIsHeard() {
        roster.expect(0, 4);

        assertThat(roster.present(1_000, 2)).isEqualTo(4);
        assertThat(roster.settled(1_000, 2)).isFalse();
        assertThat(roster.settled(2_000, 4)).isTrue();
    }

    @Test
    void whatWasToldToEndCountsNoMoreThoughItIsHeard() {
        roster.expect(0, 1);

        assertThat(roster.present(1_000, 2)).isEqualTo(1);
        assertThat(roster.settled(1_000, 2)).isFalse();
    }

    @Test
    void whatDoesNotComeIsForgotten() {
        roster.expect(0, 4);
        roster.lost(1);
        assertThat(roster.present(1_000, 2)).isEqualTo(3);

        assertThat(roster.present(60_000, 2)).isEqualTo(2);
    }
}
