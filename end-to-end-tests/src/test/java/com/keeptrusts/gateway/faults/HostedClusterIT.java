package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.faults.net.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class HostedClusterIT {

    private static final String LONGER_THAN_A_WIRE_MAY_BE_CALLED = "a-host-of-a-long-name";

    @Test
    void oneThatCannotBeMadeLeavesTheNetworkToTheNext(@TempDir Path folder) throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");

        assertThatThrownBy(() -> new HostedCluster(folder, LONGER_THAN_A_WIRE_MAY_BE_CALLED))
                .hasMessageContaining(LONGER_THAN_A_WIRE_MAY_BE_CALLED);

        try (Network next = Network.open()) {
            assertThat(next.hosts()).isEmpty();
        }
    }
}
