package com.keeptrusts.gateway.audit.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the database has of logs beside their entries: names, {@code log.json} and checkpoints. */
final class LogRegister implements MirroredFiles.Mirror {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String FIND = """
            select l.writer, f.document from keeptrusts_audit.log l
            join keeptrusts_audit.fact f on f.writer = l.writer and f.file = 'log.json'
            where l.name = $1 and not exists (select from keeptrusts_audit.lost x where x.writer = l.writer)
            order by l.n desc, f.n desc limit 1""";

    private static final String LOG = """
            insert into keeptrusts_audit.log (writer, name, origin) values ($1, $2, $3) on conflict do nothing""";

    private static final String FACT = "insert into keeptrusts_audit.fact (writer, file, document) values ($1, $2, $3)";

    private static final String HOLDS = """
            select document from keeptrusts_audit.fact where writer = $1 and file = 'holds.json'
            order by n desc limit 1""";

    private static final String NOTE = """
            insert into keeptrusts_audit.checkpoint (writer, size, note) values ($1, $2, $3) on conflict do nothing""";

    private static final String NEWEST = """
            select note from keeptrusts_audit.checkpoint where writer = $1 order by size desc limit 1""";

    private static final String ORIGIN = "select writer from keeptrusts_audit.log where origin = $1";

    private static final String BUNDLES = """
            select n, root from keeptrusts_audit.bundle where writer = $1 and n >= $2 order by n limit 10000""";

    private static final String LOST =
            "insert into keeptrusts_audit.lost (writer, cause) values ($1, $2) on conflict do nothing";

    private final Pool pool;
    private final Duration limit;
    private final String name;

    /** A log that is there, and its {@code log.json}. */
    record Known(UUID writer, String document) {}

    LogRegister(Pool pool, Duration limit, String name) {
        this.pool = pool;
        this.limit = limit;
        this.name = name;
    }

    /** The log that is written to under this name. */
    Optional<Known> find() throws IOException {
        for (Row row : run(FIND, Tuple.of(name))) {
            return Optional.of(new Known(row.getUUID(0), row.getString(1)));
        }
        return Optional.empty();
    }

    @Override
    public void facts(String document) throws IOException {
        JsonNode json = JSON.readTree(document);
        UUID writer = UUID.fromString(json.path("writer").asText());
        run(LOG, Tuple.of(writer, name, json.path("origin").asText()));
        run(FACT, Tuple.of(writer, "log.json", document));
    }

    @Override
    public void holds(String document) throws IOException {
        for (Known known : find().stream().toList()) {
            run(FACT, Tuple.of(known.writer(), "holds.json", document));
        }
    }

    /** {@code holds.json} as it was written last. */
    Optional<String> newestHolds(UUID writer) throws IOException {
        for (Row row : run(HOLDS, Tuple.of(writer))) {
            return Optional.of(row.getString(0));
        }
        return Optional.empty();
    }

    @Override
    public void checkpoint(String note) throws IOException {
        try {
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
            for (Row row : run(ORIGIN, Tuple.of(checkpoint.origin()))) {
                run(NOTE, Tuple.of(row.getUUID(0), checkpoint.size(), note));
                return;
            }
            throw new LedgerException("log " + checkpoint.origin() + " is not in the database");
        } catch (NoteException e) {
            throw new LedgerException("checkpoint: " + e.getMessage());
        }
    }

    /** The checkpoint that signs most, as it was published. */
    Optional<String> newestNote(UUID writer) throws IOException {
        for (Row row : run(NEWEST, Tuple.of(writer))) {
            return Optional.of(row.getString(0));
        }
        return Optional.empty();
    }

    /** Roots over the bundles of 256 that were pruned, in order: 32 bytes for each. */
    List<Bytes> pruned(UUID writer) throws IOException {
        var roots = new ArrayList<Bytes>();
        for (RowSet<Row> page = bundles(writer, 0); page.size() > 0; page = bundles(writer, roots.size())) {
            for (Row row : page) {
                if (row.getLong(0) != roots.size()) {
                    throw new LedgerException("bundle " + roots.size() + " of writer " + writer
                            + " is not in the database: what was pruned cannot be proved any more");
                }
                roots.add(Bytes.of(row.getBuffer(1)));
            }
        }
        return roots;
    }

    private RowSet<Row> bundles(UUID writer, long from) throws IOException {
        return run(BUNDLES, Tuple.of(writer, from));
    }

    void lost(UUID writer, String cause) throws IOException {
        run(LOST, Tuple.of(writer, cause));
    }

    private RowSet<Row> run(String sql, Tuple values) throws IOException {
        return Answers.await(pool.preparedQuery(sql).execute(values), limit);
    }
}
