package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogCursor;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger's process is killed at a system call that changes files, or that call fails: at the k-th that one of its
 * threads makes, for every k that is reached, in steps of {@code -Dfaults.step=1}. Killed before the call, the files are
 * as the call before it left them.
 */
@Tag("slow")
class EverySyscallIT {

    private static final String CHANGES = "pwrite64,ftruncate,rename,renameat2,unlink,mkdir,fsync,fdatasync";
    private static final String FLUSHES = "fsync,fdatasync";
    private static final String WRITES = "pwrite64,ftruncate,rename,mkdir";
    private static final int STEP = Integer.getInteger("faults.step", 6);

    @TempDir
    private Path folder;

    /** What a run printed, and whether it came to its end. */
    private record Run(List<String> acknowledged, boolean ended) {}

    @BeforeEach
    void needRoot() {
        assumeTrue(Shell.isRoot(), "traces processes: run it as root");
    }

    @Test
    void killedAtEachCall() throws Exception {
        int tried = sweep(CHANGES, "signal=KILL");

        FaultTable.holds(
                "AUDIT 11",
                "kill at every file call",
                "`strace --inject signal=KILL`, the k-th call of a thread, every " + STEP + ". k",
                tried + " calls: nothing acknowledged missing, both verdicts good after the next start");
    }

    @Test
    void eachFlushFails() throws Exception {
        int tried = sweep(FLUSHES, "error=EIO");

        FaultTable.holds(
                "AUDIT 11",
                "EIO at every flush",
                "`strace --inject error=EIO`, the k-th call of a thread, every " + STEP + ". k",
                tried + " calls: nothing acknowledged missing, both verdicts good after the next start");
    }

    @Test
    void eachWriteFindsTheDiskFull() throws Exception {
        int tried = sweep(WRITES, "error=ENOSPC");

        FaultTable.holds(
                "AUDIT 11",
                "ENOSPC at every write",
                "`strace --inject error=ENOSPC`, the k-th call of a thread, every " + STEP + ". k",
                tried + " calls: nothing acknowledged missing, both verdicts good after the next start");
    }

    /** Until a run comes to its end without having met its call; how many calls were tampered with. */
    private int sweep(String calls, String fault) throws Exception {
        int tried = 0;
        for (int k = 1; ; k += STEP) {
            Path log = folder.resolve(fault.replace('=', '-') + "-" + k);
            Path trace = folder.resolve("trace");
            Run run = run(log, trace, calls, fault + ":when=" + k);
            boolean met = Files.readString(trace).contains("INJECTED") || !run.ended();
            if (!met) {
                assertThat(tried).as("calls that were met").isPositive();
                return tried;
            }
            tried++;
            assertNothingIsMissing(log, run, k);
        }
    }

    private static void assertNothingIsMissing(Path log, Run run, int k) throws Exception {
        Run next = finish(SweptWriter.class, List.of(), log);
        assertThat(next.ended()).as("start after call %d", k).isTrue();
        assertThat(next.acknowledged()).hasSize(40);
        Set<String> there = idsIn(log);
        assertThat(there).as("call %d", k).containsAll(run.acknowledged()).containsAll(next.acknowledged());
        VerificationReport report = new LedgerVerification().verify(log);
        assertThat(report.exitCode())
                .as(k + ": " + String.join("\n", report.lines()))
                .isZero();
    }

    private static Run run(Path log, Path trace, String calls, String inject) throws Exception {
        List<String> strace = List.of(
                "strace", "-f", "-o", trace.toString(), "-e", "trace=" + calls, "-e", "inject=" + calls + ":" + inject);
        return finish(SweptWriter.class, strace, log);
    }

    private static Run finish(Class<?> main, List<String> before, Path log) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                log.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = process.inputReader()
                .lines()
                .filter(line -> line.length() == 36)
                .toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(lines, process.exitValue() == 0);
    }

    private static Set<String> idsIn(Path log) throws IOException {
        Set<String> ids = new HashSet<>();
        try (LogCursor cursor = LogCursor.open(new LedgerDirectory(log), 0)) {
            for (LedgerEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                ids.add(entry.head().id());
            }
        }
        return ids;
    }
}
