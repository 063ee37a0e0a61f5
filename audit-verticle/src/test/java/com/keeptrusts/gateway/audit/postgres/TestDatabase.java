package com.keeptrusts.gateway.audit.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server with the ledger's tables, an owner that is no superuser, and a login role for writers. */
final class TestDatabase implements AutoCloseable {

    static final String OWNER = "ledger_owner";
    static final String WRITER = "gateway";
    static final String AUDITOR = "auditor";
    static final String PASSWORD = "not in any log";

    private final Vertx vertx = Vertx.vertx();
    private final PostgresServer server;

    private TestDatabase(PostgresServer server) {
        this.server = server;
    }

    static TestDatabase start() throws Exception {
        var database = new TestDatabase(PostgresServer.start());
        database.asSuperuser("create role " + OWNER + " login createrole password '" + PASSWORD + "'");
        database.asSuperuser("create role " + WRITER + " login password '" + PASSWORD + "'");
        database.asSuperuser("create role " + AUDITOR + " login password '" + PASSWORD + "'");
        database.asSuperuser("create database ledger owner " + OWNER);
        database.as(OWNER, PostgresSchema.sql());
        database.as(OWNER, "grant keeptrusts_audit_writer to " + WRITER);
        return database;
    }

    Vertx vertx() {
        return vertx;
    }

    PostgresServer server() {
        return server;
    }

    PostgresSettings settings() {
        return new PostgresSettings(
                new PostgresSettings.Server("127.0.0.1", server.port(), "ledger", WRITER),
                null,
                "PG_PASSWORD",
                false,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    /** With another limit to doubts. */
    static PostgresSettings with(PostgresSettings s, Duration recovery) {
        return new PostgresSettings(
                s.server(), s.name(), s.passwordEnv(), s.tls(), s.ca(), s.keyEnv(), s.connect(), s.commit(), recovery);
    }

    /** At another port of this host. */
    static PostgresSettings at(PostgresSettings s, int port) {
        var server = new PostgresSettings.Server("127.0.0.1", port, "ledger", WRITER);
        return new PostgresSettings(
                server, s.name(), s.passwordEnv(), s.tls(), s.ca(), s.keyEnv(), s.connect(), s.commit(), s.recovery());
    }

    /** As another role. */
    static PostgresSettings as(PostgresSettings s, String role) {
        var server = new PostgresSettings.Server(s.server().host(), s.server().port(), "ledger", role);
        return new PostgresSettings(
                server, s.name(), s.passwordEnv(), s.tls(), s.ca(), s.keyEnv(), s.connect(), s.commit(), s.recovery());
    }

    PostgresStore store() {
        return store(settings());
    }

    PostgresStore store(PostgresSettings settings) {
        return new PostgresStore(vertx, settings, TestDatabase::environment, "n1");
    }

    static @Nullable String environment(String name) {
        return name.equals("PG_PASSWORD") ? PASSWORD : null;
    }

    /** Runs statements as a role of the ledger's database. */
    RowSet<Row> as(String role, String sql) throws Exception {
        return run(role, PASSWORD, "ledger", sql);
    }

    RowSet<Row> asSuperuser(String sql) throws Exception {
        return run(PostgresServer.SUPERUSER, PostgresServer.PASSWORD, "postgres", sql);
    }

    /** As superuser in the ledger's database. */
    RowSet<Row> asSuperuserOfLedger(String sql) throws Exception {
        return run(PostgresServer.SUPERUSER, PostgresServer.PASSWORD, "ledger", sql);
    }

    private RowSet<Row> run(String role, String password, String name, String sql) throws Exception {
        PgConnection connection = PgConnection.connect(
                        vertx,
                        new PgConnectOptions()
                                .setHost("127.0.0.1")
                                .setPort(server.port())
                                .setDatabase(name)
                                .setUser(role)
                                .setPassword(password))
                .await(10, SECONDS);
        try {
            return connection.query(sql).execute().await(30, SECONDS);
        } finally {
            connection.close().await(10, SECONDS);
        }
    }

    long count(String sql) throws Exception {
        return asSuperuserOfLedger(sql).iterator().next().getLong(0);
    }

    @Override
    public void close() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }
}
