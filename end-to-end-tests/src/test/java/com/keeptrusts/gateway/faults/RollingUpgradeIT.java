package com.keeptrusts.gateway.faults;

import static com.keeptrusts.gateway.faults.LoadedCluster.kind;
import static com.keeptrusts.gateway.faults.LoadedCluster.role;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.journeys.GatewayProcess;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * N12: two builds with different messages and entries serve together, node by node from the one to the other and back.
 * {@code -Dfaults.minutes=10} keeps them side by side for as long.
 */
@Tag("slow")
class RollingUpgradeIT {

    private static final int PER_SECOND = 50;
    private static final double MINUTES = Double.parseDouble(System.getProperty("faults.minutes", "0.1"));

    @TempDir
    private Path folder;

    private LoadedCluster cluster;
    private Path later;

    @BeforeEach
    void open() throws Exception {
        later = LaterBuild.in(folder.resolve("later"));
        cluster = new LoadedCluster(folder, 6);
        start(GatewayProcess.LIBRARIES, "a");
        start(GatewayProcess.LIBRARIES, "b");
        start(GatewayProcess.LIBRARIES, "c");
        cluster.awaitHeard("a", 2, role("audit"));
        cluster.warmUp();
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @Test
    @Tag("N12")
    void twoBuildsServeTogetherFromTheOneToTheOtherAndBack() throws Exception {
        try (MarkedLoad load = cluster.load(PER_SECOND)) {
            exchange("c", later, load);
            exchange("a", later, load);
            Set<String> together = builds();
            load.awaitSent((int) (MINUTES * 60 * PER_SECOND));
            exchange("b", later, load);
            assertThat(builds()).containsExactly(LaterBuild.VERSION);
            exchange("b", GatewayProcess.LIBRARIES, load);
            exchange("c", GatewayProcess.LIBRARIES, load);
            exchange("a", GatewayProcess.LIBRARIES, load);

            List<MarkedAnswer> answers = load.finish();
            LoadedCluster.assertAllGood(load, answers);
            assertThat(together).hasSize(2).contains(LaterBuild.VERSION);
            cluster.stopAndReconcile(answers);
            Map<Integer, Integer> schemas = entriesBySchema(cluster.logsTogether());
            assertThat(schemas).containsOnlyKeys(1, 2);
            FaultTable.holds(
                    "N12",
                    "rolling upgrade",
                    "three nodes, one after the other, to a build with other messages and another entry schema and back,"
                            + " under " + PER_SECOND + " requests/s; mixed for " + MINUTES + " minutes more",
                    answers.size() + " requests, none failed; " + schemas.get(1) + " entries of schema 1 and "
                            + schemas.get(2)
                            + " of schema 2 read and verified, one acceptance and one outcome each request");
        }
    }

    private void exchange(String node, Path build, MarkedLoad load) throws Exception {
        cluster.stop(node);
        start(build, node);
        String other = node.equals("a") ? "b" : "a";
        cluster.awaitHeard(other, 2, role("audit"));
        cluster.awaitHeard(node, 2, role("audit"));
        cluster.awaitHeard(other, 3, kind("pii-detector"));
        cluster.awaitHeard(other, 3, kind("prompt-injection"));
        load.awaitSent(PER_SECOND);
    }

    private void start(Path build, String node) throws Exception {
        cluster.start(
                build,
                node,
                node.equals("c") ? "policy,provider" : "all",
                "--policy-instances",
                "pii-detector=1,prompt-injection=1");
    }

    private Set<String> builds() throws IOException {
        return cluster.heardBy("a").stream()
                .map(worker -> worker.getString("build"))
                .collect(Collectors.toSet());
    }

    private static Map<Integer, Integer> entriesBySchema(Path ledgers) throws IOException {
        Map<Integer, Integer> counts = new TreeMap<>();
        try (LedgerReader reader = LedgerReader.open(ledgers)) {
            reader.read(EventQuery.ALL, entry -> {
                if (!entry.head().requestId().isEmpty()) {
                    var leaf = new JsonObject(Buffer.buffer(entry.leaf().array()));
                    counts.merge(leaf.getInteger("v"), 1, Integer::sum);
                }
            });
        }
        return counts;
    }
}
