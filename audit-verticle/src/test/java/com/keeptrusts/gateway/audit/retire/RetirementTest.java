package com.keeptrusts.gateway.audit.retire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetirementTest {

    @TempDir
    private Path data;

    @Test
    void theLastEntryNamesTheLogThatGoesOnInItsPlace() throws Exception {
        Path writer = data.resolve("writer-0");
        append(writer);

        Retirement retired = Retirement.of(writer, TestLedger.OPTIONS, null);

        LogFacts next = LogFacts.read(writer.resolve("log.json"));
        assertThat(retired.successor()).isEqualTo(next.origin()).isNotEqualTo(retired.origin());
        assertThat(entries(retired.directory()).getLast().leaf().toUtf8())
                .contains("\"type\":\"log.closed\"", "\"successor\":\"" + next.origin() + "\"");
        assertThat(new LedgerVerification().verify(data).exitCode()).isZero();
        append(writer);
    }

    @Test
    void everyEntryOfARetiredLogIsUnderItsLastCheckpoint() throws Exception {
        Path writer = data.resolve("writer-0");
        append(writer);

        Retirement retired = Retirement.of(writer, TestLedger.OPTIONS, "elsewhere/audit/x");

        assertThat(entries(retired.directory())).hasSize(4).allMatch(LedgerEntry::signed);
        assertThat(writer).doesNotExist();
    }

    @Test
    void nothingCanFollowTheLastEntry() throws Exception {
        Path writer = data.resolve("writer-0");
        append(writer);
        Retirement retired = Retirement.of(writer, TestLedger.OPTIONS, "elsewhere/audit/x");

        assertThatThrownBy(() -> TestLedger.open(retired.directory())).hasMessageContaining("retired");
    }

    @Test
    void aRunningWriterIsNotRetired() throws Exception {
        Path writer = data.resolve("writer-0");
        try (TestLedger _ = TestLedger.open(writer)) {
            assertThatThrownBy(() -> Retirement.of(writer, TestLedger.OPTIONS, "elsewhere/audit/x"))
                    .hasMessageContaining("in use by");
        }
    }

    @Test
    void whereNoLogIsNothingIsMade() {
        assertThatThrownBy(() -> Retirement.of(data.resolve("none"), TestLedger.OPTIONS, null))
                .hasMessageContaining("no log here");
        assertThat(data).isEmptyDirectory();
    }

    private static void append(Path writer) throws Exception {
        try (TestLedger log = TestLedger.open(writer)) {
            var accepted = Entries.accepted("r-" + System.nanoTime());
            log.append(accepted);
            log.append(Entries.outcome(accepted));
        }
    }

    private static List<LedgerEntry> entries(Path place) throws IOException {
        var found = new ArrayList<LedgerEntry>();
        try (LedgerReader reader = LedgerReader.open(place)) {
            reader.read(EventQuery.ALL, found::add);
        }
        return found;
    }
}
