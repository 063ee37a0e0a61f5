package com.keeptrusts.gateway.audit.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of subjects and texts under them, on a real disk. */
class ContentStoreTest {

    private static final Asker ALICE = new Asker("acme", "app", "alice@example.org");
    private static final Asker NOBODY = new Asker("acme", "app", null);
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path data;

    @Test
    void aSubjectKeepsItsNameAndItsSaltOverARestart() throws Exception {
        Subject before;
        try (ContentStore store = open(NOON)) {
            before = store.subject(ALICE, true);
        }

        try (ContentStore store = open(NOON.plusSeconds(60))) {
            Subject after = store.subject(ALICE, true);

            assertThat(after.pseudonym()).matches("[0-9a-f]{32}").isEqualTo(before.pseudonym());
            assertThat(after.keyId()).isEqualTo(before.keyId());
            assertThat(after.salt("r-1")).isEqualTo(before.salt("r-1"));
        }
    }

    @Test
    void everyRequestHasASaltOfItsOwnAndEveryTenantItsOwnNames() throws Exception {
        try (ContentStore store = open(NOON)) {
            Subject here = store.subject(ALICE, true);
            Subject there = store.subject(new Asker("other", "app", "alice@example.org"), true);

            assertThat(here.salt("r-1")).isNotEqualTo(here.salt("r-2"));
            assertThat(here.pseudonym()).isNotEqualTo(there.pseudonym());
            assertThat(here.salt("r-1")).isNotEqualTo(there.salt("r-1"));
        }
    }

    @Test
    void anIdempotencyKeyHasTheSameNameAllYearAndIsNotTakenForAnAddress() throws Exception {
        String before;
        try (ContentStore store = open(NOON)) {
            before = store.pseudonymOfIdempotencyKey("10.0.0.1");

            assertThat(before).matches("[0-9a-f]{32}").isNotEqualTo(store.pseudonymOfAddress("10.0.0.1"));
        }
        try (ContentStore store = open(NOON.plusSeconds(60))) {
            assertThat(store.pseudonymOfIdempotencyKey("10.0.0.1")).isEqualTo(before);
        }
        try (ContentStore store = open(Instant.parse("2027-01-01T00:00:00Z"))) {
            assertThat(store.pseudonymOfIdempotencyKey("10.0.0.1")).isNotEqualTo(before);
        }
    }

    @Test
    void inAnotherYearTheSamePersonHasAnotherName() throws Exception {
        String before;
        try (ContentStore store = open(NOON)) {
            before = store.subject(ALICE, true).pseudonym();
        }
        try (ContentStore store = open(Instant.parse("2027-01-01T00:00:00Z"))) {
            assertThat(store.subject(ALICE, true).pseudonym()).isNotEqualTo(before);
        }
    }

    @Test
    void whereNothingIsKeptThereIsANameAndNoKey() throws Exception {
        try (ContentStore store = open(NOON)) {
            Subject subject = store.subject(ALICE, false);

            assertThat(subject.pseudonym()).isNotNull();
            assertThat(subject.keyId()).isNull();
            assertThat(subject.salt("r-1")).isNull();
            assertThat(data.resolve("keys/subjects")).doesNotExist();
        }
    }

    @Test
    void thoseWhomNobodyNamesShareAKeyPerDay() throws Exception {
        try (ContentStore store = open(NOON)) {
            Subject one = store.subject(NOBODY, true);

            assertThat(one.pseudonym()).isNull();
            assertThat(store.subject(NOBODY, true).keyId()).isEqualTo(one.keyId());
            assertThat(store.subject(new Asker("acme", "other", null), true).keyId())
                    .isNotEqualTo(one.keyId());
        }
        try (ContentStore store = open(NOON.plusSeconds(86_400))) {
            assertThat(store.subject(NOBODY, true).keyId()).isNotNull();
        }
    }

    @Test
    void beyondTheMostKeysNewSubjectsShareOne() throws Exception {
        try (ContentStore store = ContentStore.open(new DiskFiles(), place(), clock(NOON), 3)) {
            Set<String> keys = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                keys.add(Objects.requireNonNull(store.subject(new Asker("acme", "app", "user-" + i), true)
                        .keyId()));
            }

            assertThat(keys).hasSize(4);
            assertThat(keyFiles()).hasSize(4);
        }
    }

    @Test
    void whatIsInMemoryIsGivenWithoutTheDisk() throws Exception {
        try (ContentStore store = open(NOON)) {
            assertThat(store.known(ALICE, true)).isNull();

            String keyId = store.subject(ALICE, true).keyId();

            assertThat(Objects.requireNonNull(store.known(ALICE, true)).keyId()).isEqualTo(keyId);
        }
    }

    @Test
    void onlyTheOwnerCanReadKeysAndTheUserIsInNoFile() throws Exception {
        try (ContentStore store = open(NOON)) {
            store.subject(ALICE, true);
        }

        for (Path file : files(data.resolve("keys"))) {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            assertThat(mode).as(file.toString()).isIn("rw-------", "rw-r--r--");
            assertThat(mode.equals("rw-------") || file.endsWith("lock"))
                    .as(file.toString())
                    .isTrue();
            assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("alice");
        }
    }

    @Test
    void aStoreIsForOneProcess() throws Exception {
        try (ContentStore _ = open(NOON)) {
            assertThatThrownBy(() -> open(NOON))
                    .isInstanceOf(ContentInUseException.class)
                    .hasMessageContaining("in use by a running gateway");
        }
    }

    @Test
    void aKeyFileOfAnotherMasterKeyIsNamed() throws Exception {
        try (ContentStore store = open(NOON)) {
            store.subject(ALICE, true);
        }
        Files.write(data.resolve("keys/master.key"), new byte[32]);

        assertThatThrownBy(() -> open(NOON))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("keys/peppers")
                .hasMessageContaining("expected: the master key it was wrapped with");
    }

    @Test
    void noMasterKeyIsMadeInPlaceOfALostOne() throws Exception {
        open(NOON).close();
        Files.delete(data.resolve("keys/master.key"));

        assertThatThrownBy(() -> open(NOON))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("keys/master.key: missing");
    }

    @Test
    void textsAreOnTheDiskEncryptedAndComeBack() throws Exception {
        Map<String, Object> ct;
        try (ContentStore store = open(NOON)) {
            String keyId = Objects.requireNonNull(store.subject(ALICE, true).keyId());
            ct = store.keep("r-1", keyId, texts("the question", "the answer")).get(5, SECONDS);
        }

        assertThat(ct).containsEntry("cipher", "AES-256-GCM").containsEntry("length", 22L);
        assertThat((String) ct.get("hash")).matches("[0-9a-f]{64}");
        assertThat((String) ct.get("blob")).startsWith("2026-11-25/");
        for (Path file : files(data)) {
            assertThat(new String(Files.readAllBytes(file), UTF_8))
                    .doesNotContain("the question")
                    .doesNotContain("the answer");
        }
        assertThat(ContentReading.of(place(), place().masterKey()).texts("r-1", ContentRef.of(ct)))
                .isEqualTo(texts("the question", "the answer"));
    }

    @Test
    void equalTextsAreNeverEqualBlobs() throws Exception {
        try (ContentStore store = open(NOON)) {
            String keyId = Objects.requireNonNull(store.subject(ALICE, true).keyId());
            List<CompletableFuture<Map<String, Object>>> kept = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                kept.add(store.keep("r-" + i % 10, keyId, texts("same", "same")));
            }

            Set<Object> hashes = new HashSet<>();
            Set<Object> nonces = new HashSet<>();
            for (CompletableFuture<Map<String, Object>> each : kept) {
                ContentRef ref = ContentRef.of(each.get(20, SECONDS));
                hashes.add(ref.hash());
                nonces.add(Bytes.copyOf(Pack.read(place(), ref.blob()), 0, 12));
            }
            assertThat(hashes).hasSize(500);
            assertThat(nonces).hasSize(500);
        }
    }

    @Test
    void longTextsAreKeptFromTheirBeginningOn() throws Exception {
        try (ContentStore store = open(NOON)) {
            String keyId = Objects.requireNonNull(store.subject(ALICE, true).keyId());

            var ct = store.keep("r-1", keyId, texts("q".repeat(3_000_000), "a")).get(5, SECONDS);

            assertThat(ct).containsEntry("length", (long) KeptText.MOST_BYTES + 1);
        }
    }

    @Test
    void aBlobOfAnotherRequestCannotBeReadAsThisOnes() throws Exception {
        try (ContentStore store = open(NOON)) {
            String keyId = Objects.requireNonNull(store.subject(ALICE, true).keyId());
            var ct = store.keep("r-1", keyId, texts("a", "b")).get(5, SECONDS);
            ContentReading reading = ContentReading.in(store);

            assertThatThrownBy(() -> reading.texts("r-2", ContentRef.of(ct))).isInstanceOf(ContentException.class);
        }
    }

    private static KeptText texts(String in, String out) {
        return new KeptText(Bytes.utf8(in), Bytes.utf8(out));
    }

    private ContentPlace place() {
        return new ContentPlace(data);
    }

    private ContentStore open(Instant now) throws IOException {
        return ContentStore.open(new DiskFiles(), place(), clock(now));
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private List<Path> keyFiles() throws IOException {
        return files(data.resolve("keys/subjects"));
    }

    private static List<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
