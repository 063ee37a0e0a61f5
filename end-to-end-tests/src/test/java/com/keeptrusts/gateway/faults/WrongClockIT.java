package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.journeys.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N20: the clock of the host with the door and the ledger is set while it serves, by libfaketime. */
@Tag("slow")
class WrongClockIT {

    private static final int PER_SECOND = 100;
    private static final Duration NOTED = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private HostedCluster cluster;
    private Path offset;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        offset = folder.resolve("offset");
        Files.writeString(offset, "+0");
        cluster = new HostedCluster(folder, "door", "one");
        cluster.start("one", "policy,provider");
        cluster.with("LD_PRELOAD", libfaketime())
                .with("DONT_FAKE_MONOTONIC", "1")
                .with("FAKETIME_TIMESTAMP_FILE", offset.toString())
                .with("FAKETIME_CACHE_DURATION", "1");
        cluster.start("door", "ingress,audit");
        cluster.at("door").awaitReady();
        cluster.traffic().warmUp(cluster.door("door"), PER_SECOND);
    }

    private static String libfaketime() throws Exception {
        try (Stream<Path> places = Files.walk(Path.of("/usr/lib"), 3)) {
            return places.filter(file -> file.endsWith("faketime/libfaketime.so.1"))
                    .map(Path::toString)
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("libfaketime is not installed (apt install faketime)"));
        }
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void n20_theClockIsSetForthAndBack() throws Exception {
        List<MarkedAnswer> answers;
        try (MarkedLoad load = cluster.load("door", PER_SECOND)) {
            load.awaitSent(2 * PER_SECOND);
            for (String step : List.of("+2d", "-1h", "+0")) {
                long before = steps();
                Files.writeString(offset, step);
                Await.until(NOTED, () -> steps() > before);
                load.awaitSent(3 * PER_SECOND);
            }
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        assertThat(answers.stream().map(MarkedAnswer::requestId).distinct().count())
                .isEqualTo(answers.size());
        assertThat(cluster.terminate("door")).isZero();
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        cluster.ledgers().assertVerified();
        FaultTable.holds(
                "N20",
                "clock set by two days, back by two days and an hour, and right again",
                "libfaketime on the host with the door and the ledger, " + PER_SECOND + " requests/s",
                answers.size() + " requests, none failed, the slowest in " + MarkedAnswer.percentile(answers, 100)
                        + " ms; three `clock.step`, ids unique, both verdicts good");
    }

    private long steps() throws Exception {
        return cluster.ledgers().outcomes().ofType("clock.step");
    }
}
