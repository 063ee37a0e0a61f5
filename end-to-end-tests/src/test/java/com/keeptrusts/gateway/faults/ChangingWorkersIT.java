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

/** Processes with workers join and leave (SIGTERM, {@code kt cluster drain}) while requests flow; the door stays. */
@Tag("slow")
class ChangingWorkersIT {

    private static final int PER_SECOND = 60;
    private static final String POLICIES = "policy:pii-detector=1,policy:prompt-injection=1";

    @TempDir
    private Path folder;

    private LoadedCluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = new LoadedCluster(folder, 6);
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @Test
    void noRequestFailsWhilePolicyProcessesJoinAndLeave() throws Exception {
        cluster.start("door", "ingress,provider,audit");
        cluster.start("first", POLICIES);
        cluster.awaitHeard("door", 2, role("policy"));
        cluster.warmUp();

        try (MarkedLoad load = cluster.load(PER_SECOND)) {
            cluster.start("second", POLICIES);
            awaitTwoServing();
            cluster.stop("first");
            cluster.awaitHeard("door", 1, kind("pii-detector"));
            cluster.start("third", POLICIES);
            awaitTwoServing();
            cluster.drain("second", "door");
            load.awaitSent(PER_SECOND);

            List<MarkedAnswer> answers = load.finish();
            LoadedCluster.assertAllGood(load, answers);
            cluster.stopAndReconcile(answers);
        }
    }

    @Test
    void noRequestFailsWhileProcessesWithProvidersAndLedgersLeaveAndOthersTakeOver() throws Exception {
        cluster.start("door", "ingress,policy");
        cluster.start("first", "provider,audit");
        cluster.awaitHeard("door", 1, role("audit"));
        cluster.warmUp();
        cluster.answers(60, 60);

        try (MarkedLoad load = cluster.load(PER_SECOND / 2)) {
            cluster.start("second", "provider,audit");
            cluster.awaitHeard("door", 2, role("audit"));
            cluster.stop("first");
            load.awaitSent(PER_SECOND);

            List<MarkedAnswer> answers = load.finish();
            LoadedCluster.assertAllGood(load, answers);
            cluster.stopAndReconcile(answers);
            assertThat(LedgerView.of(cluster.data("first")).accepted()).isNotEmpty();
            assertThat(LedgerView.of(cluster.data("second")).accepted()).isNotEmpty();
        }
    }

    private void awaitTwoServing() throws Exception {
        cluster.awaitServing("door", 2, kind("pii-detector"));
        cluster.awaitServing("door", 2, kind("prompt-injection"));
    }
}
