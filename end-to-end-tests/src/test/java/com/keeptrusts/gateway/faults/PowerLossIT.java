package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.journeys.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * K5: the power goes while requests are under way. The process is stopped, its disk's image copied as it is, and the copy
 * recovered: what no flush had brought there is not in it, as the disk that tells lies about flushes shows.
 */
@Tag("slow")
class PowerLossIT {

    private static final int PER_SECOND = 100;
    private static final int ENOUGH = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private @Nullable LoadedGateway gateway;
    private @Nullable Disk disk;
    private @Nullable Disk copy;

    /** What was known outside when the power went, and what the disk knows. */
    private record Cut(List<MarkedAnswer> answers, List<String> violations) {}

    @BeforeEach
    void needRoot() {
        assumeTrue(Shell.isRoot(), "mounts file systems and traces processes: run it as root");
    }

    @AfterEach
    void close() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        for (Disk mounted : new Disk[] {copy, disk}) {
            if (mounted != null) {
                mounted.close();
            }
        }
    }

    @Test
    void k5_everythingAcknowledgedIsOnTheDiskWhenThePowerGoes() throws Exception {
        LoadedGateway door = start();

        Cut cut = cutThePower(door);

        assertThat(cut.violations()).isEmpty();
        VerificationReport report = LaterStart.closeWhatIsOpen(folder.resolve("copy"));
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        FaultTable.holds(
                "K5",
                "power loss",
                "ext4 in an image, process stopped, image copied, copy recovered",
                cut.answers().size() + " answers and the upstream's journal against the copy: nothing missing, both"
                        + " verdicts good");
    }

    @Test
    void k5_onADiskThatOnlySaysItFlushesAcknowledgedEntriesAreMissing() throws Exception {
        LoadedGateway door = start();

        Cut cut;
        try (Strace lies = Strace.attach(door.process().pid(), folder, "fdatasync,fsync:retval=0", List.of())) {
            cut = cutThePower(door);
            assertThat(lies.injected()).isPositive();
        }

        assertThat(cut.violations()).isNotEmpty();
        FaultTable.holds(
                "K5",
                "power loss, control",
                "as above, every flush skipped by `strace`",
                cut.violations().size() + " records of " + cut.answers().size()
                        + " answers are missing in the copy: the test can fail");
    }

    private LoadedGateway start() throws Exception {
        disk = Disk.ext4(folder.resolve("disk.img"), folder.resolve("data"), 256);
        var door = new LoadedGateway(folder, folder.resolve("data"));
        gateway = door;
        door.start();
        door.warmUp();
        return door;
    }

    private Cut cutThePower(LoadedGateway door) throws Exception {
        Path image = folder.resolve("copy.img");
        List<MarkedAnswer> answers;
        Set<Mark> reached;
        try (MarkedLoad load = door.load(PER_SECOND)) {
            Await.until(
                    PATIENCE,
                    () -> load.answers().stream().filter(MarkedAnswer::good).count() >= ENOUGH);
            Shell.freeze(door.process().pid());
            answers = load.answers();
            reached = door.reachedUpstream();
            Shell.run("cp", "--sparse=always", folder.resolve("disk.img").toString(), image.toString());
        }
        NodeSecret secret = NodeSecret.in(door.data());
        door.process().kill();
        copy = Disk.mount(image, folder.resolve("copy"));
        return new Cut(answers, violations(secret, reached, answers));
    }

    /** After a start of the gateway on the copy, or that it refuses to start there. */
    private List<String> violations(NodeSecret secret, Set<Mark> reached, List<MarkedAnswer> answers) throws Exception {
        Path data = folder.resolve("copy");
        try (var again = new LoadedGateway(folder, data)) {
            again.start();
            again.awaitSpoolDrained();
            assertThat(again.terminate()).isZero();
        } catch (IOException refused) {
            return List.of(String.valueOf(refused.getMessage()));
        }
        return new Reconciliation(secret, LedgerView.of(data)).violations(reached, answers);
    }
}
