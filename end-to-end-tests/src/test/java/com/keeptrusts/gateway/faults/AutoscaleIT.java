package com.keeptrusts.gateway.faults;

import static com.keeptrusts.gateway.faults.LoadedCluster.kind;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.journeys.GatewayProcess;
import com.keeptrusts.gateway.journeys.Management;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kt cluster autoscale} with real processes: workers come with the load, go when it is over, and none is left. */
@Tag("slow")
class AutoscaleIT {

    private static final String POLICY = "pii-detector";

    /** Small, so that two cores suffice: a worker is busy when it works for a hundredth of the time. */
    private static final String TARGET = "busy=0.01";

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
    void workersComeWithTheLoadAndGoWhenItIsOverAndNoRequestFails() throws Exception {
        GatewayProcess door = cluster.start("door", "ingress,provider,audit,policy:prompt-injection=1");
        GatewayProcess autoscaler = cluster.run(
                "watching " + POLICY,
                "cluster",
                "autoscale",
                "--policy=" + POLICY,
                "--max=3",
                "--up-above=" + TARGET,
                "--interval=1",
                "--up-pause=3",
                "--down-after=4",
                "--admin=http://127.0.0.1:" + door.adminPort(),
                "--cluster=" + cluster.clusterXml());
        cluster.awaitHeard("door", 1, kind(POLICY));

        try (MarkedLoad load = cluster.load(100)) {
            cluster.awaitHeard("door", 2, kind(POLICY));
            var answers = load.finish();
            LoadedCluster.assertAllGood(load, answers);
        }
        cluster.awaitHeard("door", 1, kind(POLICY));
        autoscaler.terminate(Duration.ofSeconds(30));
        cluster.awaitHeard("door", 0, kind(POLICY));

        assertScalersNameMetricsThatAreThere(door);
        assertThat(autoscaler.output()).contains(POLICY + ": 0 -> 1 workers", POLICY + ": 1 -> 2 workers");
    }

    /** The autoscalers for Kubernetes look at metrics by name. */
    private static void assertScalersNameMetricsThatAreThere(GatewayProcess door) throws Exception {
        String metrics = Management.of(door.adminPort()).text("/metrics");
        for (String file : List.of("keda.yaml", "busy-share.yaml")) {
            String scaler = Files.readString(Path.of("..", "kubernetes", file));
            List<String> names = Pattern.compile("keeptrusts_policy_[a-z0-9_]+")
                    .matcher(scaler)
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            assertThat(names)
                    .as(file)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(metrics).contains("\n" + name + "{kind=\""));
        }
    }
}
