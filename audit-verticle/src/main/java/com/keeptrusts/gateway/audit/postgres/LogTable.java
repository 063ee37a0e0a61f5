package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.ledger.AlreadyStoredException.Place;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the table of entries is asked when it is not certain what stands in it. */
final class LogTable {

    private static final String TAIL = """
            select idx, root from keeptrusts_audit.entry where writer = $1 order by idx desc limit 1""";

    private static final String FROM = """
            select idx, leaf, root from keeptrusts_audit.entry where writer = $1 and idx >= $2 order by idx limit $3""";

    private static final String BY_ID = """
            select e.id, e.writer, e.idx, e.leaf, t.idx + 1 as size, t.root
            from keeptrusts_audit.entry e, lateral (
              select idx, root from keeptrusts_audit.entry
              where writer = e.writer and idx >= e.idx and root is not null order by idx limit 1) t
            where e.id = any($1::text[])""";

    private static final String PRUNE = "select keeptrusts_audit.prune($1, $2)";

    private static final String AGAIN = """
            insert into keeptrusts_audit.fact (writer, file, document)
            select writer, file, document from keeptrusts_audit.fact
            where writer = $1 and file = 'log.json' order by n desc limit 1""";

    private final LogFacts facts;

    LogTable(LogFacts facts) {
        this.facts = facts;
    }

    /** Whether the last row is the last leaf of this tree. */
    boolean endsAt(WriterSession session, Frontier edge) throws IOException {
        RowSet<Row> tail = session.read(TAIL, Tuple.of(facts.writer()));
        if (tail.size() == 0) {
            return edge.size() == 0;
        }
        Row last = tail.iterator().next();
        return last.getLong(0) == edge.size() - 1
                && last.getBuffer(1) != null
                && Bytes.of(last.getBuffer(1)).equals(Bytes.owning(edge.root()));
    }

    /**
     * Whether a group stands in the table, and nothing behind it.
     *
     * @throws FlushFailedException when something else stands there
     */
    boolean has(WriterSession session, Group group) throws IOException {
        RowSet<Row> rows = session.read(
                FROM, Tuple.of(facts.writer(), group.first(), group.leaves().size() + 1L));
        if (rows.size() == 0) {
            return false;
        }
        int at = 0;
        for (Row row : rows) {
            boolean last = at == group.leaves().size() - 1;
            if (at >= group.leaves().size()
                    || row.getLong(0) != group.first() + at
                    || !Arrays.equals(
                            row.getBuffer(1).getBytes(), group.leaves().get(at))
                    || (last && !group.root().equals(Bytes.of(row.getBuffer(2))))) {
                throw new FlushFailedException(new IOException(
                        "entry " + row.getLong(0) + " in the table is not the one that was sent: another writer"));
            }
            at++;
        }
        if (at != group.leaves().size()) {
            throw new FlushFailedException(new IOException(
                    "the table holds " + at + " of " + group.leaves().size() + " entries of a group"));
        }
        return true;
    }

    /**
     * Commits something behind what was found, so that a standby which the server waits for has that, too: what ended
     * the wait for the commit of it is not known.
     */
    void commitBehind(WriterSession session) throws IOException {
        session.read(AGAIN, Tuple.of(facts.writer()));
    }

    /** Deletes some of what an entry names, and returns how many. */
    long prune(Sessions sessions, String entryId) throws IOException {
        return Answers.await(
                        sessions.readers().preparedQuery(PRUNE).execute(Tuple.of(facts.writer(), entryId)),
                        sessions.settings().recovery())
                .iterator()
                .next()
                .getLong(0);
    }

    /** Where the entries of these ids stand that stand anywhere. */
    Map<String, Place> places(WriterSession session, List<String> ids) throws IOException {
        var places = new HashMap<String, Place>();
        Tuple wanted = Tuple.tuple().addArrayOfString(ids.toArray(String[]::new));
        for (Row row : session.read(BY_ID, wanted)) {
            places.put(
                    row.getString(0),
                    new Place(
                            row.getUUID(1).toString(),
                            row.getLong(2),
                            Bytes.owning(TreeHash.ofLeaf(row.getBuffer(3).getBytes())),
                            row.getLong(4),
                            Bytes.of(row.getBuffer(5))));
        }
        return places;
    }
}
