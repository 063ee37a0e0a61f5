package com.keeptrusts.gateway.audit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.retention.Hold;
import com.keeptrusts.gateway.audit.retention.Holds;
import com.keeptrusts.gateway.audit.retention.Keeping;
import com.keeptrusts.gateway.audit.retention.Pruned;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention of a log in a real server: what goes, goes by the owner's function and leaves its proofs behind. */
class PostgresPruneTest {

    private static final int BUNDLE = 256;
    private static final Duration OLD = Duration.ofDays(400);

    private static TestDatabase database;

    @TempDir
    private Path data;

    @BeforeAll
    static void startServer() throws Exception {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        database.close();
    }

    @Test
    void whatIsOldEnoughGoesFromDirectoryAndTableAndTheRestIsStillProved() throws Exception {
        fill(20);
        age(OLD);

        Pruned pruned = prune();

        assertThat(pruned.to()).isGreaterThanOrEqualTo(16 * BUNDLE);
        assertThat(lowestRow()).isEqualTo(pruned.to());
        assertThat(new LedgerVerification().verify(data).logs().getFirst().problems())
                .isEmpty();
        try (TestLedger again = open()) {
            assertThat(again.append(Entries.accepted("r-after"))).isInstanceOf(Appended.class);
        }
    }

    @Test
    void aDirectoryIsMadeAgainOfWhatWasLeft() throws Exception {
        fill(20);
        age(OLD);
        Pruned pruned = prune();
        byte[] checkpoint = Files.readAllBytes(new LedgerDirectory(log()).checkpoint());
        byte[] key = Files.readAllBytes(new LedgerDirectory(log()).key());
        empty(log());
        Files.createDirectories(log());
        Files.write(new LedgerDirectory(log()).key(), key);

        open().close();

        assertThat(Files.readAllBytes(new LedgerDirectory(log()).checkpoint())).isEqualTo(checkpoint);
        assertThat(facts().minimumIndex()).isEqualTo(pruned.to());
        assertThat(new LedgerVerification().verify(data).logs().getFirst().problems())
                .isEmpty();
    }

    @Test
    void aHoldIsStillKnownWhenItsDirectoryIsGone() throws Exception {
        fill(1);
        Holds before;
        try (TestLedger ledger = open()) {
            var keeping = new Keeping(ledger.ledger());
            keeping.hold(new Hold("case-7", "litigation", "counsel", Instant.EPOCH, null, null));
            before = keeping.holds();
        }
        byte[] key = Files.readAllBytes(new LedgerDirectory(log()).key());
        empty(log());
        Files.createDirectories(log());
        Files.write(new LedgerDirectory(log()).key(), key);

        try (TestLedger ledger = open()) {
            assertThat(new Keeping(ledger.ledger()).holds().active())
                    .isEqualTo(before.active())
                    .hasSize(1);
        }
    }

    @Test
    void theDatabaseItselfKeepsWhatTheLogHasPromised() throws Exception {
        fill(20); // by their own word they are old, but the table has them since today

        assertThatThrownBy(this::prune)
                .hasMessageContaining("has promised to keep its entries for 365 days")
                .isInstanceOf(IOException.class);

        assertThat(lowestRow()).isZero();
    }

    /** Bundles of a log that began long ago by its own clock. */
    private void fill(int bundles) throws Exception {
        Clock past = Clock.offset(Clock.systemUTC(), OLD.negated());
        Instant time = past.instant();
        try (TestLedger ledger = open(past)) {
            ledger.ledger().latch(new LogFacts.Latch(365));
            for (int i = 0; i < bundles; i++) {
                List<AuditEntry> some = IntStream.range(0, BUNDLE)
                        .mapToObj(n -> Entries.accepted("r-" + n, time))
                        .toList();
                assertThat(ledger.append(some.toArray(AuditEntry[]::new))).isInstanceOf(Appended.class);
            }
        }
    }

    private Pruned prune() throws Exception {
        try (TestLedger ledger = open()) {
            return new Keeping(ledger.ledger()).prune(365);
        }
    }

    /** Lets the table have had its rows for that long, as only time or one who switches triggers off can. */
    private void age(Duration by) throws Exception {
        database.asSuperuserOfLedger("alter table keeptrusts_audit.entry disable trigger append_only;"
                + "update keeptrusts_audit.entry set stored = stored - interval '" + by.toDays()
                + " days' where writer = '"
                + facts().writer() + "';"
                + "alter table keeptrusts_audit.entry enable always trigger append_only");
    }

    private long lowestRow() throws Exception {
        return database.count("select min(idx) from keeptrusts_audit.entry where writer = '" + facts().writer() + "'");
    }

    private TestLedger open() throws IOException {
        return open(Clock.systemUTC());
    }

    private TestLedger open(Clock clock) throws IOException {
        return TestLedger.open(log(), TestLedger.OPTIONS.withClock(clock).withStore(database.store()));
    }

    private Path log() {
        return data.resolve(data.getFileName());
    }

    private LogFacts facts() throws IOException {
        return LogFacts.read(new LedgerDirectory(log()).facts());
    }

    private static void empty(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
