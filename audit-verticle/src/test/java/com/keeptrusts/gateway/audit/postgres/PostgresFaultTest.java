package com.keeptrusts.gateway.audit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.postgres.CuttingProxy.Cut;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the server and of the way to it: an acknowledged entry is there afterwards, and none stands twice. */
class PostgresFaultTest {

    private static final int UNDER_WAY = 100;

    @TempDir
    private Path data;

    private static TestDatabase database;

    @BeforeAll
    static void startServer() throws Exception {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        database.close();
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheServerIsKilledUnderLoad() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (TestLedger ledger = open(database.settings())) {
            for (int round = 0; round < 3; round++) {
                var load = new Load(ledger, acknowledged);
                load.acknowledges(300);

                database.server().kill();
                assertThat(stored())
                        .as("nothing can be read from a killed server")
                        .isNull();
                database.server().run();

                load.acknowledges(300 + UNDER_WAY); // so some were sent to the server that came back
                load.end();
                assertThat(stored()).containsAll(acknowledged);
            }
        }

        assertThat(new LedgerVerification().verify(data).logs().getFirst().problems())
                .isEmpty();
        try (TestLedger again = open(database.settings())) {
            assertThat(again.append(Entries.accepted("r-after"))).isInstanceOf(Appended.class);
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundInTheTable() throws Exception {
        try (CuttingProxy proxy =
                        CuttingProxy.before(database.vertx(), database.server().port());
                TestLedger ledger = open(through(proxy))) {
            AuditEntry entry = Entries.accepted("r-1");
            proxy.cutNext(Cut.BEHIND);

            assertThat(((Appended) ledger.append(entry)).firstIndex()).isEqualTo(1);
            assertThat(((Appended) ledger.append(Entries.accepted("r-2"))).firstIndex())
                    .isEqualTo(2);
            assertThat(stored()).hasSize(3).contains(entry.id());
        }
    }

    @Test
    void aCommitThatNeverArrivedIsDoneOnce() throws Exception {
        try (CuttingProxy proxy =
                        CuttingProxy.before(database.vertx(), database.server().port());
                TestLedger ledger = open(through(proxy))) {
            AuditEntry entry = Entries.accepted("r-1");
            proxy.cutNext(Cut.BEFORE);

            assertThat(((Appended) ledger.append(entry)).firstIndex()).isEqualTo(1);
            assertThat(stored()).hasSize(2).contains(entry.id());
        }
    }

    @Test
    void aDoubtThatLastsEndsTheWriter() throws Exception {
        PostgresSettings impatient = TestDatabase.with(database.settings(), Duration.ofSeconds(2));
        CuttingProxy proxy =
                CuttingProxy.before(database.vertx(), database.server().port());
        PostgresSettings way = TestDatabase.at(impatient, proxy.port());
        try (TestLedger ledger = open(way)) {
            proxy.cutNext(Cut.BEHIND);
            var answer = ledger.send(List.of(Entries.accepted("r-1")));
            proxy.close();

            assertThat(reason(answer.get(20, TimeUnit.SECONDS))).isEqualTo("writer_dead");
            assertThat(reason(ledger.append(Entries.accepted("r-2")))).isEqualTo("writer_dead");
            assertThat(ledger.diesWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void whileTheServerIsStoppedEntriesAreRefusedAndLaterTakenAgain() throws Exception {
        AuditEntry entry = Entries.accepted("r-1");
        try (TestLedger ledger = open(database.settings())) {
            ledger.append(Entries.accepted("r-0"));
            database.server().stop();
            AppendAnswer refused = ledger.append(entry);
            while (!(refused instanceof AppendRefused)) { // until the end of the connection is noticed
                refused = ledger.append(entry);
            }
            assertThat(reason(refused)).isEqualTo("store_unavailable");

            database.server().run();
            assertThat(ledger.append(entry)).isInstanceOf(Appended.class);
        }
        assertThat(stored()).hasSize(3);
    }

    @Test
    void aServerThatForgotAcknowledgedEntriesEndsTheWriter() throws Exception {
        try (TestLedger ledger = open(database.settings())) {
            ledger.append(Entries.accepted("r-0"));
            ledger.append(Entries.accepted("r-1"));
            database.server().stop();
            database.server().run();
            database.asSuperuserOfLedger("alter table keeptrusts_audit.entry disable trigger append_only;"
                    + "delete from keeptrusts_audit.entry where idx = 2 and writer = '" + writer() + "';"
                    + "alter table keeptrusts_audit.entry enable always trigger append_only");

            assertThat(reason(ledger.append(Entries.accepted("r-2")))).isEqualTo("writer_dead");
            assertThat(ledger.diesWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    /** Appends from one thread with many calls under way, until it is ended. */
    private static final class Load {

        private final TestLedger ledger;
        private final Set<String> acknowledged;
        private final Semaphore room = new Semaphore(UNDER_WAY);
        private final Semaphore news = new Semaphore(0);
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final Thread thread;

        Load(TestLedger ledger, Set<String> acknowledged) {
            this.ledger = ledger;
            this.acknowledged = acknowledged;
            this.thread = Thread.ofVirtual().start(this::run);
        }

        private void run() {
            for (int i = 0; going.get(); i++) {
                room.acquireUninterruptibly();
                AuditEntry entry = Entries.large("r-" + i);
                ledger.ledger().append(List.of(entry), Duration.ofSeconds(20), answer -> {
                    if (answer instanceof Appended) {
                        acknowledged.add(entry.id());
                        news.release();
                    }
                    room.release();
                });
            }
        }

        void acknowledges(int more) throws InterruptedException {
            assertThat(news.tryAcquire(more, 60, TimeUnit.SECONDS)).isTrue();
        }

        void end() throws InterruptedException {
            going.set(false);
            thread.join();
            room.acquireUninterruptibly(UNDER_WAY);
        }
    }

    private TestLedger open(PostgresSettings settings) throws Exception {
        return TestLedger.open(
                log(),
                TestLedger.OPTIONS.withStore(database.store(settings)).withCheckpointEvery(Duration.ofMillis(50)));
    }

    private Path log() {
        return data.resolve(data.getFileName());
    }

    private UUID writer() throws IOException {
        return LogFacts.read(new LedgerDirectory(log()).facts()).writer();
    }

    private PostgresSettings through(CuttingProxy proxy) {
        return TestDatabase.at(database.settings(), proxy.port());
    }

    /** Ids in the table; null when no server answers. */
    private @Nullable Set<String> stored() {
        try {
            var ids = new HashSet<String>();
            long rows = 0;
            for (Row row : database.asSuperuserOfLedger(
                    "select id from keeptrusts_audit.entry where writer = '" + writer() + "'")) {
                ids.add(row.getString(0));
                rows++;
            }
            assertThat(ids).hasSize((int) rows);
            return ids;
        } catch (Exception e) {
            return null;
        }
    }

    private static String reason(AppendAnswer answer) {
        assertThat(answer).isInstanceOf(AppendRefused.class);
        return ((AppendRefused) answer).reason();
    }
}
