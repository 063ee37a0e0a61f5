package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.journeys.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As many requests as three JVMs take, for as long as it takes to see whether anything grows: {@code -Dfaults.minutes=10
 * -Dfaults.rate=2000}. Samples begin when a third of the time is over, as caches fill first.
 */
@Tag("slow")
class SoakIT {

    private static final Duration LENGTH =
            Duration.ofSeconds((long) (60 * Double.parseDouble(System.getProperty("faults.minutes", "2"))));
    private static final int RATE = Integer.getInteger("faults.rate", 2_000);
    private static final int SAMPLES = 5;
    private static final int MEBIBYTE = 1024 * 1024;

    /** What a collection may leave more at one time than at another under load. */
    private static final long HEAP_NOISE = 24L * MEBIBYTE;

    private static final int DESCRIPTOR_NOISE = 40;

    @TempDir
    private Path folder;

    private HostedCluster cluster;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        cluster = HostedCluster.forgetful(folder, "door", "one", "two");
        cluster.with("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4"); // as kt runs it
        cluster.startAll(Map.of("door", "ingress,provider,audit", "one", "policy", "two", "policy"));
        cluster.at("door").awaitReady();
        cluster.traffic().warmUp(cluster.door("door"), 100);
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void nothingGrowsUnderLoad() throws Exception {
        Map<String, List<JvmState>> seen = new TreeMap<>();
        long good;
        double rate;
        try (SteadyLoad load = cluster.traffic().steady(cluster.door("door"), RATE)) {
            long begun = System.nanoTime();
            for (int sample = 0; sample < SAMPLES; sample++) {
                long at = begun + LENGTH.toNanos() * (SAMPLES - 1 + 2 * sample) / (3 * (SAMPLES - 1));
                Await.until(LENGTH.plusMinutes(1), () -> System.nanoTime() >= at);
                for (String host : List.of("door", "one", "two")) {
                    seen.computeIfAbsent(host, _ -> new ArrayList<>()).add(state(host));
                }
            }
            rate = load.rate();
            load.finish();
            good = load.good();
            assertThat(load.bad()).as("requests that failed, of %d", good).isZero();
        }

        seen.forEach((host, states) -> {
            assertThat(states.getLast().heapBytes() - states.getFirst().heapBytes())
                    .as("growth of the heap of %s: %s", host, states)
                    .isLessThan(HEAP_NOISE);
            assertThat(states.getLast().descriptors() - states.getFirst().descriptors())
                    .as("growth of the descriptors of %s: %s", host, states)
                    .isLessThan(DESCRIPTOR_NOISE);
            assertThat(states.getLast().threads() - states.getFirst().threads())
                    .as("growth of the threads of %s: %s", host, states)
                    .isLessThan(DESCRIPTOR_NOISE);
        });
        assertThat(cluster.terminate("door")).isZero();
        cluster.ledgers().assertVerified();
        FaultTable.holds(
                "soak",
                "heap, descriptors, threads",
                "three JVMs, " + RATE + " requests/s asked for during " + LENGTH.toMinutes() + " minutes",
                good + " requests served (" + Math.round(rate) + "/s), none failed; from the first third to the end: "
                        + growth(seen) + "; both verdicts good");
    }

    private static String growth(Map<String, List<JvmState>> seen) {
        List<String> lines = new ArrayList<>();
        seen.forEach((host, states) -> lines.add(host + " " + states.getFirst() + " → " + states.getLast()));
        return String.join("; ", lines);
    }

    private JvmState state(String host) throws Exception {
        return JvmState.of(cluster.process(host).pid(), cluster.at(host).management());
    }
}
