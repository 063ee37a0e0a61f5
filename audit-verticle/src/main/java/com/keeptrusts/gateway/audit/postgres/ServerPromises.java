package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.segment.LedgerException;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a server, its tables and our role must be like, so that acknowledged means kept. Looked at on each connection. */
final class ServerPromises {

    static final int VERSION = 140_000;

    private static final List<String> TABLES = List.of("bundle", "checkpoint", "entry", "fact", "log", "lost");

    private static final String SERVER = """
            select current_setting('server_version_num')::int as version,
                   current_setting('synchronous_commit') as synchronous_commit,
                   current_setting('fsync') as fsync,
                   current_setting('full_page_writes') as full_page_writes,
                   pg_is_in_recovery() as standby,
                   (select rolsuper from pg_roles where rolname = current_user) as superuser""";

    private static final String OF_TABLES = """
            select c.relname::text as name,
                   has_any_column_privilege(c.oid, 'UPDATE') or has_table_privilege(c.oid, 'DELETE')
                     or has_table_privilege(c.oid, 'TRUNCATE') as changeable,
                   pg_has_role(c.relowner, 'MEMBER') as owned,
                   c.relpersistence = 'p' as lasting,
                   exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only'
                           and t.tgenabled = 'A') as guarded
            from pg_class c
            where c.relnamespace = to_regnamespace('keeptrusts_audit') and c.relkind = 'r'
            order by c.relname""";

    private final String server;
    private final Duration limit;

    ServerPromises(PostgresSettings settings) {
        this.server = settings.server().toString();
        this.limit = settings.connect();
    }

    /**
     * Looks, and pins the session to what was found, so that a reload of the server's settings does not change it.
     *
     * @throws LedgerException when something is missing, with what to do
     */
    void check(PgConnection connection) throws IOException {
        Row found = Answers.await(connection.query(SERVER).execute(), limit)
                .iterator()
                .next();
        if (found.getInteger("version") < VERSION) {
            throw refusal("server_version_num: " + found.getInteger("version"), VERSION + " or newer");
        }
        mustBe(found, "fsync", List.of("on"));
        mustBe(found, "full_page_writes", List.of("on"));
        mustBe(found, "synchronous_commit", List.of("on", "remote_apply"));
        if (found.getBoolean("standby")) {
            throw refusal("pg_is_in_recovery: true", "the primary");
        }
        if (found.getBoolean("superuser")) {
            throw refusal("our role is a superuser", "a member of keeptrusts_audit_writer and of nothing else");
        }
        checkTables(Answers.await(connection.query(OF_TABLES).execute(), limit));
        Answers.await(
                connection
                        .query("set synchronous_commit = " + found.getString("synchronous_commit"))
                        .execute(),
                limit);
    }

    private void checkTables(RowSet<Row> tables) throws LedgerException {
        List<String> names = tables.stream().map(row -> row.getString("name")).toList();
        if (!names.containsAll(TABLES)) {
            throw refusal("tables in schema keeptrusts_audit: " + names, TABLES + ", as `kt events schema` makes them");
        }
        for (Row table : tables) {
            String name = "keeptrusts_audit." + table.getString("name");
            if (table.getBoolean("owned") || table.getBoolean("changeable")) {
                throw refusal(
                        "our role owns or may change " + name,
                        "a role that may only INSERT and SELECT, and no member of the owner");
            }
            if (!table.getBoolean("guarded")) {
                throw refusal("trigger append_only of " + name + " is missing or off", "it there and ENABLE ALWAYS");
            }
            if (!table.getBoolean("lasting")) {
                throw refusal(name + " is unlogged or temporary", "a table that survives a crash");
            }
        }
    }

    private void mustBe(Row found, String setting, List<String> allowed) throws LedgerException {
        if (!allowed.contains(found.getString(setting))) {
            throw refusal(setting + ": " + found.getString(setting), String.join(" or ", allowed));
        }
    }

    private LedgerException refusal(String what, String expected) {
        return new LedgerException("PostgreSQL " + server + ": " + what + " (expected: " + expected + ")");
    }
}
