package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.NodeEvent.NodeLeaving;
import com.keeptrusts.gateway.contract.NodeEvent.NodePresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.ingress.RatePeers.Division;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatePeersTest {

    private long now = 1_000;
    private final RatePeers peers = new RatePeers(() -> now);

    @Test
    void onlyOtherIngressNodesAreCounted() {
        peers.named("b");
        hear("a", Role.INGRESS);
        hear("b", Role.INGRESS);
        hear("c", Role.POLICY);

        assertThat(peers.division()).isEqualTo(new Division(2, 1, 1));
    }

    @Test
    void aNodeThatFellSilentLendsNothingAndKeepsItsShareForFiveMinutes() {
        peers.named("b");
        hear("a", Role.INGRESS);

        pass(4_000);
        assertThat(peers.division()).isEqualTo(new Division(2, 1, 0));
        pass(RatePeers.LOST_COUNTS.toMillis() - 4_000);
        assertThat(peers.division().nodes()).isEqualTo(2);
        pass(1);

        assertThat(peers.division()).isEqualTo(Division.ALONE);
    }

    @Test
    void aNodeThatLeftKeepsItsShareForAMinute() {
        peers.named("b");
        hear("a", Role.INGRESS);
        peers.hear(new NodeLeaving("a"));
        assertThat(peers.division()).isEqualTo(new Division(2, 1, 0));

        pass(RatePeers.LEFT_COUNTS.toMillis() + 1);

        assertThat(peers.division()).isEqualTo(Division.ALONE);
    }

    @Test
    void theSharesOfAllNodesAreTheLimitWhateverItIs() {
        for (int nodes = 1; nodes <= 7; nodes++) {
            for (long limit : new long[] {1, 2, 5, 60, 601, Long.MAX_VALUE / 2}) {
                long sum = 0;
                for (int place = 0; place < nodes; place++) {
                    sum += new Division(nodes, place, nodes - 1).share("r user " + limit, limit);
                }
                assertThat(sum).as("%d over %d", limit, nodes).isEqualTo(limit);
            }
        }
    }

    private void hear(String node, Role role) {
        peers.hear(new NodePresent(node, List.of(role), ConfigVersion.NONE, "", "", "test"));
    }

    private void pass(long millis) {
        now += millis;
        peers.refresh();
    }
}
