package com.keeptrusts.gateway.audit.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nothing within a ledger contradicts, and a checkpoint or a key that someone kept elsewhere does. */
class OutsideEvidenceTest {

    @TempDir
    private Path data;

    @Test
    void aHistoryThatTheKeysOwnerWroteAnewIsContradictedByAnOlderCheckpoint() throws Exception {
        append(log(), 0, 1);
        copy(log(), data.resolve("beginning"));
        append(log(), 1, 20);
        String kept = Files.readString(log().resolve("checkpoint"));
        Files.move(log(), data.resolve("true"));
        Files.createDirectories(data.resolve("ledger"));
        copy(data.resolve("beginning"), log());
        append(log(), 1, 20);
        append(log(), 2, 20);

        assertThat(verify(List.of(), List.of()).exitCode()).isZero(); // its own kept checkpoints are of the new history

        VerificationReport report = verify(List.of(kept), List.of());
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.logs().getFirst().firstBad()).hasValue(2);
        assertThat(report.lines()).anyMatch(line -> line.contains("an older checkpoint has another root for 22"));
    }

    @Test
    void aLedgerWithAnotherKeyUnderTheSameNameIsContradictedByTheKey() throws Exception {
        append(log(), 0, 5);
        VerifierKey trusted = LogFacts.read(log().resolve("log.json")).key();
        delete();
        append(log(), 0, 5);
        VerifierKey other = LogFacts.read(log().resolve("log.json")).key();

        assertThat(verify(List.of(), List.of(other)).exitCode()).isZero();

        VerificationReport report = verify(List.of(), List.of(trusted));
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.lines()).contains(trusted.name() + ": no log of that key is here");
    }

    private Path log() {
        return data.resolve("ledger/writer-0");
    }

    private VerificationReport verify(List<String> checkpoints, List<VerifierKey> keys) throws IOException {
        return new LedgerVerification(Clock.systemUTC(), checkpoints, keys).verify(data.resolve("ledger"));
    }

    /** Appends on a day of its own, so that its checkpoint is kept. */
    private static void append(Path log, int day, int count) throws Exception {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(day));
        try (TestLedger ledger = TestLedger.open(log, TestLedger.OPTIONS.withClock(clock))) {
            for (int i = 0; i < count; i++) {
                ledger.append(Entries.accepted("r-" + day + "-" + i));
            }
        }
    }

    private void delete() throws IOException {
        Files.move(log(), data.resolve("gone"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
