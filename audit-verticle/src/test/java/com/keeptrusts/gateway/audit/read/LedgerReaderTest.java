package com.keeptrusts.gateway.audit.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerReaderTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final LedgerOptions AT_NOON = TestLedger.OPTIONS.withClock(Clock.fixed(NOON, ZoneOffset.UTC));

    @TempDir
    private Path data;

    @Test
    void entriesOfSeveralWritersComeInOrderOfTime() throws Exception {
        write("writer-0", at("r-1", 1), at("r-3", 3));
        write("writer-1", at("r-2", 2), at("r-4", 4));

        assertThat(requests(EventQuery.ALL)).containsExactly("r-1", "r-2", "r-3", "r-4");
    }

    @Test
    void aQueryGivesWhatItAsksFor() throws Exception {
        AuditEntry blocked = at("r-2", 2);
        write("writer-0", at("r-1", 1), blocked, Entries.outcome(blocked, "block"), at("r-3", 3));

        assertThat(requests(EventQuery.ofRequest("r-2"))).containsExactly("r-2", "r-2");
        assertThat(requests(new EventQuery(null, NOON.plusSeconds(2), NOON.plusSeconds(3), null, null, 0)))
                .containsExactly("r-2");
        assertThat(requests(new EventQuery(null, null, null, "block", null, 0))).containsExactly("r-2");
        assertThat(requests(new EventQuery(null, null, null, null, "prompt-injection", 0)))
                .containsExactly("r-2");
        assertThat(requests(new EventQuery(null, null, null, null, "pii-detector", 0)))
                .isEmpty();
        assertThat(requests(new EventQuery(null, null, null, null, null, 3))).containsExactly("r-1", "r-2");
    }

    @Test
    void theLastEntriesAreGivenOldestFirst() throws Exception {
        write("writer-0", at("r-1", 1), at("r-2", 2), at("r-3", 3));

        try (LedgerReader reader = LedgerReader.open(data)) {
            assertThat(reader.last(new EventQuery(null, NOON, NOON.plusSeconds(9), null, null, 2)))
                    .extracting(entry -> entry.head().requestId())
                    .containsExactly("r-2", "r-3");
        }
    }

    @Test
    void whatIsWrittenWhileOneReadsIsGivenTheNextTime() throws Exception {
        var options =
                TestLedger.OPTIONS.withCheckpointEvery(Duration.ofMillis(1)).withSegmentBytes(10_000);
        try (TestLedger ledger = TestLedger.open(data.resolve("audit/writer-0"), options);
                LedgerReader reader = LedgerReader.open(data)) {
            var seen = new ArrayList<String>();
            var written = new ArrayList<String>();
            for (int i = 0; i < 1_500; i++) {
                AuditEntry entry = Entries.accepted("r-" + i);
                ledger.append(entry);
                written.add(entry.id());
                if (i % 100 == 0) {
                    reader.read(EventQuery.ALL, found -> seen.add(found.head().id()));
                    assertThat(seen).endsWith(entry.id());
                }
            }
            reader.read(EventQuery.ALL, found -> seen.add(found.head().id()));

            assertThat(seen.subList(1, seen.size())).isEqualTo(written);
        }
    }

    @Test
    void followingGivesTheLastEntriesAndThenEachNewOneOnce() throws Exception {
        write("writer-0", at("r-1", 1), at("r-2", 2));
        var lines = new ArrayList<String>();
        var rounds = new ArrayDeque<>(List.of("r-3", "r-4"));

        new Events(data, EventFormat.CSV, lines::add).follow(EventQuery.ALL.withLimit(1), () -> {
            String next = rounds.poll();
            if (next != null) {
                append(next);
            }
            return next != null;
        });

        assertThat(lines.subList(1, lines.size()))
                .extracting(line -> line.split(",", -1)[2])
                .containsExactly("r-2", "r-3", "r-4");
    }

    private void append(String requestId) {
        try {
            write("writer-0", at(requestId, 5));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDirectoryWithoutALedgerIsRefused() {
        assertThatThrownBy(() -> LedgerReader.open(data)).hasMessageContaining("no ledger here");
    }

    @Test
    void linesShowWhatAPersonAsksFirst() throws Exception {
        AuditEntry accepted = at("r-1", 1);
        write("writer-0", accepted, Entries.outcome(accepted, "redact"));

        LedgerEntry outcome = all().getLast();

        assertThat(EventLines.tableRow(outcome))
                .contains("request.outcome", "redact", "200", "1.5", "7+9", "r-1", "prompt-injection=redact");
        assertThat(EventLines.csvRow(outcome).split(",", -1))
                .hasSameSizeAs(EventLines.csvHeader().split(",", -1));
        assertThat(EventLines.json(outcome)).contains("\"entry\":{\"id\":").contains("\"signed\":true");
    }

    @Test
    void aCellIsOneOfRfc4180AndNoFormulaHoweverItBegins() throws Exception {
        for (String model : List.of("=1+1", "+1", "-1", "@a", " =1", "\t=1", "\r\n=1", "\uFF1D1", "\u200b=1")) {
            AuditEntry entry =
                    Entries.entry("request.accepted", "r-1", NOON, Map.of("seq", 0, "ask", Map.of("model", model)));

            String row =
                    EventFormat.CSV.line(LedgerEntry.of("o", 1, entry.leaf().array(), true));

            assertThat(row.split(",", -1)[8]).as(model).startsWith("'");
            assertThat(row).endsWith("\r\n").doesNotContain("\t", "\u200b").hasLineCount(1);
        }
        AuditEntry quoted =
                Entries.entry("request.accepted", "r-1", NOON, Map.of("seq", 0, "ask", Map.of("model", "a \"b\", c")));
        assertThat(EventFormat.CSV.line(LedgerEntry.of("o", 1, quoted.leaf().array(), true)))
                .contains(",\"a \"\"b\"\", c\",");
    }

    @Test
    void portionsTogetherAreTheWholeAnswer() throws Exception {
        write("writer-0", at("r-1", 1), at("r-2", 2), at("r-3", 3));
        var whole = new StringBuilder();
        new Events(data, EventFormat.JSON, whole::append).export(EventQuery.ALL);

        var portions = new ArrayList<EventPortions.Portion>();
        try (var answer = EventPortions.open(data, EventQuery.ALL, EventFormat.JSON, 600)) {
            while (portions.isEmpty() || !portions.getLast().last()) {
                portions.add(Objects.requireNonNull(answer.next(Duration.ofSeconds(20))));
            }
        }

        assertThat(portions).hasSizeGreaterThan(1);
        assertThat(portions.stream().map(portion -> portion.text().toUtf8()).collect(Collectors.joining()))
                .isEqualTo(whole.toString());
        assertThat(portions.stream().mapToInt(EventPortions.Portion::entries).sum())
                .isEqualTo(whole.toString().lines().count());
    }

    @Test
    void theTableSaysWhoReadAndWhatWasCounted() {
        AuditEntry read = new AuditRead(
                        Map.of("as", "alice", "auth", "none"), "request", "http", Map.of("request", "r-1"), 2)
                .entry("n1", NOON, 1);
        AuditEntry counter = Entries.entry(
                "counter",
                "",
                NOON,
                Map.of(
                        "counts",
                        List.of(
                                Map.of("what", "success", "key", "a", "n", 3),
                                Map.of("what", "success", "key", "b", "n", 4))));

        assertThat(EventLines.tableRow(LedgerEntry.of("o", 1, read.leaf().array(), true)))
                .startsWith("2026-03-01 12:00:00.000  audit.read")
                .endsWith("alice read request r-1 (2 entries, http)");
        assertThat(EventLines.tableRow(LedgerEntry.of("o", 1, counter.leaf().array(), true)))
                .endsWith("success=7");
    }

    @Test
    void whatAClientChoseReachesNeitherTheTerminalNorTheSpreadsheetAsACommand() throws Exception {
        String model = "=HYPERLINK(\"x\")\u001b[2J\u202e,";
        write(
                "writer-0",
                Entries.entry("request.accepted", "r-1", NOON, Map.of("seq", 0, "ask", Map.of("model", model))));

        LedgerEntry entry = all().getLast();

        assertThat(EventLines.tableRow(entry))
                .doesNotContain("\u001b", "\u202e")
                .contains("=HYPERLINK");
        assertThat(EventLines.csvRow(entry))
                .contains("\"'=HYPERLINK(\"\"x\"\")")
                .doesNotContain("\u001b");
    }

    private static AuditEntry at(String requestId, int second) {
        return Entries.accepted(requestId, NOON.plusSeconds(second));
    }

    private void write(String writer, AuditEntry... entries) throws Exception {
        try (TestLedger ledger = TestLedger.open(data.resolve("audit").resolve(writer), AT_NOON)) {
            for (AuditEntry entry : entries) {
                ledger.append(entry);
            }
        }
    }

    private List<LedgerEntry> all() throws IOException {
        var found = new ArrayList<LedgerEntry>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(EventQuery.ALL, found::add);
        }
        return found.stream()
                .filter(entry -> entry.head().type().startsWith("request."))
                .toList();
    }

    private List<String> requests(EventQuery query) throws IOException {
        var found = new ArrayList<String>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(query, entry -> found.add(entry.head().requestId()));
        }
        return found.stream().filter(request -> !request.isEmpty()).toList();
    }
}
