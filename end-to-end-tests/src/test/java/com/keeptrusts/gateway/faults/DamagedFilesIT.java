package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.audit.segment.Group;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.segment.SegmentReader;
import com.keeptrusts.gateway.journeys.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K6, and files that are gone: what was acknowledged is never served as if nothing had happened. */
@Tag("slow")
class DamagedFilesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private LoadedGateway gateway;
    private Path log;

    /** Entries in segments, of which some are not under a checkpoint: the process is killed under load. */
    @BeforeEach
    void killUnderLoad() throws Exception {
        Path data = folder.resolve("data");
        log = data.resolve("audit").resolve("writer-0");
        gateway = new LoadedGateway(folder, data);
        gateway.start();
        gateway.warmUp();
        try (MarkedLoad load = gateway.load(100)) {
            Await.until(PATIENCE, () -> load.sent() > 0 && groupsAbove(signed()).size() > 20);
            gateway.process().kill();
        }
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    @Test
    void k6_aByteChangedInWhatIsNotSignedYetIsAReasonNotToStart() throws Exception {
        List<Long> groups = groupsAbove(signed());
        long at = groups.get(groups.size() / 2 - 1) + 20; // within the first frame of a group that others follow
        Path segment = segments().getLast().file();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[(int) at] ^= 0x20;
        Files.write(segment, bytes);

        VerificationReport report = new LedgerVerification().verify(gateway.data());

        assertThat(report.whole()).isFalse();
        assertThat(report.logs().getFirst().problems().toString()).contains("damaged");
        assertThatThrownBy(() -> gateway.start()).hasMessageContaining("damaged at byte");
        assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
        FaultTable.holds(
                "K6",
                "WAL byte flipped",
                "byte " + at + " of a segment, of a group that others follow",
                "start refused, `verify` exit code " + report.exitCode() + " and the place");
    }

    @Test
    void k7_tilesThatAreGoneAreAReasonNotToStart() throws Exception {
        assertThatARemovalShows("tile");
    }

    @Test
    void k7_segmentsThatAreGoneAreAReasonNotToStart() throws Exception {
        assertThatARemovalShows("wal");
    }

    private void assertThatARemovalShows(String directory) throws Exception {
        try (Stream<Path> files = Files.walk(log.resolve(directory))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        VerificationReport report = new LedgerVerification().verify(gateway.data());

        assertThat(report.whole()).isFalse();
        assertThatThrownBy(() -> gateway.start()).hasMessageContaining("acknowledged data is missing");
        FaultTable.holds(
                "K7",
                "`" + directory + "/` removed",
                "after `kill -9` under load",
                "start refused, `verify` exit code " + report.exitCode());
    }

    private long signed() throws IOException {
        List<String> note = Files.readAllLines(log.resolve("checkpoint")); // origin, size, root
        return Long.parseLong(note.get(1));
    }

    /** Where in the last segment the groups begin whose entries no checkpoint covers. */
    private List<Long> groupsAbove(long signed) throws IOException {
        List<Long> found = new ArrayList<>();
        try (SegmentReader reader = SegmentReader.open(segments().getLast())) {
            long before = reader.position();
            for (Group group = reader.next(); group != null; group = reader.next()) {
                if (group.first() >= signed) {
                    found.add(before);
                }
                before = reader.position();
            }
        }
        return found;
    }

    private List<Segment> segments() throws IOException {
        return Segment.list(new LedgerDirectory(log).segments());
    }
}
