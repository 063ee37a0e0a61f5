package com.keeptrusts.gateway.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.Role;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {

    @Test
    void theClusterIsNotJoinedBeforeItsAddressesAreFree(@TempDir Path folder) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = new NodeOptions(
                    new HostPort("127.0.0.1", 0),
                    new HostPort("127.0.0.1", other.getLocalPort()),
                    List.of(),
                    false,
                    0,
                    new Roles(Set.of(Role.POLICY), Map.of()),
                    Map.of(),
                    new ClusterOptions(folder.resolve("not-there.xml"), null, 0, null),
                    folder,
                    null,
                    Duration.ZERO,
                    _ -> null);

            assertThatThrownBy(() -> Node.start(options).await(30, SECONDS))
                    .hasMessageContaining("another program listens there");
        }
    }
}
