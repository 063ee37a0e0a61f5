package com.keeptrusts.gateway.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claim C3 for kill -9: another process writes, is killed at some moment under load, and nothing acknowledged is lost. */
class KillTest {

    private static final int ROUNDS = 4;

    @TempDir
    private Path data;

    @Test
    void nothingAcknowledgedIsLostWhenTheWriterIsKilled() throws Exception {
        Path log = data.resolve("writer-0");
        var acknowledged = new HashSet<String>();
        var random = new Random(9);

        for (int round = 0; round < ROUNDS; round++) {
            int enough = acknowledged.size() + 200 + random.nextInt(800);
            writeUntilKilled(log, acknowledged, enough);

            assertThat(idsIn(log)).as("round %d", round).containsAll(acknowledged);
            VerificationReport report = new LedgerVerification().verify(data);
            assertThat(report.logs().getFirst().problems()).isEmpty();
        }

        try (TestLedger ledger = TestLedger.open(log)) {
            assertThat(ledger.append(Entries.accepted("r-after"))).isInstanceOf(Appended.class);
        }
        assertThat(idsIn(log)).containsAll(acknowledged);
        assertThat(new LedgerVerification().verify(data).whole()).isTrue();
    }

    private static void writeUntilKilled(Path log, Set<String> acknowledged, int enough)
            throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        log.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = writer.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                boolean whole = line.length() == 36;
                if (whole) {
                    acknowledged.add(line);
                }
                if (acknowledged.size() >= enough) {
                    writer.toHandle().destroyForcibly(); // not by the Process, which would close what it has said
                }
            }
        }
        assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
    }

    private static List<String> idsIn(Path log) throws IOException {
        var ids = new ArrayList<String>();
        try (LogCursor cursor = LogCursor.open(new LedgerDirectory(log), 0)) {
            for (LedgerEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                ids.add(entry.head().id());
            }
        }
        return ids;
    }
}
