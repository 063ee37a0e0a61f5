package com.keeptrusts.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.node.Strangers.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private static final Member DOOR = new Member("1", "door", "10.0.0.1:5701");
    private static final Member ROGUE = new Member("2", "", "10.0.0.9:5701");
    private static final Member MIMIC = new Member("3", "door", "10.0.0.9:5701");

    private final Set<String> heard = new HashSet<>(Set.of("door"));
    private final Strangers strangers = new Strangers(heard::contains, 100);

    @Test
    void aMemberThatTheBusKnowsIsNone() {
        assertThat(strangers.look(List.of(DOOR), 0)).isEmpty();
        assertThat(strangers.look(List.of(DOOR), 1_000)).isEmpty();
        assertThat(strangers.count()).isZero();
    }

    @Test
    void aMemberThatIsNeverHeardIsToldOnceItsTimeIsOver() {
        assertThat(strangers.look(List.of(DOOR, ROGUE), 0)).isEmpty();
        assertThat(strangers.look(List.of(DOOR, ROGUE), 100)).isEmpty();
        assertThat(strangers.look(List.of(DOOR, ROGUE), 101)).containsExactly(ROGUE);
        assertThat(strangers.look(List.of(DOOR, ROGUE), 102)).isEmpty();
        assertThat(strangers.count()).isOne();
    }

    @Test
    void aMemberThatGoesByTheNameOfAnotherIsToldAtOnce() {
        strangers.look(List.of(DOOR), 0);

        assertThat(strangers.look(List.of(DOOR, MIMIC), 1)).containsExactly(MIMIC);
    }

    @Test
    void aNodeThatIsHeardLateIsNoStrangerAnyMore() {
        var slow = new Member("4", "slow", "10.0.0.2:5701");
        strangers.look(List.of(slow), 0);
        assertThat(strangers.look(List.of(slow), 200)).containsExactly(slow);

        heard.add("slow");

        assertThat(strangers.look(List.of(slow), 201)).isEmpty();
        assertThat(strangers.count()).isZero();
    }

    @Test
    void aStrangerThatLeavesIsForgottenAndToldAgainWhenItIsBack() {
        strangers.look(List.of(ROGUE), 0);
        strangers.look(List.of(ROGUE), 200);

        assertThat(strangers.look(List.of(DOOR), 300)).isEmpty();
        assertThat(strangers.count()).isZero();
        assertThat(strangers.look(List.of(ROGUE), 400)).isEmpty();
        assertThat(strangers.look(List.of(ROGUE), 501)).containsExactly(ROGUE);
    }
}
