package com.keeptrusts.gateway.faults;

import static com.keeptrusts.gateway.faults.LoadedCluster.kind;
import static com.keeptrusts.gateway.faults.LoadedCluster.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * N11: SIGTERM and a new start of one node after the other, every role among them, under streams that last two seconds. The
 * client goes to both doors in turn, to those that are ready, and retries nothing but a refused connection.
 */
@Tag("slow")
class RollingRestartIT {

    private static final int PER_SECOND = 60;
    private static final List<String> NODES = List.of("a", "b", "c");

    @TempDir
    private Path folder;

    private LoadedCluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = new LoadedCluster(folder, 6);
        for (String node : NODES) {
            start(node);
        }
        cluster.awaitHeard("a", 2, role("audit"));
        cluster.warmUp();
        cluster.answers(120, 60);
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @Test
    void noRequestFailsAndEveryStreamFinishesWhileEachNodeIsRestarted() throws Exception {
        try (MarkedLoad load = cluster.load(PER_SECOND)) {
            for (String node : NODES) {
                cluster.stop(node);
                start(node);
                cluster.awaitHeard("a", 2, role("audit"));
                cluster.awaitHeard("b", 2, role("audit"));
                cluster.awaitHeard("a", 3, kind("pii-detector"));
                load.awaitSent(2 * PER_SECOND);
            }

            List<MarkedAnswer> answers = load.finish();
            LoadedCluster.assertAllGood(load, answers);
            long streams = answers.stream().filter(MarkedAnswer::stream).count();
            int refused = load.refused();
            cluster.stopAndReconcile(answers);
            assertThat(LedgerView.of(cluster.data("a")).accepted()).isNotEmpty();
            assertThat(LedgerView.of(cluster.data("b")).accepted()).isNotEmpty();
            FaultTable.holds(
                    "N11",
                    "rolling restart",
                    "SIGTERM and a new start of three nodes, one after the other, two with all roles and one with policies and"
                            + " a provider, under " + PER_SECOND + " requests/s to both doors",
                    answers.size() + " requests, " + streams + " of them streams of two seconds, none failed; "
                            + refused
                            + " connections were refused and went to the other door; each request has one acceptance"
                            + " and one outcome, both ledgers verify");
        }
    }

    private void start(String node) throws Exception {
        cluster.start(
                node,
                node.equals("c") ? "policy,provider" : "all",
                "--policy-instances",
                "pii-detector=1,prompt-injection=1");
    }
}
