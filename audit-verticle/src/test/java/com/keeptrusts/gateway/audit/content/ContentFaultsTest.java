package com.keeptrusts.gateway.audit.content;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.segment.FaultyFiles;
import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full or broken: nothing is said to be kept that is not. */
class ContentFaultsTest {

    private static final Asker ALICE = new Asker("", "", "alice");

    @TempDir
    private Path data;

    private final FaultyFiles files = new FaultyFiles();
    private ContentPlace place;

    @BeforeEach
    void place() {
        place = new ContentPlace(data);
    }

    @Test
    void afterAFailedFlushNothingIsKeptAnyMore() throws Exception {
        try (ContentStore store = open()) {
            String keyId = keyId(store);
            Map<String, Object> before = keep(store, keyId, "r-1").get(5, SECONDS);
            files.failFlushes();

            assertThatThrownBy(() -> keep(store, keyId, "r-2").get(5, SECONDS))
                    .hasRootCauseMessage("Input/output error");
            assertThatThrownBy(() -> keep(store, keyId, "r-3").get(5, SECONDS))
                    .hasMessageContaining("dead after a failed flush");
            assertThat(ContentReading.in(store)
                            .texts("r-1", ContentRef.of(before))
                            .in())
                    .isEqualTo(Bytes.utf8("text of r-1"));
        }
    }

    @Test
    void whatStopsShortIsRefusedAndTheNextBeginsAFreshPack() throws Exception {
        try (ContentStore store = open()) {
            String keyId = keyId(store);
            keep(store, keyId, "r-1").get(5, SECONDS);
            for (int room = 0; room < 8 + 8 + 12 + 4 + "text of r-2".length() + 16; room++) {
                files.leaveRoomFor(room);
                assertThatThrownBy(() -> keep(store, keyId, "r-2").get(5, SECONDS))
                        .as("room for %s bytes", room)
                        .hasRootCauseMessage("No space left on device");
            }
            files.leaveRoomFor(Long.MAX_VALUE);

            ContentRef after = ContentRef.of(keep(store, keyId, "r-3").get(5, SECONDS));

            assertThat(ContentReading.in(store).texts("r-3", after).in()).isEqualTo(Bytes.utf8("text of r-3"));
        }
    }

    @Test
    void inTheReserveOfTheDiskNothingIsTaken() throws Exception {
        try (ContentStore store = open()) {
            String keyId = keyId(store);
            files.reportFull(true);

            assertThatThrownBy(() -> keep(store, keyId, "r-1").get(5, SECONDS)).hasMessageContaining("disk full");
        }
    }

    @Test
    void aKeyThatIsNotOnTheDiskIsNotUsed() throws Exception {
        try (ContentStore store = open()) {
            store.subject(ALICE, false);
            files.failFlushes();

            assertThatThrownBy(() -> store.subject(ALICE, true)).isInstanceOf(FlushFailedException.class);
            assertThat(store.known(ALICE, true)).isNull();
            assertThatThrownBy(() -> store.subject(ALICE, true)).hasMessageContaining("dead after a failed flush");
        }
    }

    @Test
    void whatACrashLeftOfAKeyIsDestroyedWithIt() throws Exception {
        try (ContentStore store = open()) {
            String pseudonym = Objects.requireNonNull(store.subject(ALICE, true).pseudonym());
            Path key = data.resolve("keys/subjects")
                    .resolve(pseudonym.substring(0, 2))
                    .resolve(pseudonym + ".key");
            Files.copy(key, key.resolveSibling(pseudonym + ".key.new"));

            store.subjects().destroy(pseudonym);

            try (Stream<Path> left = Files.walk(data.resolve("keys/subjects"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void aCrashAmidAnAppendHarmsNoEarlierBlob() throws Exception {
        ContentRef ref;
        try (ContentStore store = open()) {
            ref = ContentRef.of(keep(store, keyId(store), "r-1").get(5, SECONDS));
        }
        Path pack = ref.blob().in(place);
        byte[] whole = Files.readAllBytes(pack);
        Files.write(pack, Arrays.copyOf(whole, whole.length + 37)); // a length and no more

        try (ContentStore store = open()) {
            ContentRef next = ContentRef.of(keep(store, keyId(store), "r-2").get(5, SECONDS));
            assertThat(next.blob().pack()).isNotEqualTo(ref.blob().pack());
            assertThat(ContentReading.in(store).texts("r-1", ref).in()).isEqualTo(Bytes.utf8("text of r-1"));
        }
    }

    private ContentStore open() throws IOException {
        return ContentStore.open(files, place, Clock.systemUTC());
    }

    private static String keyId(ContentStore store) throws IOException {
        return Objects.requireNonNull(store.subject(ALICE, true).keyId());
    }

    private static CompletableFuture<Map<String, Object>> keep(ContentStore store, String keyId, String requestId) {
        return store.keep(requestId, keyId, new KeptText(Bytes.utf8("text of " + requestId), Bytes.EMPTY));
    }
}
