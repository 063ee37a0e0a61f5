package com.keeptrusts.gateway.audit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A log in a real server: what a caller is promised, and what the directory beside it is good for. */
class PostgresLedgerTest {

    private static TestDatabase database;

    @TempDir
    private Path data;

    private Path log;

    @BeforeAll
    static void startServer() throws Exception {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        database.close();
    }

    @BeforeEach
    void nameLogAfterTest(TestInfo test) {
        log = data.resolve(test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void whatIsAcknowledgedIsInTheTableAndTheDirectoryVerifies() throws Exception {
        List<AuditEntry> entries = accepted(600);
        var answers = new ArrayList<AppendAnswer>();
        try (TestLedger ledger = open()) {
            answers.addAll(ledger.appendEach(entries));
            for (AuditEntry entry : entries) {
                answers.add(ledger.append(Entries.outcome(entry)));
            }

            assertThat(rows()).isEqualTo(1_201);
        }

        assertThat(answers).hasOnlyElementsOfType(Appended.class);
        assertThat(new LedgerVerification().verify(data).whole()).isTrue();
        assertThat(idsInDirectory()).hasSize(1_201);
    }

    @Test
    void aGroupIsOneTransaction() throws Exception {
        try (TestLedger ledger = open()) {
            ledger.append(accepted(200).toArray(AuditEntry[]::new));
        }

        assertThat(database.count("select count(distinct xmin::text) from keeptrusts_audit.entry where idx between 1"
                        + " and 200 and writer = '" + facts().writer() + "'"))
                .isEqualTo(1);
    }

    @Test
    void theSameEntryAThousandTimesAtOnceStandsOnce() throws Exception {
        AuditEntry entry = Entries.accepted("r-1");
        try (TestLedger ledger = open()) {
            List<AppendAnswer> answers = ledger.appendEach(Collections.nCopies(1_000, entry));

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(((Appended) answer).firstIndex()).isEqualTo(1));
        }
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void anEntryThatTheLogDoesNotRememberIsFoundInTheTable() throws Exception {
        AuditEntry old = Entries.accepted("r-old", Instant.now().minus(Duration.ofDays(2)));
        AuditEntry fresh = Entries.accepted("r-fresh");
        long first;
        try (TestLedger ledger = open()) {
            first = ((Appended) ledger.append(old)).firstIndex();
            for (int i = 0; i < 18; i++) { // beyond what a start reads back
                ledger.append(accepted(256).toArray(AuditEntry[]::new));
            }
        }

        try (TestLedger ledger = open()) {
            assertThat(((Appended) ledger.append(old)).firstIndex()).isEqualTo(first);
            assertThat(ledger.append(old, fresh)).isInstanceOf(Appended.class);
            assertThat(reason(ledger.append(altered(old)))).isEqualTo("conflict");
        }
        assertThat(rows()).isEqualTo(1 + 1 + 18 * 256 + 1);
    }

    @Test
    void anEntryStandsOnceInAllLogsAndTheSecondWriterSaysWhere() throws Exception {
        AuditEntry entry = Entries.accepted("r-1");
        AuditEntry own = Entries.accepted("r-2");
        Path other = data.resolve("other");
        try (TestLedger first = open();
                TestLedger second = TestLedger.open(other, options(database.store()))) {
            Appended there = (Appended) first.append(entry);

            assertThat(second.append(entry)).isEqualTo(there);
            assertThat(reason(second.append(altered(entry)))).isEqualTo("conflict");
            assertThat(second.append(entry, own)).isInstanceOf(Appended.class);
        }
        assertThat(database.count("select count(*) from keeptrusts_audit.entry where id = '" + entry.id() + "'"))
                .isEqualTo(1);
        assertThat(new LedgerVerification().verify(data).logs())
                .allSatisfy(one -> assertThat(one.problems()).isEmpty());
    }

    @Test
    void aSecondWriterOfTheLogIsRefused() throws Exception {
        try (TestLedger first = open()) {
            var impatient = database.store(TestDatabase.with(database.settings(), Duration.ofSeconds(1)));
            Path elsewhere = Files.createDirectories(data.resolve("elsewhere")).resolve(log.getFileName());

            assertThatThrownBy(() -> TestLedger.open(elsewhere, options(impatient)))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageMatching("log n1/.*: in use by session \\d+ from 127.0.0.1.* since .*");
            assertThat(first.append(Entries.accepted("r-1"))).isInstanceOf(Appended.class);
        }
    }

    @Test
    void anEmptyDirectoryIsMadeAgainFromTheDatabase() throws Exception {
        try (TestLedger ledger = open()) {
            ledger.appendEach(accepted(700));
        }
        LogFacts before = facts();
        Path key = Files.copy(new LedgerDirectory(log).key(), data.resolve("kept.pem"));
        empty(log);

        var store = new PostgresStore(
                database.vertx(),
                withKey(database.settings(), "AUDIT_KEY"),
                name -> name.equals("AUDIT_KEY") ? read(key) : TestDatabase.environment(name),
                "n1");
        try (TestLedger ledger = TestLedger.open(log, options(store))) {
            assertThat(ledger.ledger().facts()).isEqualTo(before);
            assertThat(idsInDirectory()).hasSize(701);
            assertThat(((Appended) ledger.append(Entries.accepted("r-after"))).firstIndex())
                    .isEqualTo(701);
        }
        assertThat(new LedgerVerification().verify(data).logs().getFirst().problems())
                .isEmpty();
    }

    @Test
    void whoMayReadTheTablesCopiesALogThatVerifiesWhileItsWriterRuns() throws Exception {
        database.as(TestDatabase.OWNER, "grant usage on schema keeptrusts_audit to " + TestDatabase.AUDITOR);
        database.as(
                TestDatabase.OWNER, "grant select on all tables in schema keeptrusts_audit to " + TestDatabase.AUDITOR);
        Path copy = data.resolve("copy");
        String name = "n1/" + log.getFileName();
        try (TestLedger ledger = open()) {
            ledger.appendEach(accepted(300));
        }
        try (TestLedger ledger = open()) {
            PostgresCopy.write(
                    database.vertx(),
                    TestDatabase.as(database.settings(), TestDatabase.AUDITOR),
                    TestDatabase::environment,
                    name,
                    copy);
            assertThat(ledger.append(Entries.accepted("r-on"))).isInstanceOf(Appended.class);
        }

        var report = new LedgerVerification().verify(copy).logs().getFirst();
        assertThat(report.problems()).isEmpty();
        assertThat(report.signed()).isEqualTo(301);
        assertThatThrownBy(() -> PostgresCopy.write(
                        database.vertx(), database.settings(), TestDatabase::environment, name, copy))
                .hasMessageContaining("a log is here already");
        assertThatThrownBy(() -> PostgresCopy.write(
                        database.vertx(),
                        database.settings(),
                        TestDatabase::environment,
                        "nobody",
                        data.resolve("none")))
                .hasMessageContaining("no log of the name nobody");
    }

    @Test
    void withoutItsKeyALogIsNotGoneOnWith() throws Exception {
        open().close();
        empty(log);

        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("key.pem: missing")
                .hasMessageContaining("policy.audit-logger.store.key_ref.env");
    }

    @Test
    void thePromiseOfAnImmutableLogIsInTheDatabaseToo() throws Exception {
        try (TestLedger ledger = open()) {
            ledger.ledger().latch(new LogFacts.Latch(400));
        }
        byte[] key = Files.readAllBytes(new LedgerDirectory(log).key());
        empty(log);
        Files.createDirectories(log);
        Files.write(new LedgerDirectory(log).key(), key);

        try (TestLedger ledger = open()) {
            assertThat(ledger.ledger().facts().latch()).isEqualTo(new LogFacts.Latch(400));
        }
    }

    @Test
    void signedEntriesThatAreGoneFromTheTableAreMissed() throws Exception {
        try (TestLedger ledger = open()) {
            ledger.appendEach(accepted(20));
        }
        tamper("delete from keeptrusts_audit.entry where idx >= 15 and writer = '" + facts().writer() + "'");

        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("acknowledged data is missing");
    }

    @Test
    void aCheckpointOfTheDirectoryIsBelievedMoreThanADatabaseThatForgot() throws Exception {
        try (TestLedger ledger = open()) {
            ledger.appendEach(accepted(20));
        }
        String ofLog = " and writer = '" + facts().writer() + "'";
        tamper("delete from keeptrusts_audit.entry where idx >= 10" + ofLog
                + "; delete from keeptrusts_audit.checkpoint" + " where size > 5" + ofLog);

        assertThatThrownBy(this::open)
                .hasMessageContaining("acknowledged data is missing: entries 10 to 20 were signed");
    }

    @Test
    void anAlteredRowIsNoticedAtTheStart() throws Exception {
        try (TestLedger ledger = open()) {
            ledger.appendEach(accepted(20));
        }
        tamper("update keeptrusts_audit.entry set leaf = leaf || ' ' where idx = 7 and writer = '" + facts().writer()
                + "'");

        assertThatThrownBy(this::open).hasMessageContaining("are not those that were written and signed");
    }

    @Test
    void anAcceptedLossBeginsAnotherLogUnderTheSameName() throws Exception {
        try (TestLedger ledger = open()) {
            ledger.appendEach(accepted(20));
        }
        LogFacts before = facts();
        tamper("delete from keeptrusts_audit.entry where idx >= 15 and writer = '" + before.writer() + "'");

        try (TestLedger ledger = TestLedger.open(log, options(database.store()).acceptingLoss(true))) {
            assertThat(ledger.ledger().facts().origin()).isNotEqualTo(before.origin());
            assertThat(ledger.append(Entries.accepted("r-1"))).isInstanceOf(Appended.class);
        }
        try (TestLedger ledger = open()) {
            assertThat(ledger.append(Entries.accepted("r-2"))).isInstanceOf(Appended.class);
        }
    }

    @Test
    void aDirectoryOfAnotherStoreIsRefused() throws Exception {
        TestLedger.open(log).close();

        assertThatThrownBy(this::open).hasMessageContaining("is not in the database under the name");
    }

    private TestLedger open() throws IOException {
        return TestLedger.open(log, options(database.store()));
    }

    private static LedgerOptions options(PostgresStore store) {
        return TestLedger.OPTIONS.withStore(store);
    }

    private static PostgresSettings withKey(PostgresSettings s, String env) {
        return new PostgresSettings(
                s.server(), s.name(), s.passwordEnv(), s.tls(), s.ca(), env, s.connect(), s.commit(), s.recovery());
    }

    /** As one who may switch triggers off. */
    private static void tamper(String sql) throws Exception {
        database.asSuperuserOfLedger("alter table keeptrusts_audit.entry disable trigger append_only;"
                + "alter table keeptrusts_audit.checkpoint disable trigger append_only; " + sql + ";"
                + "alter table keeptrusts_audit.entry enable always trigger append_only;"
                + "alter table keeptrusts_audit.checkpoint enable always trigger append_only");
    }

    private LogFacts facts() throws IOException {
        return LogFacts.read(new LedgerDirectory(log).facts());
    }

    private long rows() throws Exception {
        return database.count("select count(*) from keeptrusts_audit.entry where writer = '" + facts().writer() + "'");
    }

    private List<String> idsInDirectory() throws IOException {
        var ids = new ArrayList<String>();
        try (LedgerReader reader = LedgerReader.open(log)) {
            reader.read(EventQuery.ALL, entry -> ids.add(entry.head().id()));
        }
        return ids;
    }

    private static List<AuditEntry> accepted(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entries.accepted("r-" + i))
                .toList();
    }

    private static AuditEntry altered(AuditEntry entry) {
        return new AuditEntry(
                entry.id(),
                entry.requestId(),
                entry.type(),
                Bytes.utf8(entry.leaf().toUtf8().replace("llama", "lorem")));
    }

    private static String reason(AppendAnswer answer) {
        assertThat(answer).isInstanceOf(AppendRefused.class);
        return ((AppendRefused) answer).reason();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void empty(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
