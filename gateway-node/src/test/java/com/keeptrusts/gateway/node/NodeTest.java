package com.keeptrusts.gateway.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.ConfigProposal;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Role;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {

    @TempDir
    private Path folder;

    @Test
    void theClusterIsNotJoinedBeforeItsAddressesAreFree() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var cluster = new ClusterOptions(folder.resolve("not-there.xml"), null, 0, null);
            NodeOptions options = options(other.getLocalPort(), cluster);

            assertThatThrownBy(() -> Node.start(options).await(30, SECONDS))
                    .hasMessageContaining("another program listens there");
        }
    }

    @Test
    void onlyANodeThatTakesPartInReloadsIsAskedAboutThem() throws Exception {
        Node node = Node.start(options(0, null)).await(60, SECONDS);
        try {
            var proposal =
                    new ConfigProposal(Deadline.in("n", 5_000), ConfigVersion.NONE, List.of(), List.of(), Bytes.EMPTY);
            var asked =
                    Bus.of(node.vertx()).ask(Address.ofConfigProposal(node.name()), proposal, Duration.ofSeconds(5));

            assertThatThrownBy(() -> asked.await(10, SECONDS))
                    .isInstanceOfSatisfying(
                            BusException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(BusException.Reason.NO_ONE_THERE));
        } finally {
            node.stop().await(60, SECONDS);
        }
    }

    private NodeOptions options(int adminPort, @Nullable ClusterOptions cluster) {
        return new NodeOptions(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", adminPort),
                List.of(),
                false,
                0,
                new Roles(Set.of(Role.POLICY), Map.of("pii-detector", 1)),
                Map.of(),
                cluster,
                folder,
                null,
                Duration.ZERO,
                _ -> null);
    }
}
