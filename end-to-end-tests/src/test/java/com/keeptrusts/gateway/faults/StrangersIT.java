package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.keeptrusts.gateway.faults.net.Network;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.node.ClusterCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N25: somebody in the members' network joins the cluster, or tries to be its client. */
@Tag("slow")
class StrangersIT {

    private static final int PER_SECOND = 50;
    private static final String WORKERS = "policy:pii-detector=1,policy:prompt-injection=1";
    private static final Duration ALARM = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private HostedCluster cluster;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        cluster = new HostedCluster(folder, "door", "one", "rogue");
        cluster.startAll(Map.of("door", "ingress,provider,audit", "one", WORKERS));
        cluster.at("door").awaitReady();
        cluster.traffic().warmUp(cluster.door("door"), PER_SECOND);
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void n25_aRogueMemberHearsNoPromptAndIsReported() throws Exception {
        Files.delete(folder.resolve("certs/ca.key")); // so that the next is of another authority
        new ClusterCertificates(folder.resolve("certs")).issue(List.of("rogue"));

        List<MarkedAnswer> answers;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            cluster.start("rogue", WORKERS);
            Await.until(ALARM, () -> cluster.at("door").metric("keeptrusts_cluster_unknown_members") == 1);
            assertThat(cluster.at("door").workers("policy")).isEqualTo(2);
            assertThat(cluster.at("rogue").metric("keeptrusts_policy_duration_seconds_count"))
                    .isZero();
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        assertThat(cluster.terminate("door")).isZero();
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        cluster.ledgers().assertVerified();
        assertThat(cluster.ledgers().outcomes().ofType("admin.unknown_member")).isEqualTo(1);
        FaultTable.holds(
                "N25",
                "rogue member with a certificate of another authority",
                "a process of its own joins Hazelcast, " + PER_SECOND + " requests/s",
                answers.size() + " requests served, none reached it; warning, `keeptrusts_cluster_unknown_members` 1, "
                        + "one `admin.unknown_member`");
    }

    @Test
    void n25_aRogueClientIsNotLetIn() throws Exception {
        var config = new ClientConfig();
        config.setClusterName("keeptrusts");
        config.getNetworkConfig().addAddress(cluster.host("door").address() + ":5701");
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(5_000);
        config.setProperty("hazelcast.logging.type", "slf4j");

        assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(config)).hasMessageContaining("Unable to connect");

        assertThat(cluster.traffic().ask(cluster.door("door"), 10)).allMatch(MarkedAnswer::good);
        FaultTable.holds(
                "N25",
                "rogue client",
                "a Hazelcast client from " + Network.OUTSIDE,
                "not let in: members have no endpoint for clients");
    }
}
