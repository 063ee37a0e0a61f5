package com.keeptrusts.gateway.audit.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.segment.FaultyFiles;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class SegmentSpoolTest {

    private static final SpoolLimits LIMITS = new SpoolLimits(1_000_000, Duration.ofHours(1));

    @TempDir
    private Path directory;

    private Vertx vertx;
    private final FaultyFiles files = new FaultyFiles();
    private final List<AuditEntry> received = new ArrayList<>();

    @BeforeEach
    void take(Vertx vertx) {
        this.vertx = vertx;
    }

    @Test
    void entriesLeaveInTheOrderInWhichTheyCame() throws Exception {
        List<AuditEntry> entries = entries(700);
        try (SegmentSpool spool = open(LIMITS)) {
            for (AuditEntry entry : entries) {
                spool.keep(List.of(entry)).await(5, SECONDS);
            }

            spool.drain(this::receive).await(10, SECONDS);

            assertThat(spool.waiting()).isZero();
        }
        assertThat(received).isEqualTo(entries);
    }

    @Test
    void whatWasKeptSurvivesARestartAndWhatWasDrainedDoesNotComeAgain() throws Exception {
        List<AuditEntry> entries = entries(10);
        try (SegmentSpool spool = open(LIMITS)) {
            spool.keep(entries.subList(0, 4)).await(5, SECONDS);
            spool.drain(this::receive).await(5, SECONDS);
            spool.keep(entries.subList(4, 10)).await(5, SECONDS);
        }

        try (SegmentSpool spool = open(LIMITS)) {
            assertThat(spool.waiting()).isEqualTo(6);
            spool.drain(this::receive).await(5, SECONDS);
        }
        assertThat(received).isEqualTo(entries);
    }

    @Test
    void aDrainThatFailsKeepsWhatWasNotHandedOn() throws Exception {
        List<AuditEntry> entries = entries(5);
        try (SegmentSpool spool = open(LIMITS)) {
            spool.keep(entries).await(5, SECONDS);

            assertThatThrownBy(() ->
                            spool.drain(_ -> Future.failedFuture("no writer")).await(5, SECONDS))
                    .hasMessage("no writer");
            spool.drain(this::receive).await(5, SECONDS);
        }
        assertThat(received).isEqualTo(entries);
    }

    @Test
    void aFullSpoolRefusesAndTakesAgainOnceDrained() throws Exception {
        try (SegmentSpool spool = open(new SpoolLimits(20_000, Duration.ofHours(1)))) {
            int kept = 0;
            while (spool.accepting()) {
                spool.keep(List.of(Entries.large("r-" + kept))).await(5, SECONDS);
                kept++;
            }
            assertThatThrownBy(() -> spool.keep(entries(1)).await(5, SECONDS)).hasMessageContaining("spool_full");

            spool.drain(this::receive).await(5, SECONDS);

            assertThat(received).hasSize(kept);
            spool.keep(entries(1)).await(5, SECONDS);
        }
    }

    @Test
    void aFailedFlushIsNoSuccess() throws Exception {
        SegmentSpool spool = open(LIMITS);
        files.failFlushes();

        assertThatThrownBy(() -> spool.keep(entries(1)).await(5, SECONDS)).hasMessageContaining("writer_dead");
        assertThat(spool.accepting()).isFalse();
        spool.close();
    }

    private SegmentSpool open(SpoolLimits limits) throws IOException {
        return SegmentSpool.open(vertx, directory, limits, files, new SimpleMeterRegistry());
    }

    private Future<Void> receive(List<AuditEntry> batch) {
        received.addAll(batch);
        return Future.succeededFuture();
    }

    private static List<AuditEntry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entries.accepted("r-" + i))
                .toList();
    }
}
