package com.keeptrusts.gateway.provider.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.provider.settings.BreakerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several provider nodes in virtual time, before one target. */
@Tag("P19")
class TargetGossipTest {

    private static final BreakerSettings SETTINGS = new BreakerSettings(5, 30, 2);
    private static final String TARGET = "cerebras-llama";
    private static final int TICK_MILLIS = 25;

    private final ClockedNanos clock = new ClockedNanos();
    private final List<Node> nodes = new ArrayList<>();
    private BooleanSupplier arrives = () -> true;
    private int elapsed;

    private final class Node {
        private final String name;
        private final TargetBoard board = new TargetBoard(8, clock);
        private final TargetGossip gossip;

        Node(String name) {
            this.name = name;
            this.gossip = new TargetGossip(name, board, clock);
        }

        TargetState target() {
            return board.state(TARGET);
        }

        String breaker() {
            return target().report().breaker();
        }

        /** A call that goes there if it may; answers whether it went. */
        boolean calls(boolean well) {
            if (!target().admits(SETTINGS, true)) {
                return false;
            }
            target().called();
            if (well) {
                target().answered(SETTINGS);
            } else {
                target().failed(SETTINGS, true);
            }
            return true;
        }
    }

    @BeforeEach
    void start() {
        for (String name : List.of("a", "b", "c")) {
            nodes.add(new Node(name));
        }
        pass(1_000);
    }

    @Test
    void aBreakerThatOpensOnOneNodeIsOpenOnTheOthersAtOnce() {
        fail(nodes.getFirst(), 5);

        pass(TICK_MILLIS);

        assertThat(nodes).extracting(Node::breaker).containsOnly("open");
    }

    @Test
    void aNodeThatComesLaterHearsOfItWithinASecond() {
        fail(nodes.getFirst(), 5);
        pass(3_000);
        nodes.add(new Node("d"));

        pass(1_000);

        assertThat(nodes.getLast().breaker()).isEqualTo("open");
    }

    @Test
    void aNodeThatTheTargetHasAnsweredSinceDoesNotLeaveItAlone() {
        Node sick = nodes.getFirst();
        Node well = nodes.getLast();
        fail(sick, 4);
        clock.pass(Duration.ofMillis(1));
        assertThat(well.calls(true)).isTrue();
        fail(sick, 1);

        pass(20_000);

        assertThat(sick.breaker()).isEqualTo("open");
        assertThat(nodes.get(1).breaker()).isEqualTo("open");
        assertThat(well.breaker()).isEqualTo("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void whileAllIsDownTheTargetIsProbedOnceASecondAtMostAndRecoversWithinTenSeconds(int lostPercent) {
        var random = new Random(7);
        arrives = () -> random.nextInt(100) >= lostPercent;
        nodes.forEach(node -> fail(node, 5));
        pass(1_000);
        int probes = 0;
        int refused = 0;
        for (int tick = 0; tick < 300_000 / TICK_MILLIS; tick++) {
            for (Node node : nodes) {
                if (node.calls(false)) {
                    probes++;
                } else {
                    refused++;
                }
            }
            pass(TICK_MILLIS);
        }
        assertThat(probes).isBetween(20, lostPercent == 0 ? 61 : 150);
        assertThat(refused).isGreaterThan(30_000);

        int recovery = 0;
        while (!nodes.stream().allMatch(node -> node.breaker().equals("closed"))) {
            nodes.forEach(node -> node.calls(true));
            pass(TICK_MILLIS);
            recovery += TICK_MILLIS;
        }
        assertThat(recovery).isLessThanOrEqualTo(10_000);
    }

    @Test
    void inAnySecondOfProbingOneCallGoesThroughOverAllNodes() {
        fail(nodes.getFirst(), 5);
        pass(6_000);
        List<Integer> probedAt = new ArrayList<>();
        var slow = new BreakerSettings(5, 30, 1_000);
        for (int tick = 0; tick < 20_000 / TICK_MILLIS; tick++) {
            for (Node node : nodes) {
                if (node.target().admits(slow, true)) {
                    node.target().answered(slow);
                    probedAt.add(elapsed);
                }
            }
            pass(TICK_MILLIS);
        }

        assertThat(probedAt).hasSizeBetween(15, 20);
        for (int i = 1; i < probedAt.size(); i++) {
            assertThat(probedAt.get(i) - probedAt.get(i - 1)).isGreaterThanOrEqualTo(1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aNodeThatAloneHasCallsProbesSoonWhateverItsTurn(int busy) {
        fail(nodes.getFirst(), 5);
        pass(6_000);
        int waited = 0;
        while (!nodes.get(busy).calls(true)) {
            pass(TICK_MILLIS);
            waited += TICK_MILLIS;
        }

        assertThat(waited).isLessThanOrEqualTo(200);
    }

    @Test
    void aTargetWhoseQueueIsFullGetsFewerCallsFromAllNodes() {
        nodes.getFirst().target().cool(2_000L, true);

        pass(TICK_MILLIS);

        assertThat(nodes).extracting(node -> node.target().report().limit()).containsOnly(4);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.target().isCooling()).isTrue());
        pass(3_000);
        assertThat(nodes).extracting(node -> node.target().report().limit()).containsOnly(4);
        pass(50_000);
        assertThat(nodes).extracting(node -> node.target().report().limit()).containsOnly(8);
    }

    @Test
    void nothingIsToldOfTargetsThatAreWell() {
        nodes.getFirst().calls(true);
        nodes.getFirst().calls(false);
        clock.pass(Duration.ofSeconds(1));

        assertThat(nodes.getFirst().gossip.due()).isEmpty();
    }

    private static void fail(Node node, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(node.calls(false)).isTrue();
        }
    }

    /** Each 25 ms what is due travels, each second presence does. */
    private void pass(int millis) {
        for (int passed = 0; passed < millis; passed += TICK_MILLIS) {
            clock.pass(Duration.ofMillis(TICK_MILLIS));
            elapsed += TICK_MILLIS;
            if (elapsed % 1_000 == 0) {
                nodes.forEach(this::announce);
            }
            nodes.forEach(this::tell);
        }
    }

    private void announce(Node from) {
        var present = new NodePresent(from.name, List.of(Role.PROVIDER), ConfigVersion.NONE, "", "", "test");
        nodes.forEach(node -> node.gossip.hear(present));
    }

    private void tell(Node from) {
        from.gossip
                .due()
                .ifPresent(told -> nodes.stream()
                        .filter(node -> node != from && arrives.getAsBoolean())
                        .forEach(node -> node.gossip.hear(told)));
    }
}
