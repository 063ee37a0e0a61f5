package com.keeptrusts.gateway.audit.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One entry sent again and again: at once, after a restart, to another writer; and once with other bytes. */
class DuplicatesTest {

    private static final int TIMES = 1_000;

    @TempDir
    private Path data;

    private final AuditEntry accepted = Entries.accepted("r-1");
    private final AuditEntry outcome = Entries.outcome(accepted);

    @Test
    void anEntrySentAThousandTimesToEachOfTwoWritersAcrossARestartIsOneEntryAndOneDuplicate() throws Exception {
        for (String writer : List.of("writer-0", "writer-1")) {
            for (int start = 0; start < 2; start++) {
                try (TestLedger ledger = TestLedger.open(data.resolve(writer))) {
                    assertThat(ledger.appendEach(Collections.nCopies(TIMES, accepted)))
                            .allSatisfy(answer ->
                                    assertThat(((Appended) answer).firstIndex()).isEqualTo(1));
                }
            }
        }
        try (TestLedger ledger = TestLedger.open(data.resolve("writer-0"))) {
            ledger.append(outcome);
        }

        VerificationReport report = new LedgerVerification().verify(data);

        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        assertThat(report.logs()).extracting(LogReport::entries).containsExactly(3L, 2L);
        assertThat(report.completeness().requests()).isEqualTo(1);
        assertThat(report.completeness().duplicates()).isEqualTo(1);
    }

    @Test
    void otherBytesUnderAKnownIdAreRefusedHoweverOftenTheyComeAndAlsoAfterARestart() throws Exception {
        var meters = new SimpleMeterRegistry();
        LedgerOptions counted = LedgerOptions.of("n1", meters).withCheckpointEvery(Duration.ofHours(1));
        try (TestLedger ledger = TestLedger.open(data.resolve("writer-0"), counted)) {
            ledger.append(accepted);
            assertThat(ledger.appendEach(Collections.nCopies(TIMES, otherBytes())))
                    .allSatisfy(DuplicatesTest::isConflict);
        }
        try (TestLedger ledger = TestLedger.open(data.resolve("writer-0"), counted)) {
            isConflict(ledger.append(otherBytes()));
        }

        assertThat(meters.get("keeptrusts.audit.conflicts").counter().count()).isEqualTo(TIMES + 1);
        assertThat(new LedgerVerification().verify(data).logs().getFirst().entries())
                .isEqualTo(2);
    }

    @Test
    void otherBytesThatAnotherWriterTookUnderTheSameIdAreAnAlarm() throws Exception {
        try (TestLedger ledger = TestLedger.open(data.resolve("writer-0"))) {
            ledger.append(accepted, outcome);
        }
        try (TestLedger ledger = TestLedger.open(data.resolve("writer-1"))) {
            ledger.append(otherBytes());
        }

        VerificationReport report = new LedgerVerification().verify(data);

        assertThat(report.whole()).isTrue();
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.completeness().listed())
                .singleElement()
                .asString()
                .startsWith("entry 1 of " + report.logs().getLast().origin() + " has the id of another")
                .endsWith(accepted.id());
    }

    private AuditEntry otherBytes() {
        Bytes other = Bytes.utf8(accepted.leaf().toUtf8().replace("llama", "lorem"));
        return new AuditEntry(accepted.id(), "r-1", accepted.type(), other);
    }

    private static void isConflict(AppendAnswer answer) {
        assertThat(answer).isInstanceOf(AppendRefused.class);
        assertThat(((AppendRefused) answer).reason()).isEqualTo("conflict");
    }
}
