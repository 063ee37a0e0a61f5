package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.journeys.Await;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K1 to K4 of the fault matrix: a disk that is full, cannot flush, is slow, or can only be read. */
@Tag("slow")
class FaultyDiskIT {

    private static final int PER_SECOND = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<MarkedAnswer> answers = new ArrayList<>();
    private @Nullable LoadedGateway gateway;
    private @Nullable Disk disk;

    @BeforeEach
    void needRoot() {
        assumeTrue(Shell.isRoot(), "mounts file systems and traces processes: run it as root");
    }

    @AfterEach
    void close() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void k1_aFullDiskRefusesAndResumesWhenThereIsSpace() throws Exception {
        disk = Disk.tmpfs(folder.resolve("data"), 64);
        LoadedGateway door = start("");
        served(door, 20);

        Path ballast = disk.path().resolve("ballast");
        fill(ballast, 2 * 1024 * 1024); // less than the reserve of 5 % is left
        int spooled = served(door, 20);
        double kept = door.metric("keeptrusts_audit_spool_entries");
        assertThat(kept).isGreaterThanOrEqualTo(2.0 * spooled);
        fill(ballast, 0);
        Await.until(PATIENCE, () -> refused(door) == 10);
        int before = door.reachedUpstream().size();
        refused(door);
        assertThat(door.reachedUpstream()).hasSize(before);

        Files.delete(ballast);
        Await.until(PATIENCE, () -> door.ask(2).stream().allMatch(MarkedAnswer::good));
        served(door, 20);
        VerificationReport report = assertNothingIsMissing(door);

        FaultTable.holds(
                "K1",
                "disk full",
                "tmpfs of 64 MiB, filled",
                "below the reserve the spool took " + (long) kept
                        + " entries and requests were served; on the full disk E9"
                        + " and no call upstream; with space again served, spool drained, " + requests(report));
    }

    @Test
    void k2_afterAFailedFlushNothingIsAcknowledgedByThatWriter() throws Exception {
        LoadedGateway door = start("");
        served(door, 20);
        try (Strace eio = eioOnce(door)) {
            served(door, 20);
            Await.until(() -> eio.injected() == 1);
            served(door, 20);
        }
        assertThat(door.process().output()).containsPattern("audit writer .* ends");
        double kept = door.metric("keeptrusts_audit_spool_entries");
        assertThat(kept).isGreaterThanOrEqualTo(40);

        VerificationReport report = restartedAndNothingIsMissing(door);

        FaultTable.holds(
                "K2",
                "EIO on fdatasync, spool",
                "`strace` on the segment, once",
                "the writer ended, the spool kept " + (long) kept + " entries, every request served; after a restart "
                        + requests(report));
    }

    @Test
    void k2_withoutASpoolRequestsAreRefused() throws Exception {
        LoadedGateway door = start("on_unavailable: fail_closed");
        served(door, 20);
        try (Strace eio = eioOnce(door)) {
            answers.addAll(door.ask(5));
            Await.until(() -> eio.injected() == 1);
        }
        Await.until(PATIENCE, () -> refused(door) == 10);
        int before = door.reachedUpstream().size();
        refused(door);
        assertThat(door.reachedUpstream()).hasSize(before);

        VerificationReport report = restartedAndNothingIsMissing(door);

        FaultTable.holds(
                "K2",
                "EIO on fdatasync, fail_closed",
                "`strace` on the segment, once",
                "the writer ended, E9 and no call upstream; after a restart " + requests(report));
    }

    @Test
    void k3_aSlowFlushDelaysNobodyForLongAndStoresNothingTwice() throws Exception {
        LoadedGateway door = start("");
        served(door, 20);
        long slowest;
        try (Strace slow = strace(door, "fdatasync:delay_enter=2000000:when=1..3")) {
            List<MarkedAnswer> meanwhile = loaded(door, 3);
            slowest = meanwhile.stream().mapToLong(MarkedAnswer::millis).max().orElseThrow();
            assertThat(meanwhile).filteredOn(answer -> !answer.good()).isEmpty();
            assertThat(slow.injected()).isPositive();
        }
        door.awaitSpoolDrained();
        VerificationReport report = assertNothingIsMissing(door);
        assertThat(report.completeness().endedTwice()).isZero();

        FaultTable.holds(
                "K3",
                "flush takes 2 s",
                "`strace`, three flushes",
                "every request served, the slowest in " + slowest + " ms; nothing twice, " + requests(report));
    }

    @Test
    void k4_aDiskThatCanOnlyBeReadRefusesAndLosesNothing() throws Exception {
        Path image = folder.resolve("disk.img");
        disk = Disk.ext4(image, folder.resolve("data"), 256);
        LoadedGateway door = start("");
        served(door, 40);

        disk.abort();
        Await.until(PATIENCE, () -> refused(door) == 10);
        int before = door.reachedUpstream().size();
        refused(door);
        assertThat(door.reachedUpstream()).hasSize(before);

        door.process().kill();
        disk.close();
        disk = Disk.mount(image, folder.resolve("data"));
        door.start();
        served(door, 20);
        VerificationReport report = assertNothingIsMissing(door);

        FaultTable.holds(
                "K4",
                "read-only",
                "ext4 in an image, aborted as after an error of its disk",
                "E9 and no call upstream; mounted again: served, " + requests(report));
    }

    private LoadedGateway start(String settings) throws Exception {
        var door = new LoadedGateway(folder, folder.resolve("data"));
        gateway = door;
        if (!settings.isEmpty()) {
            door.with(settings);
        }
        door.start();
        door.warmUp();
        return door;
    }

    /** Requests that must be answered well; their number. */
    private int served(LoadedGateway door, int count) throws Exception {
        List<MarkedAnswer> got = door.ask(count);
        answers.addAll(got);
        assertThat(got).filteredOn(answer -> !answer.good()).isEmpty();
        return got.size();
    }

    /** How many of ten requests, one after the other, were refused for want of a ledger. */
    private int refused(LoadedGateway door) throws Exception {
        List<MarkedAnswer> got = door.ask(10).subList(0, 10);
        answers.addAll(got);
        return (int) got.stream()
                .filter(answer -> answer.code().equals("audit_unavailable"))
                .count();
    }

    private List<MarkedAnswer> loaded(LoadedGateway door, int seconds) throws Exception {
        try (MarkedLoad load = door.load(PER_SECOND)) {
            Await.until(PATIENCE, () -> load.sent() >= PER_SECOND * seconds);
            List<MarkedAnswer> came = load.finish();
            answers.addAll(came);
            return came;
        }
    }

    private Strace eioOnce(LoadedGateway door) throws Exception {
        return strace(door, "fdatasync:error=EIO:when=1");
    }

    /** On the flushes of the segments that are there and of the one that comes next. */
    private Strace strace(LoadedGateway door, String inject) throws Exception {
        try (var segments = Files.list(door.data().resolve("audit/writer-0/wal"))) {
            return Strace.attach(
                    door.process().pid(),
                    folder,
                    inject,
                    segments.filter(file -> file.toString().endsWith(".seg")).toList());
        }
    }

    /** Fills the disk but for so many bytes. */
    private static void fill(Path ballast, long left) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        try (FileChannel out = FileChannel.open(
                ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(ballast).getUsableSpace() > left) {
                long room = Files.getFileStore(ballast).getUsableSpace() - left;
                out.write(bytes.clear().limit((int) Math.min(room, bytes.capacity())));
            }
        }
    }

    private VerificationReport restartedAndNothingIsMissing(LoadedGateway door) throws Exception {
        door.process().kill();
        door.start();
        served(door, 10);
        return assertNothingIsMissing(door);
    }

    private VerificationReport assertNothingIsMissing(LoadedGateway door) throws Exception {
        door.awaitSpoolDrained();
        assertThat(door.violations(answers)).isEmpty();
        assertThat(door.terminate()).isZero();
        VerificationReport report = LaterStart.closeWhatIsOpen(door.data());
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        return report;
    }

    private static String requests(VerificationReport report) {
        return report.completeness().requests() + " requests complete, both verdicts good";
    }
}
