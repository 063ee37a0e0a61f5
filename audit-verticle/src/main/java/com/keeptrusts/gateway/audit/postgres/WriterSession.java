package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotice;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * A connection that holds the advisory lock of a log's name and commits on that same connection: who has the lock knows
 * that no transaction of an earlier holder is under way. Not thread-safe.
 */
final class WriterSession implements AutoCloseable {

    private static final String INSERT = """
            insert into keeptrusts_audit.entry (writer, idx, id, leaf, root, edge)
            select $1::uuid, $2::bigint + n - 1, id, leaf,
                   case when n = $3::bigint then $6::bytea end, case when n = $3::bigint then $7::bytea end
            from unnest($4::text[], $5::bytea[]) with ordinality as t (id, leaf, n)""";

    /** An advisory lock of one number, in the two halves by which the server lists it. */
    private static final String HELD = """
            from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1
              and l.classid = ($1::bigint >> 32 & 4294967295)::oid and l.objid = ($1::bigint & 4294967295)::oid""";

    private static final String HOLDER =
            "select a.pid, a.client_addr::text as address, a.backend_start::text as since " + HELD;

    private static final String END = "select pg_terminate_backend(a.pid) " + HELD + " and a.pid = $2::int";

    /** So that the server notices within seconds when our host is gone, and gives the lock free. */
    private static final String NOTICE_OUR_DEATH =
            "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3;"
                    + " set tcp_user_timeout = 15000; set idle_in_transaction_session_timeout = 15000";

    private final PgConnection connection;
    private final Duration limit;
    private volatile String warning = "";
    private volatile boolean lost;

    private WriterSession(PgConnection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
        connection.closeHandler(_ -> lost = true);
        connection.noticeHandler(this::heard);
    }

    /**
     * Connects and takes the lock, waiting for it as long as another session may take to go.
     *
     * @param before process at the server of the session that we had before, which is ended; 0 for none
     * @throws LedgerException when the server is not as it must be, or another session keeps the lock
     */
    static WriterSession open(Connections connections, String name, int before, Duration wait) throws IOException {
        PostgresSettings settings = connections.settings();
        PgConnection connection = connections.connect();
        var session = new WriterSession(connection, settings.commit());
        try {
            new ServerPromises(settings).check(connection);
            Answers.await(connection.query(NOTICE_OUR_DEATH).execute(), settings.connect());
            session.lock(name, before, wait);
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void lock(String name, int before, Duration wait) throws IOException {
        long key = ByteBuffer.wrap(
                        TreeHash.sha256().digest(("keeptrusts audit " + name).getBytes(StandardCharsets.UTF_8)))
                .getLong();
        long millis = Math.max(1, wait.toMillis());
        read(END, Tuple.of(key, before));
        Answers.await(connection.query("set lock_timeout = " + millis).execute(), limit);
        try {
            Answers.await(
                    connection.preparedQuery("select pg_advisory_lock($1)").execute(Tuple.of(key)), wait.plus(limit));
        } catch (ServerRefusedException e) {
            throw e.isLockTimeout() ? new LedgerException("log " + name + ": in use by " + holder(key)) : e;
        }
        Answers.await(connection.query("set lock_timeout = 0").execute(), limit);
    }

    private String holder(long key) throws IOException {
        RowSet<Row> found = read(HOLDER, Tuple.of(key));
        for (Row row : found) {
            return "session " + row.getInteger("pid") + " from " + row.getString("address") + " since "
                    + row.getString("since") + " (expected: one writer for each log; stop that one first)";
        }
        return "another session (expected: one writer for each log)";
    }

    /** The process at the server that serves this session. */
    int process() {
        return connection.processId();
    }

    /** Whether the connection is known to have ended, so that nothing was asked on it. */
    boolean lost() {
        return lost;
    }

    /**
     * Stores a group in one transaction and returns after its commit.
     *
     * @throws ServerRefusedException when nothing of it is stored
     * @throws LostConnectionException when it may or may not be stored
     * @throws FlushFailedException when the server says that it committed less than it must
     */
    void store(UUID writer, Group group) throws IOException {
        Buffer[] leaves = group.leaves().stream().map(Buffer::buffer).toArray(Buffer[]::new);
        Tuple rows = Tuple.tuple()
                .addUUID(writer)
                .addLong(group.first())
                .addLong((long) leaves.length)
                .addArrayOfString(group.ids().toArray(String[]::new))
                .addArrayOfBuffer(leaves)
                .addBuffer(group.root().toBuffer())
                .addBuffer(group.edge() == null ? null : group.edge().toBuffer());
        warning = "";
        Future<RowSet<Row>> begun = connection.query("begin").execute();
        Future<RowSet<Row>> inserted = connection.preparedQuery(INSERT).execute(rows);
        Future<RowSet<Row>> committed = connection.query("commit").execute(); // rolls back where the insert failed
        Answers.await(Future.join(begun, inserted, committed).otherwiseEmpty(), limit);
        Answers.await(begun, limit);
        Answers.await(inserted, limit);
        Answers.await(committed, limit);
        if (!warning.isEmpty()) {
            throw new FlushFailedException(new IOException("PostgreSQL warned at a commit: " + warning));
        }
    }

    RowSet<Row> read(String sql, Tuple values) throws IOException {
        return Answers.await(connection.preparedQuery(sql).execute(values), limit);
    }

    /** As a standby that was not waited for, which the server tells as a warning beside a commit that succeeds. */
    private void heard(PgNotice notice) {
        if ("WARNING".equals(notice.getSeverity())) {
            warning = notice.getMessage();
        }
    }

    @Override
    public void close() {
        lost = true;
        connection.close(); // its end is not waited for: a server that does not answer would not answer this either
    }
}
