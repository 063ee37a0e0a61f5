package com.keeptrusts.gateway.audit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tables refuse, whoever asks. */
class PostgresSchemaTest {

    private static final String WRITER_ID = "00000000-0000-0000-0000-000000000001";

    private static TestDatabase database;

    @BeforeAll
    static void startServer() throws Exception {
        database = TestDatabase.start();
        database.as(
                TestDatabase.WRITER,
                "insert into keeptrusts_audit.log (writer, name, origin) values ('" + WRITER_ID + "', 'n1', 'o')");
        database.as(TestDatabase.WRITER, insert(0, "first"));
    }

    @AfterAll
    static void stopServer() throws Exception {
        database.close();
    }

    @Test
    void theStatementsMayBeRunAgain() throws Exception {
        database.as(TestDatabase.OWNER, PostgresSchema.sql());

        assertThat(database.count("select count(*) from keeptrusts_audit.entry"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update keeptrusts_audit.entry set leaf = 'x'",
                "delete from keeptrusts_audit.entry",
                "truncate keeptrusts_audit.entry",
                "delete from keeptrusts_audit.checkpoint",
                "update keeptrusts_audit.fact set document = ''",
                "insert into keeptrusts_audit.entry (writer, idx, id, leaf, stored)"
                        + " values (gen_random_uuid(), 0, 'y', 'y', now())",
                "alter table keeptrusts_audit.entry disable trigger all",
                "set session_replication_role = replica"
            })
    void theWritersRoleMayNot(String statement) {
        assertThatThrownBy(() -> database.as(TestDatabase.WRITER, statement))
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update keeptrusts_audit.entry set leaf = 'x'",
                "delete from keeptrusts_audit.entry",
                "truncate keeptrusts_audit.entry",
                "delete from keeptrusts_audit.checkpoint",
                "truncate keeptrusts_audit.checkpoint",
                "update keeptrusts_audit.fact set document = ''",
                "delete from keeptrusts_audit.bundle",
                "delete from keeptrusts_audit.lost"
            })
    void theOwnerIsRefusedByTrigger(String statement) {
        assertThatThrownBy(() -> database.as(TestDatabase.OWNER, statement))
                .hasMessageContaining("the audit ledger is append-only");
    }

    @Test
    void aSuperuserWhoReplicatesIsRefusedByTriggerToo() {
        assertThatThrownBy(() -> database.asSuperuserOfLedger(
                        "set session_replication_role = replica; delete from keeptrusts_audit.entry"))
                .hasMessageContaining("the audit ledger is append-only");
    }

    @Test
    void anIdStandsOnceInAllLogs() {
        assertThatThrownBy(() -> database.as(TestDatabase.WRITER, insert(1, "first")))
                .hasMessageContaining("entry_id_key");
    }

    @Test
    void aPositionIsTakenOnce() {
        assertThatThrownBy(() -> database.as(TestDatabase.WRITER, insert(0, "second")))
                .hasMessageContaining("entry_pkey");
    }

    @Test
    void nothingIsPrunedWithoutItsEntry() {
        assertThatThrownBy(() ->
                        database.as(TestDatabase.WRITER, "select keeptrusts_audit.prune('" + WRITER_ID + "', 'first')"))
                .hasMessageContaining("no entry first of type retention.pruned");
    }

    private static String insert(long index, String id) {
        return "insert into keeptrusts_audit.entry (writer, idx, id, leaf) values ('%s', %d, '%s', '{\"type\":\"t\"}')"
                .formatted(WRITER_ID, index, id);
    }
}
