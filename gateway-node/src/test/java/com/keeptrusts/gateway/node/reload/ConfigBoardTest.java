package com.keeptrusts.gateway.node.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.NodeEvent;
import com.keeptrusts.gateway.contract.NodeEvent.NodeLeaving;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.Role;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConfigBoardTest {

    private long nanos;
    private final ConfigBoard board = new ConfigBoard(() -> nanos);

    @Test
    void whoRunsAnotherConfigurationIsNamedWithItsReason() {
        hear("a", Role.INGRESS, new ConfigVersion(2, 5, "a", "1111111111111111", false), "");
        hear("b", Role.INGRESS, new ConfigVersion(1, 4, "a", "2222222222222222", false), "it has no room");
        hear("c", Role.INGRESS, new ConfigVersion(2, 5, "a", "1111111111111111", false), "");
        hear("d", Role.POLICY, ConfigVersion.NONE, "");

        assertThat(board.differences("a")).containsExactly("b runs 222222222222 of reload 1 on a: it has no room");
        assertThat(board.differences("b")).hasSize(2);
        assertThat(board.differences("d")).isEqualTo(board.differences("a"));
        assertThat(board.highestNumber()).isEqualTo(2);
    }

    @Test
    void anIngressThatRunsNothingDiffers() {
        hear("a", Role.INGRESS, new ConfigVersion(0, 5, "a", "1111111111111111", true), "");
        hear("b", Role.INGRESS, ConfigVersion.NONE, "");

        assertThat(board.differences("a")).containsExactly("b runs no configuration");
    }

    @Test
    void whoIsSilentOrHasLeftIsNotCounted() {
        hear("a", Role.INGRESS, ConfigVersion.NONE, "");
        hear("b", Role.INGRESS, ConfigVersion.NONE, "");
        board.hear(new NodeLeaving("b"));
        assertThat(board.present()).extracting(NodePresent::node).containsExactly("a");

        nanos += TimeUnit.MILLISECONDS.toNanos(NodeEvent.SILENCE_MILLIS) + 1;

        assertThat(board.present()).isEmpty();
    }

    private void hear(String node, Role role, ConfigVersion version, String trouble) {
        board.hear(new NodePresent(node, List.of(role), version, "", trouble, "test"));
    }
}
