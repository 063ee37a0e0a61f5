package com.keeptrusts.gateway.audit.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.content.Erasure.Result;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.audit.retention.Hold;
import com.keeptrusts.gateway.audit.retention.Holds;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AUDIT 11, erasure: afterwards nothing finds the subject's texts, no guess can be tested, and the log verifies. */
class ErasureTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String QUESTION = "My blood sugar was 212 this morning";
    private static final String ANSWER = "Please see a doctor about that today";
    private static final Asker ALICE = new Asker("acme", "app", "alice@example.org");
    private static final Asker BOB = new Asker("acme", "app", "bob@example.org");
    private static final ErasureRequest ERASE_ALICE =
            new ErasureRequest("alice@example.org", null, "request 17", "dpo");

    @TempDir
    private Path data;

    /** What the ledger holds of one request. */
    private record Recorded(String requestId, String keyId, String commitment, Map<String, Object> ct) {}

    @Test
    void afterwardsNothingIsFoundNoGuessCanBeTestedAndTheLogVerifiesAsBefore() throws Exception {
        Recorded alice;
        Recorded bob;
        try (TestLedger log = ledger();
                ContentStore store = open(NOON)) {
            alice = record(store, log, ALICE, "r-1");
            bob = record(store, log, BOB, "r-2");
            assertThat(guessMatches(store, alice))
                    .as("before, a guess can be tested")
                    .isTrue();

            Erasure erasure = erasure(store, new LedgerHolds(data));
            var erased = (Result.Erased) erasure.erase(ERASE_ALICE);
            log.append(erased.entries().toArray(AuditEntry[]::new));
            erasure.recorded(erased.entries());

            assertThat(guessMatches(store, alice)).isFalse();
            assertThatThrownBy(() -> ContentReading.in(store).texts("r-1", ContentRef.of(alice.ct())))
                    .isInstanceOf(ContentException.class)
                    .hasMessageContaining("erased, its key is no more");
            assertThat(ContentReading.in(store)
                            .texts("r-2", ContentRef.of(bob.ct()))
                            .in())
                    .isEqualTo(Bytes.utf8(QUESTION));
        }

        assertThat(everything()).doesNotContain(QUESTION, ANSWER, "alice@example.org");
        ContentReading later = ContentReading.of(place(), place().masterKey());
        assertThatThrownBy(() -> later.texts("r-1", ContentRef.of(alice.ct()))).isInstanceOf(ContentException.class);
        assertThat(later.texts("r-2", ContentRef.of(bob.ct())).out()).isEqualTo(Bytes.utf8(ANSWER));
        VerificationReport report = new LedgerVerification().verify(data);
        assertThat(report.logs().getFirst().problems()).isEmpty();
        assertThat(report.exitCode()).isZero();
        assertThat(everything()).contains("\"type\":\"subject.erased\"").contains("\"reason\":\"request 17\"");
    }

    @Test
    void aCopyOfTheDirectoryWithEveryPepperIsNoWayBackEither() throws Exception {
        Recorded alice;
        try (TestLedger log = ledger();
                ContentStore store = open(NOON)) {
            alice = record(store, log, ALICE, "r-1");
            erasure(store, _ -> Optional.empty()).erase(ERASE_ALICE);

            Subject again = store.subject(ALICE, true);

            assertThat(again.pseudonym()).isEqualTo(SubjectKeys.pseudonymOf(alice.keyId()));
            assertThat(again.keyId()).isNotEqualTo(alice.keyId());
            assertThat(again.salt("r-1")).isNotNull().isNotEqualTo(Bytes.EMPTY);
            assertThat(commitment(Objects.requireNonNull(again.salt("r-1")))).isNotEqualTo(alice.commitment());
        }
    }

    @Test
    void allYearsOfASubjectGoTogether() throws Exception {
        try (ContentStore store = open(Instant.parse("2025-06-01T00:00:00Z"))) {
            store.subject(ALICE, true);
        }
        try (ContentStore store = open(NOON)) {
            store.subject(ALICE, true);
            store.subject(BOB, true);

            var erased = (Result.Erased) erasure(store, _ -> Optional.empty()).erase(ERASE_ALICE);

            assertThat(erased.entries()).hasSize(2);
            assertThat(keyFiles()).hasSize(1);
        }
    }

    @Test
    void aPseudonymOrAKeyIdWillDo() throws Exception {
        try (ContentStore store = open(NOON)) {
            String pseudonym = String.valueOf(store.subject(ALICE, true).pseudonym());
            String nobody = String.valueOf(
                    store.subject(new Asker("acme", "app", null), true).keyId());
            Erasure erasure = erasure(store, _ -> Optional.empty());

            assertThat(erasure.erase(new ErasureRequest(pseudonym, null, "r", "dpo")))
                    .isInstanceOf(Result.Erased.class);
            assertThat(erasure.erase(new ErasureRequest(nobody, null, "r", "dpo")))
                    .isInstanceOf(Result.Erased.class);
            assertThat(keyFiles()).isEmpty();
        }
    }

    @Test
    void whomNothingIsKeptOfIsSaidToBeUnknown() throws Exception {
        try (ContentStore store = open(NOON)) {
            store.subject(BOB, true);
            Erasure erasure = erasure(store, _ -> Optional.empty());

            assertThat(erasure.erase(ERASE_ALICE)).isEqualTo(new Result.Unknown());
            assertThat(erasure.erase(new ErasureRequest("bob@example.org", "another-tenant", "r", "dpo")))
                    .isEqualTo(new Result.Unknown());
            assertThat(keyFiles()).hasSize(1);
        }
    }

    @Test
    void underALegalHoldNothingIsTouchedAndTheAttemptIsToBeRecorded() throws Exception {
        ledger().close();
        try (ContentStore store = open(NOON)) {
            String pseudonym = store.subject(ALICE, true).pseudonym();
            var hold = new Hold("case-9", "a case", "counsel", null, null, pseudonym);
            new Holds(List.of(hold), Set.of()).write(new DiskFiles(), holdFile());

            Result result = erasure(store, new LedgerHolds(data)).erase(ERASE_ALICE);

            var held = (Result.Held) result;
            assertThat(held.hold()).isEqualTo("case-9");
            assertThat(held.entry().type()).isEqualTo("admin.erase_refused");
            assertThat(held.entry().leaf().toUtf8())
                    .contains("\"hold\":\"case-9\"")
                    .doesNotContain("alice");
            assertThat(keyFiles()).hasSize(1);
            assertThat(erasure(store, new LedgerHolds(data))
                            .erase(new ErasureRequest("bob@example.org", null, "r", "dpo")))
                    .isEqualTo(new Result.Unknown());
        }
    }

    @Test
    void holdsThatCannotBeReadForbidEverything() throws Exception {
        ledger().close();
        try (ContentStore store = open(NOON)) {
            store.subject(ALICE, true);
            Files.writeString(holdFile(), "{\"holds\":");

            assertThatThrownBy(() -> erasure(store, new LedgerHolds(data)).erase(ERASE_ALICE))
                    .hasMessageContaining("cannot be read, so nothing is removed");
            assertThat(keyFiles()).hasSize(1);
        }
    }

    @Test
    void anErasureThatACrashCutShortIsFinishedAndRecordedOnce() throws Exception {
        AuditEntry owed;
        try (ContentStore store = open(NOON)) {
            String pseudonym = String.valueOf(store.subject(ALICE, true).pseudonym());
            owed = new ContentEntries("n1", Clock.fixed(NOON, ZoneOffset.UTC)).erased(pseudonym, ERASE_ALICE);
            store.pending().add(owed); // and here it crashed, before the key was deleted
        }

        try (TestLedger log = ledger();
                ContentStore store = open(NOON)) {
            Erasure erasure = erasure(store, _ -> Optional.empty());
            List<AuditEntry> again = erasure.unrecorded();
            log.append(again.toArray(AuditEntry[]::new));
            log.append(again.toArray(AuditEntry[]::new));
            erasure.recorded(again);

            assertThat(again).containsExactly(owed);
            assertThat(keyFiles()).isEmpty();
            assertThat(erasure.unrecorded()).isEmpty();
        }
        try (LedgerReader reader = LedgerReader.open(data)) {
            assertThat(reader.last(EventQuery.ALL))
                    .extracting(entry -> entry.head().type())
                    .containsExactly("log.opened", "subject.erased");
        }
    }

    @Test
    void aTextThatComesAfterTheErasureIsNotKept() throws Exception {
        try (ContentStore store = open(NOON)) {
            String keyId = Objects.requireNonNull(store.subject(ALICE, true).keyId());
            erasure(store, _ -> Optional.empty()).erase(ERASE_ALICE);

            var kept = store.keep("r-9", keyId, new KeptText(Bytes.utf8(QUESTION), Bytes.EMPTY));

            assertThat(kept)
                    .failsWithin(java.time.Duration.ofSeconds(5))
                    .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                    .withMessageContaining("erased meanwhile");
        }
    }

    @Test
    void whatGoesIntoTheLedgerMustNotNameTheSubject() {
        assertThatThrownBy(() -> new ErasureRequest("alice", null, "alice asked for it", "dpo"))
                .hasMessage("reason: names the subject (expected: a text without, as the ledger keeps it)");
        assertThatThrownBy(() -> new ErasureRequest("alice", null, " ", "dpo")).hasMessageStartingWith("reason: ");
        assertThat(new ErasureRequest("alice", null, "r", "dpo").toString()).doesNotContain("alice");
    }

    private Recorded record(ContentStore store, TestLedger log, Asker asker, String requestId) throws Exception {
        Subject subject = store.subject(asker, true);
        String keyId = Objects.requireNonNull(subject.keyId());
        String commitment = commitment(Objects.requireNonNull(subject.salt(requestId)));
        Map<String, Object> ct = store.keep(requestId, keyId, new KeptText(Bytes.utf8(QUESTION), Bytes.utf8(ANSWER)))
                .get(5, SECONDS);
        AuditEntry accepted = Entries.accepted(requestId);
        log.append(
                accepted,
                Entries.entry(
                        "request.outcome",
                        requestId,
                        Instant.now(),
                        Map.of("seq", 1, "of", 2, "cm", Map.of("in", commitment, "key", keyId), "ct", ct)));
        return new Recorded(requestId, keyId, commitment, ct);
    }

    /** What someone would do who has all files and guesses right. */
    private static boolean guessMatches(ContentStore store, Recorded recorded) throws Exception {
        WrappedKey key = store.subjects().byId(recorded.keyId());
        return key != null && commitment(key.salt(recorded.requestId())).equals(recorded.commitment());
    }

    private static String commitment(Bytes salt) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salt.array(), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(QUESTION.getBytes(UTF_8)));
    }

    private Path holdFile() {
        return new LedgerDirectory(data.resolve("audit/writer-0")).holds();
    }

    private TestLedger ledger() throws IOException {
        return TestLedger.open(data.resolve("audit/writer-0"));
    }

    private static Erasure erasure(ContentStore store, LegalHolds holds) {
        return new Erasure(store, holds, new ContentEntries("n1", Clock.fixed(NOON, ZoneOffset.UTC)));
    }

    private ContentStore open(Instant now) throws IOException {
        return ContentStore.open(new DiskFiles(), place(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private ContentPlace place() {
        return new ContentPlace(data);
    }

    private List<Path> keyFiles() throws IOException {
        return files(data.resolve("keys/subjects"));
    }

    /** Every byte of every file, names included. */
    private String everything() throws IOException {
        var all = new StringBuilder();
        for (Path file : files(data)) {
            all.append(file).append('\n').append(new String(Files.readAllBytes(file), ISO_8859_1));
        }
        return all.toString();
    }

    private static List<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
