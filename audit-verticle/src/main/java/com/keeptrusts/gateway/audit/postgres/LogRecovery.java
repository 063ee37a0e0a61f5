package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.segment.Covered;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a log in its table: from the last right edge that a signed checkpoint covers, every row is read, its
 * hash taken into the tree, and each root that stands there compared, that of the checkpoint among them.
 */
final class LogRecovery {

    private static final String CHECKPOINT =
            "select note from keeptrusts_audit.checkpoint where writer = $1 order by size desc limit 1";

    private static final String EDGE = """
            select idx, edge from keeptrusts_audit.entry
            where writer = $1 and edge is not null and idx < $2 order by idx desc limit 1""";

    private static final String ROWS = """
            select idx, leaf, root from keeptrusts_audit.entry
            where writer = $1 and idx >= $2 order by idx limit\s""" + LogReader.PAGE;

    private final WriterSession session;
    private final LogFacts facts;
    private final List<Covered> signed;

    /**
     * Where to go on.
     *
     * @param anchor size at which the last right edge stands, 0 where there is none
     */
    record End(Frontier edge, long anchor) {}

    private LogRecovery(WriterSession session, LogFacts facts, List<Covered> signed) {
        this.session = session;
        this.facts = facts;
        this.signed = signed;
    }

    /**
     * Reads the end of the log.
     *
     * @param covered what the directory's tiles hold under a signed checkpoint
     * @throws LedgerException when the table misses or contradicts what was signed
     */
    static End recover(WriterSession session, LogFacts facts, Covered covered) throws IOException {
        var signed = new ArrayList<Covered>();
        signed.add(covered);
        Covered stored = checkpoint(session, facts);
        if (stored != null) {
            signed.add(stored);
        }
        return new LogRecovery(session, facts, signed).replay(stored == null ? 0 : stored.size());
    }

    private static @Nullable Covered checkpoint(WriterSession session, LogFacts facts) throws IOException {
        for (Row row : session.read(CHECKPOINT, Tuple.of(facts.writer()))) {
            try {
                Checkpoint checkpoint = Checkpoint.verified(row.getString(0), facts.keys());
                return new Covered(checkpoint.size(), checkpoint.root());
            } catch (NoteException e) {
                throw new LedgerException("log " + facts.origin() + ": checkpoint in the database: " + e.getMessage());
            }
        }
        return null;
    }

    private End replay(long signedSize) throws IOException {
        Frontier tree = new Frontier();
        for (Row row : session.read(EDGE, Tuple.of(facts.writer(), signedSize))) {
            tree = edge(row.getLong(0) + 1, row.getBuffer(1).getBytes());
        }
        long anchor = tree.size();
        compare(tree);
        boolean whole = true;
        for (RowSet<Row> page = page(tree); page.size() > 0; page = page(tree)) {
            for (Row row : page) {
                whole = take(tree, row);
            }
        }
        for (Covered one : signed) {
            if (one.size() > tree.size()) {
                throw missing("entries " + tree.size() + " to " + (one.size() - 1) + " were signed");
            }
        }
        if (!whole) {
            throw missing("entry " + (tree.size() - 1) + " is not the last of its group");
        }
        return new End(tree, anchor);
    }

    private RowSet<Row> page(Frontier tree) throws IOException {
        return session.read(ROWS, Tuple.of(facts.writer(), tree.size()));
    }

    /** Whether a group ends there. */
    private boolean take(Frontier tree, Row row) throws LedgerException {
        if (row.getLong(0) != tree.size()) {
            throw missing("entry " + tree.size() + " is not in the database");
        }
        tree.append(TreeHash.ofLeaf(row.getBuffer(1).getBytes()));
        compare(tree);
        if (row.getBuffer(2) == null) {
            return false;
        }
        if (!Bytes.of(row.getBuffer(2)).equals(Bytes.owning(tree.root()))) {
            throw damaged(tree.size());
        }
        return true;
    }

    private void compare(Frontier tree) throws LedgerException {
        for (Covered one : signed) {
            if (one.size() == tree.size() && !one.root().equals(Bytes.owning(tree.root()))) {
                throw damaged(tree.size());
            }
        }
    }

    private Frontier edge(long size, byte[] hashes) throws LedgerException {
        if (hashes.length != Long.bitCount(size) * TreeHash.LENGTH) {
            throw damaged(size);
        }
        var edge = new ArrayList<byte[]>();
        for (int from = 0; from < hashes.length; from += TreeHash.LENGTH) {
            edge.add(Bytes.copyOf(hashes, from, from + TreeHash.LENGTH).array());
        }
        return new Frontier(size, edge);
    }

    private LedgerException missing(String what) {
        return new LedgerException("log " + facts.origin() + ": acknowledged data is missing: " + what);
    }

    private LedgerException damaged(long size) {
        return new LedgerException("log " + facts.origin() + ": the entries in the database below " + size
                + " are not those that were written and signed");
    }
}
