package com.keeptrusts.gateway.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.segment.FaultyFiles;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    private Path data;

    private final FaultyFiles files = new FaultyFiles();

    @Test
    void theSameEntryAThousandTimesAtOnceStandsOnce() throws Exception {
        AuditEntry entry = Entries.accepted("r-1");
        List<AppendAnswer> answers;
        try (TestLedger ledger = TestLedger.open(log())) {
            answers = ledger.appendEach(Collections.nCopies(1_000, entry));
        }

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(((Appended) answer).firstIndex()).isEqualTo(1));
        assertThat(ids()).containsOnlyOnce(entry.id());
    }

    @Test
    void theSameEntryStandsOnceAcrossARestartAndAfterItWasPublished() throws Exception {
        AuditEntry entry = Entries.accepted("r-1");
        long first;
        try (TestLedger ledger = TestLedger.open(log())) {
            first = ((Appended) ledger.append(entry)).firstIndex();
        }

        try (TestLedger ledger = TestLedger.open(log())) {
            assertThat(((Appended) ledger.append(entry)).firstIndex()).isEqualTo(first);
        }
        assertThat(ids()).containsOnlyOnce(entry.id());
    }

    @Test
    void aCallWithOneConflictStoresNothing() throws Exception {
        AuditEntry known = Entries.accepted("r-1");
        AuditEntry fresh = Entries.accepted("r-2");
        var other = new AuditEntry(
                known.id(),
                "r-1",
                known.type(),
                Bytes.utf8(known.leaf().toUtf8().replace("llama", "lorem")));
        try (TestLedger ledger = TestLedger.open(log())) {
            ledger.append(known);

            assertThat(reason(ledger.append(fresh, other))).isEqualTo("conflict");
        }
        assertThat(ids()).contains(known.id()).doesNotContain(fresh.id());
    }

    @Test
    void theFirstFailedFlushEndsTheWriterThoughTheNextWouldSucceed() throws Exception {
        AuditEntry refused = Entries.accepted("r-1");
        try (TestLedger ledger = TestLedger.open(log(), TestLedger.OPTIONS.withFiles(files))) {
            files.failNextFlushOf(".seg");

            assertThat(reason(ledger.append(refused))).isEqualTo("writer_dead");
            assertThat(reason(ledger.append(Entries.accepted("r-2")))).isEqualTo("writer_dead");
            assertThat(ledger.diesWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void aFlushThatFailsWhileACheckpointIsPublishedEndsTheWriterToo() throws Exception {
        files.failFlushesOf("checkpoint.new");
        try (TestLedger ledger = TestLedger.open(log(), TestLedger.OPTIONS.withFiles(files))) {
            assertThat(ledger.diesWithin(Duration.ofSeconds(5))).isTrue();
        }
        assertThat(new LedgerDirectory(log()).publishedNote()).isEmpty();
        try (TestLedger again = TestLedger.open(log())) {
            assertThat(again.append(Entries.accepted("r-2"))).isInstanceOf(Appended.class);
        }
    }

    @Test
    void onAFullDiskEntriesAreRefusedAndLaterTakenAgain() throws Exception {
        AuditEntry entry = Entries.accepted("r-1");
        try (TestLedger ledger = TestLedger.open(log(), TestLedger.OPTIONS.withFiles(files))) {
            files.leaveRoomFor(20);
            assertThat(reason(ledger.append(entry))).isEqualTo("disk_full");

            files.leaveRoomFor(Long.MAX_VALUE);
            assertThat(ledger.append(entry)).isInstanceOf(Appended.class);
        }
        assertThat(ids()).containsOnlyOnce(entry.id());
    }

    @Test
    void nothingIsTakenOnceTheReserveOfTheDiskIsReached() throws Exception {
        files.reportFull(false);
        try (TestLedger ledger = TestLedger.open(log(), TestLedger.OPTIONS.withFiles(files))) {
            files.reportFull(true);
            AppendAnswer answer = ledger.append(Entries.accepted("first"));
            while (answer instanceof Appended) { // the reserve is looked at ten times a second
                answer = ledger.append(Entries.accepted("more"));
            }

            assertThat(reason(answer)).isEqualTo("disk_full");
        }
    }

    @Test
    void callsBeyondTheBoundAreRefusedAtOnce() throws Exception {
        var slow = TestLedger.OPTIONS.withWindow(Duration.ofSeconds(1));
        try (TestLedger ledger = TestLedger.open(log(), slow)) {
            List<AuditEntry> many = IntStream.range(0, 3_000)
                    .mapToObj(i -> Entries.accepted("r-" + i))
                    .toList();
            var answers = new ArrayList<CompletableFuture<AppendAnswer>>();
            for (int i = 0; i < 40; i++) {
                answers.add(ledger.send(many));
            }

            assertThat(answers)
                    .anySatisfy(answer -> assertThat(reason(answer.join())).isEqualTo("overloaded"));
            assertThat(answers).anySatisfy(answer -> assertThat(answer.join()).isInstanceOf(Appended.class));
        }
    }

    @Test
    void theKeyIsReadableByItsOwnerOnly() throws Exception {
        TestLedger.open(log()).close();

        assertThat(Files.getPosixFilePermissions(new LedgerDirectory(log()).key()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aLogWhoseSignedEntriesAreGoneRefusesToStart() throws Exception {
        write(10);
        Files.delete(
                Segment.list(new LedgerDirectory(log()).segments()).getLast().file());

        assertThatThrownBy(() -> TestLedger.open(log()))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("acknowledged data is missing");
    }

    @Test
    void aSegmentCutBelowTheSignedSizeRefusesToStart() throws Exception {
        write(10);
        Path segment =
                Segment.list(new LedgerDirectory(log()).segments()).getLast().file();
        byte[] whole = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> TestLedger.open(log())).hasMessageContaining("acknowledged data is missing");
    }

    @Test
    void anOlderCheckpointPutBackRefusesToStart() throws Exception {
        write(10);
        byte[] older = Files.readAllBytes(new LedgerDirectory(log()).checkpoint());
        write(10);
        Files.write(new LedgerDirectory(log()).checkpoint(), older);

        assertThatThrownBy(() -> TestLedger.open(log())).hasMessageContaining("acknowledged data is missing");
    }

    @Test
    void anAcceptedLossBeginsAnotherLogThatTellsOfTheGap() throws Exception {
        write(10);
        LogFacts before = LogFacts.read(new LedgerDirectory(log()).facts());
        Files.delete(
                Segment.list(new LedgerDirectory(log()).segments()).getLast().file());

        try (TestLedger ledger = TestLedger.open(log(), TestLedger.OPTIONS.acceptingLoss(true))) {
            assertThat(ledger.ledger().facts().origin()).isNotEqualTo(before.origin());
            assertThat(ledger.append(Entries.accepted("r-1"))).isInstanceOf(Appended.class);
        }

        assertThat(types()).startsWith("log.opened", "gap");
        try (Stream<Path> logs = Files.list(data)) {
            assertThat(logs.map(log -> log.getFileName().toString()))
                    .hasSize(2)
                    .anyMatch(name -> name.startsWith("writer-0.lost-"));
        }
    }

    @Test
    void segmentsGoOnceTheirEntriesAreInFullBundlesAndNothingIsLost() throws Exception {
        var small = TestLedger.OPTIONS.withSegmentBytes(20_000);
        var written = new ArrayList<String>();
        for (int round = 0; round < 6; round++) {
            try (TestLedger ledger = TestLedger.open(log(), small)) {
                for (int i = 0; i < 150; i++) {
                    AuditEntry entry = Entries.accepted("r-" + round + "-" + i);
                    written.add(entry.id());
                    ledger.append(entry);
                }
            }
        }

        assertThat(Segment.list(new LedgerDirectory(log()).segments())
                        .getFirst()
                        .first())
                .isPositive();
        assertThat(ids()).containsAll(written).hasSize(901);
    }

    @Test
    void partialTilesOfOlderCheckpointsDoNotPileUp() throws Exception {
        try (TestLedger ledger = TestLedger.open(log(), TestLedger.OPTIONS.withCheckpointEvery(Duration.ofMillis(5)))) {
            for (int i = 0; i < 300; i++) {
                ledger.append(Entries.accepted("r-" + i));
            }
        }

        try (Stream<Path> all = Files.walk(new LedgerDirectory(log()).tiles())) {
            assertThat(all.filter(file -> file.toString().contains(".p/"))).hasSizeLessThanOrEqualTo(6);
        }
    }

    private void write(int count) throws Exception {
        try (TestLedger ledger = TestLedger.open(log())) {
            for (int i = 0; i < count; i++) {
                ledger.append(Entries.accepted("r-" + i));
            }
        }
    }

    private Path log() {
        return data.resolve("writer-0");
    }

    private static String reason(AppendAnswer answer) {
        assertThat(answer).isInstanceOf(AppendRefused.class);
        return ((AppendRefused) answer).reason();
    }

    private List<String> ids() throws IOException {
        return heads().stream().map(LeafHead::id).toList();
    }

    private List<String> types() throws IOException {
        return heads().stream().map(LeafHead::type).toList();
    }

    private List<LeafHead> heads() throws IOException {
        var heads = new ArrayList<LeafHead>();
        try (LogCursor cursor = LogCursor.open(new LedgerDirectory(log()), 0)) {
            for (LedgerEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                heads.add(entry.head());
            }
        }
        return heads;
    }
}
