package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.journeys.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N10 and N21: a host with the door dies or pauses while it serves streams whose provider is on another host. */
@Tag("slow")
class LostIngressIT {

    private static final int PER_SECOND = 40;
    private static final Duration CANCELLED = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private HostedCluster cluster;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Shell.isRoot(), "makes network namespaces: run it as root");
        cluster = new HostedCluster(folder, "left", "right", "back");
        cluster.startAll(Map.of("left", "ingress,policy,audit", "right", "ingress,policy,audit", "back", "provider"));
        for (String door : List.of("left", "right")) {
            cluster.at(door).awaitReady();
            cluster.traffic().warmUp(cluster.door(door), 2 * PER_SECOND);
        }
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void n10_aDoorIsKilledInMidStream() throws Exception {
        cluster.traffic().answers(1_000, 40);

        List<MarkedAnswer> cut;
        List<MarkedAnswer> others;
        long millis;
        try (MarkedLoad left = cluster.streams("left", PER_SECOND);
                MarkedLoad right = cluster.streams("right", PER_SECOND)) {
            left.awaitSent(3 * PER_SECOND);
            right.stop();
            left.stop();
            Await.until(() -> running() == left.underWay() + right.underWay());
            assertThat(left.underWay()).isPositive();
            long killed = System.nanoTime();
            cluster.kill("left");
            Await.until(() -> running() <= right.underWay());
            millis = (System.nanoTime() - killed) / 1_000_000;
            cut = left.finish();
            others = right.finish();
        }

        assertThat(millis).isLessThan(CANCELLED.toMillis());
        assertThat(cut).isNotEmpty().noneMatch(MarkedAnswer::ended);
        assertThat(others).isNotEmpty().allMatch(MarkedAnswer::good);
        assertThat(cluster.terminate("right")).isZero();
        assertThat(cluster.ledgers().violations(others)).isEmpty();
        VerificationReport report = LaterStart.closeWhatIsOpen(cluster.data("left"));
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        assertThat(report.completeness().orphaned()).isEqualTo(cut.size());
        cluster.ledgers().assertVerified();
        FaultTable.holds(
                "N10",
                "ingress killed in mid-stream, provider on another host",
                "kill -9 of one door of two, streams of 25 s",
                cut.size() + " answers cut, their calls upstream cancelled within " + millis + " ms; "
                        + report.completeness().orphaned() + " orphaned records, none missing; "
                        + others.size() + " of the other door served");
    }

    @Test
    void n21_aDoorPausesAsInALongCollection() throws Exception {
        cluster.traffic().answers(400, 40);

        List<MarkedAnswer> answers;
        try (MarkedLoad load = cluster.load("left", PER_SECOND)) {
            load.awaitSent(3 * PER_SECOND);
            cluster.freeze("left");
            long frozen = System.nanoTime();
            Await.until(() -> System.nanoTime() - frozen > 3_000_000_000L);
            cluster.thaw("left");
            load.awaitSent(PER_SECOND);
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        assertThat(cluster.terminate("left")).isZero();
        assertThat(cluster.ledgers().violations(answers)).isEmpty();
        Outcomes outcomes = cluster.ledgers().outcomes();
        long told = answers.stream()
                .mapToLong(answer -> Objects.requireNonNullElse(
                        outcomes.of(answer).getJsonObject("out").getLong("pause_ms"), 0L))
                .filter(pause -> pause > 2_000 && pause < 4_500)
                .count();
        assertThat(told).isPositive();
        cluster.ledgers().assertVerified();
        FaultTable.holds(
                "N21",
                "door paused for 3 s",
                "SIGSTOP for 3 s, streams of 10 s",
                answers.size() + " requests, none failed; " + told + " outcomes say `pause_ms`");
    }

    private int running() {
        return (int) cluster.traffic().upstream().counters().streamsRunning();
    }
}
