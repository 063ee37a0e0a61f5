package com.keeptrusts.gateway.audit.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server, a table or a role that cannot promise what is acknowledged is refused at the start, with what to do. */
class PostgresPromisesTest {

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "alter role gateway set synchronous_commit = off | alter role gateway reset synchronous_commit"
                        + "| synchronous_commit: off (expected: on or remote_apply)",
                "alter role gateway set synchronous_commit = local | alter role gateway reset synchronous_commit"
                        + "| synchronous_commit: local (expected: on or remote_apply)",
                "alter table keeptrusts_audit.entry disable trigger append_only"
                        + "| alter table keeptrusts_audit.entry enable always trigger append_only"
                        + "| trigger append_only of keeptrusts_audit.entry is missing or off",
                "alter table keeptrusts_audit.entry enable trigger append_only"
                        + "| alter table keeptrusts_audit.entry enable always trigger append_only"
                        + "| trigger append_only of keeptrusts_audit.entry is missing or off",
                "grant delete on keeptrusts_audit.entry to gateway | revoke delete on keeptrusts_audit.entry from gateway"
                        + "| our role owns or may change keeptrusts_audit.entry",
                "grant update (leaf) on keeptrusts_audit.entry to gateway"
                        + "| revoke update (leaf) on keeptrusts_audit.entry from gateway"
                        + "| our role owns or may change keeptrusts_audit.entry",
                "grant ledger_owner to gateway | revoke ledger_owner from gateway"
                        + "| our role owns or may change keeptrusts_audit.bundle",
                "alter role gateway superuser | alter role gateway nosuperuser | our role is a superuser",
                "alter table keeptrusts_audit.entry set unlogged | alter table keeptrusts_audit.entry set logged"
                        + "| keeptrusts_audit.entry is unlogged or temporary",
                "alter table keeptrusts_audit.lost rename to elsewhere"
                        + "| alter table keeptrusts_audit.elsewhere rename to lost"
                        + "| as `kt events schema` makes them",
            })
    void whatBreaksThePromiseIsRefused(String breaking, String mending, String message) throws Exception {
        database.asSuperuserOfLedger(breaking);
        try {
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining(
                            "PostgreSQL 127.0.0.1:" + database.server().port() + "/ledger: ")
                    .hasMessageContaining(message);
        } finally {
            database.asSuperuserOfLedger(mending);
        }
        open().close();
    }

    @ParameterizedTest
    @CsvSource({"fsync", "full_page_writes"})
    void aServerThatMayLoseWhatItCommittedIsRefused(String setting) throws Exception {
        database.server().stop();
        database.server().run(setting + "=off");
        try {
            assertThatThrownBy(this::open).hasMessageContaining(setting + ": off (expected: on)");
        } finally {
            database.server().stop();
            database.server().run();
        }
    }

    @Test
    void aPasswordThatIsNotSetOrWrongIsSaidWithoutIt() {
        var unset = new PostgresStore(database.vertx(), database.settings(), _ -> null, "n1");
        var wrong = new PostgresStore(database.vertx(), database.settings(), _ -> "a guess", "n1");

        assertThatThrownBy(() -> TestLedger.open(data.resolve("w"), TestLedger.OPTIONS.withStore(unset)))
                .hasMessageContaining("policy.audit-logger.store.password_ref.env: PG_PASSWORD is not set");
        assertThatThrownBy(() -> TestLedger.open(data.resolve("w"), TestLedger.OPTIONS.withStore(wrong)))
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("a guess");
    }

    private TestLedger open() throws Exception {
        return TestLedger.open(data.resolve(data.getFileName()), TestLedger.OPTIONS.withStore(database.store()));
    }
}
