package com.keeptrusts.gateway.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One directory and two processes that want to write it. */
class TwoProcessesTest {

    @TempDir
    private Path data;

    @Test
    void theSecondIsRefusedAndNamesTheFirstUntilThatOneIsGone() throws Exception {
        Path log = data.resolve("writer-0");
        Process first = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        log.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader acknowledged = first.inputReader()) {
            assertThat(nextId(acknowledged)).hasSize(36); // it writes

            assertThatThrownBy(() -> TestLedger.open(log))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("in use by process " + first.pid());
            assertThatThrownBy(() -> TestLedger.open(log, TestLedger.OPTIONS.acceptingLoss(true)))
                    .hasMessageContaining("in use by process " + first.pid());
            assertThat(nextId(acknowledged)).hasSize(36); // and goes on
        } finally {
            first.destroyForcibly();
            assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }

        try (TestLedger ledger = TestLedger.open(log)) {
            assertThat(ledger.append(Entries.accepted("r-1"))).isInstanceOf(Appended.class);
        }
        assertThat(new LedgerVerification().verify(log).whole()).isTrue();
        try (var logs = Files.list(data)) {
            assertThat(logs).containsExactly(log);
        }
    }

    /** The next line that is an id; a logger may write others. Empty at the end. */
    private static String nextId(BufferedReader from) throws IOException {
        String line = from.readLine();
        while (line != null && line.length() != 36) {
            line = from.readLine();
        }
        return line == null ? "" : line;
    }
}
