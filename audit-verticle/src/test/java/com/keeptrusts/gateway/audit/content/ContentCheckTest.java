package com.keeptrusts.gateway.audit.content;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.LogReport;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AUDIT 11, tamper matrix: what someone might do to the texts beside a ledger, and that verification names the entry. */
class ContentCheckTest {

    private static final int REQUESTS = 20;

    @TempDir
    private Path data;

    @BeforeEach
    void writeALogWithTexts() throws Exception {
        try (TestLedger log = TestLedger.open(data.resolve("audit/writer-0"));
                ContentStore store = ContentStore.open(new DiskFiles(), new ContentPlace(data), Clock.systemUTC())) {
            for (int i = 0; i < REQUESTS; i++) {
                String keyId = Objects.requireNonNull(
                        store.subject(new Asker("", "", "u" + i % 3), true).keyId());
                Map<String, Object> ct = store.keep(
                                "r-" + i, keyId, new KeptText(Bytes.utf8("question " + i), Bytes.EMPTY))
                        .get(5, SECONDS);
                AuditEntry accepted = Entries.accepted("r-" + i);
                log.append(
                        accepted,
                        Entries.entry("request.outcome", "r-" + i, Instant.now(), Map.of("seq", 1, "of", 2, "ct", ct)));
            }
        }
    }

    @Test
    void untouchedTextsAreGood() throws Exception {
        assertThat(new LedgerVerification().verify(data).exitCode()).isZero();
        assertThat(report(data.resolve("audit/writer-0")).problems()).isEmpty();
    }

    @Test
    void everyEditedByteOfABlobIsFoundAndItsEntryNamed() throws Exception {
        Path pack = pack();
        byte[] good = Files.readAllBytes(pack);
        int frame = 8 + 8 + 12 + 4 + "question 0".length() + 16; // of the first blob: magic, head, nonce, texts, tag
        for (int at = 8; at < frame; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(pack, bad);

            LogReport report = report(data);

            assertThat(report.firstBad()).as("byte " + at).hasValue(2);
        }
    }

    @Test
    void aBlobReplacedByAnotherGoodOneIsFound() throws Exception {
        Path pack = pack();
        byte[] bytes = Files.readAllBytes(pack);
        int frame = 8 + 12 + 4 + "question 0".length() + 16;
        System.arraycopy(bytes, 8 + frame, bytes, 8, frame);
        Files.write(pack, bytes);

        LogReport report = report(data);

        assertThat(report.firstBad()).hasValue(2);
        assertThat(report.problems()).hasSize(1);
        assertThat(report.problems().getFirst().message()).endsWith("is not the one committed to");
    }

    @Test
    void aPackThatWasTakenOutOrCutIsFound() throws Exception {
        Path pack = pack();
        byte[] bytes = Files.readAllBytes(pack);
        Files.write(pack, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(report(data).firstBad()).hasValue(2 * REQUESTS);

        Files.delete(pack);
        assertThat(report(data).firstBad()).hasValue(2);
    }

    @Test
    void aKeyThatWentWithoutAWordIsNoticed() throws Exception {
        deleteKeyOf("u0");

        assertThat(new LedgerVerification().verify(data).lines())
                .contains("integrity: BROKEN")
                .anyMatch(line -> line.matches("entry \\d+ of .*: the key of its texts is gone and no entry says why"));
    }

    @Test
    void aKeyWhoseTimeIsOverMayGo() throws Exception {
        deleteKeyOf("u0");
        try (TestLedger log = TestLedger.open(data.resolve("audit/writer-0"))) {
            var due = new ContentRetention.Due(LocalDate.now(ZoneOffset.UTC).plusDays(1), List.of(), List.of());
            log.append(new ContentEntries("n1", Clock.systemUTC()).pruned(due, 365));
        }

        assertThat(new LedgerVerification().verify(data).exitCode()).isZero();
    }

    @Test
    void aBlobIsHashedAlsoWhereTheStoreWasRenamed() throws Exception {
        Files.writeString(data.resolve("content/store"), "another\n");
        Path pack = pack();
        byte[] bytes = Files.readAllBytes(pack);
        bytes[30] ^= 1;
        Files.write(pack, bytes);

        assertThat(report(data).firstBad()).hasValue(2);
    }

    @Test
    void aDayWhoseTimeIsOverMayGoAsAWhole() throws Exception {
        Path pack = pack();
        Files.delete(pack);
        Files.delete(Objects.requireNonNull(pack.getParent()));

        assertThat(report(data).problems()).isEmpty();
    }

    @Test
    void aLedgerWithoutTheTextsBesideItIsNotToBlame() throws Exception {
        Path copy = data.resolveSibling(data.getFileName() + "-copy").resolve("audit/writer-0");
        try (Stream<Path> files = Files.walk(data.resolve("audit/writer-0"))) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(data.resolve("audit/writer-0").relativize(file));
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                Files.copy(file, to);
            }
        }

        assertThat(report(copy).problems()).isEmpty();
    }

    private void deleteKeyOf(String user) throws Exception {
        try (ContentStore store = ContentStore.open(new DiskFiles(), new ContentPlace(data), Clock.systemUTC())) {
            store.subjects()
                    .destroy(Objects.requireNonNull(
                            store.subject(new Asker("", "", user), true).pseudonym()));
        }
    }

    private static LogReport report(Path place) throws IOException {
        return new LedgerVerification().verify(place).logs().getFirst();
    }

    private Path pack() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("content"))) {
            return files.filter(file -> file.toString().endsWith(".pack"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
