package com.keeptrusts.gateway.audit.read;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.EntryBundle;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.note.TlogProof;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What someone might do to the files of a ledger, and that verification says so and names the first bad entry. */
class VerificationTest {

    private static final int REQUESTS = 350; // with log.opened 701 entries: two full bundles and a partial one

    @TempDir
    private Path data;

    private LedgerDirectory log;

    @BeforeEach
    void writeALog() throws Exception {
        log = new LedgerDirectory(data.resolve("audit/writer-0"));
        append(0, REQUESTS);
    }

    @Test
    void anUntouchedLedgerIsWholeAndComplete() throws IOException {
        VerificationReport report = verify();

        assertThat(report.logs().getFirst().problems()).isEmpty();
        assertThat(report.exitCode()).isZero();
        assertThat(report.completeness().requests()).isEqualTo(REQUESTS);
        assertThat(report.lines()).contains("integrity: whole");
    }

    @Test
    void anEditedEntryIsNamed() throws IOException {
        editBundle(TilePath.entries(1, 256), leaves -> leaves.set(44, edited(leaves.get(44))));

        assertFirstBad(300);
    }

    @Test
    void anEntryEditedTogetherWithItsTileIsNamedBySegmentAndTileAbove() throws IOException {
        editBundle(TilePath.entries(1, 256), leaves -> leaves.set(44, edited(leaves.get(44))));
        byte[] changed = EntryBundle.parse(bytes(TilePath.entries(1, 256))).get(44);
        byte[] tile = bytes(new TilePath(0, 1, 256));
        System.arraycopy(TreeHash.ofLeaf(changed), 0, tile, 44 * TreeHash.LENGTH, TreeHash.LENGTH);
        Files.write(new TilePath(0, 1, 256).in(log), tile);

        assertFirstBad(300);
        assertThat(problems(verify())).contains("one of the entries from 256 to 511: tile/1/000.p/2 disagrees");
    }

    @Test
    void aDeletedEntryIsNamed() throws IOException {
        editBundle(TilePath.entries(0, 256), leaves -> leaves.remove(17));

        assertFirstBad(17);
    }

    @Test
    void anInsertedEntryIsNamed() throws IOException {
        editBundle(TilePath.entries(0, 256), leaves -> leaves.add(99, leaves.get(5)));

        assertFirstBad(99);
    }

    @Test
    void twoSwappedEntriesAreNamed() throws IOException {
        editBundle(TilePath.entries(2, 189), leaves -> Collections.swap(leaves, 3, 4));

        assertFirstBad(515);
    }

    @Test
    void aDeletedBundleIsNamed() throws IOException {
        Files.delete(TilePath.entries(1, 256).in(log));

        assertFirstBad(256);
    }

    @Test
    void aCutTailIsNamed() throws IOException {
        editBundle(
                TilePath.entries(2, 189),
                leaves -> leaves.subList(100, leaves.size()).clear());

        assertFirstBad(612);
    }

    @Test
    void aCutHeadIsNamed() throws IOException {
        editBundle(TilePath.entries(0, 256), List::removeFirst);

        assertFirstBad(0);
    }

    @Test
    void anAlteredTileIsNamedThoughTheEntriesAreGood() throws IOException {
        byte[] tile = bytes(new TilePath(0, 0, 256));
        tile[7 * TreeHash.LENGTH] ^= 1;
        Files.write(new TilePath(0, 0, 256).in(log), tile);

        assertFirstBad(7);
    }

    @Test
    void aFlippedByteInASegmentIsNamed() throws IOException {
        Path segment = Segment.list(log.segments()).getFirst().file();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[100] ^= 1;
        Files.write(segment, bytes);

        assertFirstBad(0);
        assertThat(problems(verify())).contains("is damaged at byte");
    }

    @Test
    void aMissingSegmentIsNamed() throws IOException {
        Files.delete(Segment.list(log.segments()).getFirst().file());

        assertThat(problems(verify())).contains("the segments end here");
    }

    @Test
    void anOlderCheckpointPutBackIsNoticed() throws Exception {
        byte[] older = Files.readAllBytes(log.checkpoint());
        append(REQUESTS, REQUESTS + 10);
        Files.write(log.checkpoint(), older);

        assertThat(problems(verify())).contains("rolled back");
    }

    @Test
    void aLogRolledBackAsAWholeIsContradictedByACheckpointFromElsewhere() throws Exception {
        Path backup = data.resolve("backup");
        copy(log.path(), backup);
        append(REQUESTS, REQUESTS + 10);
        String kept = Files.readString(log.checkpoint());
        delete(log.path());
        copy(backup, log.path());
        delete(backup);

        assertThat(verify().exitCode()).isZero(); // nothing inside contradicts it
        assertThat(problems(verifyAgainst(kept))).contains("rolled back");
    }

    @Test
    void aLogThatIsGoneIsMissedByWhoKeptACheckpointOfIt() throws Exception {
        String kept = Files.readString(log.checkpoint());
        delete(log.path());
        writeALog();

        VerificationReport report = verifyAgainst(kept);

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(problems(report)).contains("no log of that checkpoint is here");
    }

    @Test
    void aKeyThatIsNotTheTrustedOneIsNoticed() throws Exception {
        VerifierKey trusted =
                SigningKey.generate(LogFacts.read(log.facts()).origin()).verifier();

        VerificationReport report = new LedgerVerification(Clock.systemUTC(), List.of(), List.of(trusted)).verify(data);

        assertThat(problems(report)).contains("another key than the trusted one");
    }

    @Test
    void aCheckpointWithAnEditedSizeIsNoticed() throws IOException {
        Files.writeString(log.checkpoint(), Files.readString(log.checkpoint()).replace("\n701\n", "\n700\n"));

        assertThat(problems(verify())).contains("does not hold");
    }

    @Test
    void aCheckpointOfAnotherKeyIsNoticedAlsoWhenTheKeyIsReplacedWithIt() throws IOException {
        LogFacts facts = LogFacts.read(log.facts());
        SigningKey other = SigningKey.generate(facts.origin());
        Checkpoint signed = checkpoint(facts);
        Files.writeString(log.checkpoint(), other.sign(signed.text()).toString());
        assertThat(problems(verify())).contains("signature");

        Files.writeString(
                log.facts(),
                Files.readString(log.facts())
                        .replace(facts.key().toString(), other.verifier().toString()));
        assertFirstBad(0);
    }

    @Test
    void anOlderCheckpointOfThisLogFromElsewhereAgrees() throws Exception {
        String older = Files.readString(log.checkpoint());
        append(REQUESTS, REQUESTS + 300);

        VerificationReport report = verifyAgainst(older);

        assertThat(report.lines()).contains("integrity: whole");
    }

    @Test
    void entriesThatNoCheckpointCoversYetAreVerifiedFromTheSegments() throws Exception {
        try (TestLedger ledger = TestLedger.open(log.path())) {
            AuditEntry accepted = Entries.accepted("r-new");
            ledger.append(accepted);
            ledger.append(Entries.outcome(accepted));

            LogReport report = verify().logs().getFirst();

            assertThat(report.problems()).isEmpty();
            assertThat(report.signed()).isEqualTo(701);
            assertThat(report.entries()).isEqualTo(703);
        }
    }

    @Test
    void aLogThatIsBeingWrittenIsWholeWheneverOneLooks() throws Exception {
        Path busy = data.resolve("busy/writer-0");
        var options =
                TestLedger.OPTIONS.withCheckpointEvery(Duration.ofMillis(1)).withSegmentBytes(50_000);
        try (TestLedger ledger = TestLedger.open(busy, options)) {
            for (int look = 0; look < 40; look++) {
                var underWay = new ArrayList<AuditEntry>();
                for (int i = 0; i < 60; i++) {
                    underWay.add(Entries.large("r-" + look + "-" + i));
                }
                var answers = underWay.stream()
                        .map(entry -> ledger.send(List.of(entry)))
                        .toList();

                LogReport report = new LedgerVerification().verify(busy).logs().getFirst();

                assertThat(report.problems()).as("look %d", look).isEmpty();
                for (var answer : answers) {
                    assertThat(answer.get(20, SECONDS)).isInstanceOf(Appended.class);
                }
            }
        }
    }

    @Test
    void aRequestWithoutAnEndIsIncompleteOnceItsTimeIsUp() throws Exception {
        try (TestLedger ledger = TestLedger.open(log.path())) {
            ledger.append(Entries.accepted("r-running"));
            ledger.append(Entries.accepted("r-lost", Instant.now().minusSeconds(7_200)));
        }

        VerificationReport report = verify();

        assertThat(report.whole()).isTrue();
        assertThat(report.completeness().pending()).isEqualTo(1);
        assertThat(report.completeness().missing()).isEqualTo(1);
        assertThat(report.completeness().listed().getFirst()).contains("r-lost").contains("no outcome");
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void anOutcomeWithoutItsAcceptedRecordIsIncomplete() throws Exception {
        AuditEntry never = Entries.accepted("r-x", Instant.EPOCH);
        try (TestLedger ledger = TestLedger.open(log.path())) {
            ledger.append(Entries.outcome(never));
        }
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));

        VerificationReport report = new LedgerVerification(later, List.of(), List.of()).verify(data);

        assertThat(report.completeness().listed()).singleElement().asString().contains("record 0 of 2 is missing");
    }

    @Test
    void theSameEntryInTwoLogsIsCountedAndHarmless() throws Exception {
        AuditEntry accepted = Entries.accepted("r-both");
        for (String writer : List.of("writer-0", "writer-1")) {
            try (TestLedger ledger = TestLedger.open(data.resolve("audit").resolve(writer))) {
                ledger.append(accepted);
            }
        }
        try (TestLedger ledger = TestLedger.open(data.resolve("audit/writer-1"))) {
            ledger.append(Entries.outcome(accepted));
        }

        VerificationReport report = verify();

        assertThat(report.exitCode()).isZero();
        assertThat(report.completeness().duplicates()).isEqualTo(1);
        assertThat(report.completeness().requests()).isEqualTo(REQUESTS + 1);
    }

    @Test
    void receiptsFromTheTilesProveTheirEntries() throws Exception {
        LedgerProofs proofs = LedgerProofs.open(log);
        LogFacts facts = LogFacts.read(log.facts());
        var entries = new ArrayList<LedgerEntry>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(EventQuery.ALL, entries::add);
        }

        for (LedgerEntry entry : entries) {
            String receipt = proofs.receipt(entry.index()).toString();
            assertThat(TlogProof.parse(receipt)
                            .verify(entry.leaf().array(), facts.key())
                            .size())
                    .isEqualTo(701);
        }
        assertThat(entries).hasSize(701);
    }

    private void append(int from, int to) throws Exception {
        try (TestLedger ledger = TestLedger.open(log.path())) {
            var entries = new ArrayList<AuditEntry>();
            for (int i = from; i < to; i++) {
                AuditEntry accepted = Entries.accepted("r-" + i);
                entries.add(accepted);
                entries.add(Entries.outcome(accepted));
            }
            ledger.appendEach(entries);
        }
    }

    private VerificationReport verify() throws IOException {
        return new LedgerVerification().verify(data);
    }

    private void assertFirstBad(long index) throws IOException {
        VerificationReport report = verify();
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.whole()).isFalse();
        assertThat(report.logs().getFirst().firstBad()).as(problems(report)).hasValue(index);
    }

    private static String problems(VerificationReport report) {
        return String.join("\n", report.lines());
    }

    private void editBundle(TilePath path, Consumer<List<byte[]>> edit) throws IOException {
        var leaves = new ArrayList<>(EntryBundle.parse(bytes(path)));
        edit.accept(leaves);
        Files.write(path.in(log), EntryBundle.write(leaves));
    }

    private byte[] bytes(TilePath path) throws IOException {
        return Files.readAllBytes(path.in(log));
    }

    private static byte[] edited(byte[] leaf) {
        byte[] changed = Arrays.copyOf(leaf, leaf.length);
        changed[leaf.length / 2] ^= 1;
        return changed;
    }

    private Checkpoint checkpoint(LogFacts facts) throws IOException {
        try {
            return Checkpoint.verified(Files.readString(log.checkpoint()), facts.key());
        } catch (NoteException e) {
            throw new AssertionError(e);
        }
    }

    private VerificationReport verifyAgainst(String olderCheckpoint) throws IOException {
        return new LedgerVerification(Clock.systemUTC(), List.of(olderCheckpoint), List.of()).verify(data);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
