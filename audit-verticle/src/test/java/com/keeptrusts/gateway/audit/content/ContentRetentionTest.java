package com.keeptrusts.gateway.audit.content;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.retention.Hold;
import com.keeptrusts.gateway.audit.retention.Holds;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts and keys whose time is over go, the others stay, and a legal hold keeps all. */
class ContentRetentionTest {

    private static final Asker ALICE = new Asker("acme", "app", "alice");
    private static final Asker BOB = new Asker("acme", "app", "bob");

    @TempDir
    private Path data;

    @Test
    void whatIsOlderThanTheRetentionGoesAndNothingElse() throws Exception {
        keep(ALICE, "2024-03-01");
        keep(BOB, "2026-01-09");
        var kept = keep(ALICE, "2026-01-10");

        try (ContentStore store = open("2026-01-20")) {
            ContentRetention retention = retention(store, "2026-01-20");
            ContentRetention.Due due = retention.due(10);
            assertThat(retention.entry(due, 10).leaf().toUtf8())
                    .contains("\"type\":\"admin.content_pruned\"", "\"before\":\"2026-01-10\"", "\"days\":2");
            retention.end(due);

            assertThat(due.days()).containsExactly(LocalDate.parse("2024-03-01"), LocalDate.parse("2026-01-09"));
            assertThat(names("content"))
                    .doesNotContain("2024-03-01", "2026-01-09")
                    .contains("2026-01-10", "store");
            assertThat(keys("keys/peppers")).hasSize(2).allMatch(name -> name.contains("-2026"));
            assertThat(keys("keys/subjects")).hasSize(1);
            assertThat(ContentReading.in(store)
                            .texts("r-2026-01-10", ContentRef.of(kept))
                            .in())
                    .isEqualTo(Bytes.utf8("text"));
            assertThat(retention.due(10).isEmpty()).isTrue();
        }
    }

    @Test
    void aKeyThatIsStillUsedStaysHoweverOldItIs() throws Exception {
        keep(ALICE, "2026-01-01");
        keep(ALICE, "2026-06-01");

        try (ContentStore store = open("2026-06-05")) {
            ContentRetention retention = retention(store, "2026-06-05");
            retention.end(retention.due(10));

            assertThat(keys("keys/subjects")).hasSize(1);
            assertThat(names("content")).contains("2026-06-01").doesNotContain("2026-01-01");
        }
    }

    @Test
    void underAnyLegalHoldNothingGoes() throws Exception {
        keep(ALICE, "2024-03-01");
        TestLedger.open(data.resolve("audit/writer-0")).close();
        var hold = new Hold("case-9", "a case", "counsel", null, null, "somebody");
        new Holds(List.of(hold), Set.of())
                .write(new DiskFiles(), new LedgerDirectory(data.resolve("audit/writer-0")).holds());

        try (ContentStore store = open("2026-01-20")) {
            assertThat(retention(store, "2026-01-20").due(10).isEmpty()).isTrue();
        }
    }

    private Map<String, Object> keep(Asker asker, String day) throws Exception {
        try (ContentStore store = open(day)) {
            String keyId = Objects.requireNonNull(store.subject(asker, true).keyId());
            return store.keep("r-" + day, keyId, new KeptText(Bytes.utf8("text"), Bytes.EMPTY))
                    .get(5, SECONDS);
        }
    }

    private ContentRetention retention(ContentStore store, String day) {
        return new ContentRetention(store, new LedgerHolds(data), new ContentEntries("n1", clock(day)), clock(day));
    }

    private ContentStore open(String day) throws IOException {
        return ContentStore.open(new DiskFiles(), new ContentPlace(data), clock(day));
    }

    private static Clock clock(String day) {
        return Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
    }

    private List<String> keys(String below) throws IOException {
        return names(below).stream().filter(name -> name.endsWith(".key")).toList();
    }

    private List<String> names(String below) throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve(below))) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
