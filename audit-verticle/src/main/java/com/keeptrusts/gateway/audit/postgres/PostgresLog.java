package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.ledger.AlreadyStoredException;
import com.keeptrusts.gateway.audit.ledger.EntryCursor;
import com.keeptrusts.gateway.audit.ledger.EntryLog;
import com.keeptrusts.gateway.audit.ledger.LeafHead;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.StoreUnavailableException;
import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log in the table, appended to by one thread. When a connection is lost during a transaction, the next session's
 * lock says that it has ended, and what is in the table says how. What cannot be told in time ends the log.
 */
final class PostgresLog implements EntryLog {

    /** A right edge is stored at least this often, so that a start has no more to read before the last checkpoint. */
    private static final int ANCHOR_EVERY = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLog.class);

    private final Sessions sessions;
    private final LogFacts facts;
    private final LogTable table;
    private Frontier edge;
    private volatile long anchor;
    private volatile long anchorBefore;

    PostgresLog(Sessions sessions, LogFacts facts, LogRecovery.End end) {
        this.sessions = sessions;
        this.facts = facts;
        this.table = new LogTable(facts);
        this.edge = end.edge();
        this.anchor = end.anchor();
    }

    @Override
    public long size() {
        return edge.size();
    }

    @Override
    public Bytes root() {
        return Bytes.owning(edge.root());
    }

    @Override
    public void append(List<byte[]> leaves, List<byte[]> hashes) throws IOException {
        Frontier grown = edge.copy();
        hashes.forEach(grown::append);
        boolean anchored = grown.size() - anchor >= ANCHOR_EVERY;
        var group = new Group(
                edge.size(),
                leaves.stream().map(PostgresLog::id).toList(),
                leaves,
                Bytes.owning(grown.root()),
                anchored ? flat(grown) : null);
        store(group);
        edge = grown;
        if (anchored) {
            anchorBefore = anchor;
            anchor = grown.size();
        }
    }

    private void store(Group group) throws IOException {
        WriterSession session = connected();
        try {
            session.store(facts.writer(), group);
        } catch (ServerRefusedException e) {
            throw refused(session, group, e);
        } catch (LostConnectionException e) {
            LOG.warn("log {}: it is in doubt whether a group was stored: {}", facts.origin(), e.getMessage());
            resolve(group);
        }
    }

    /** A session that is not known to be lost. A new one begins where the table ends as it must. */
    private WriterSession connected() throws IOException {
        WriterSession present = sessions.present();
        if (present != null && !present.lost()) {
            return present;
        }
        try {
            WriterSession fresh = sessions.open(sessions.settings().connect());
            if (!table.endsAt(fresh, edge)) {
                throw otherTail();
            }
            return fresh;
        } catch (FlushFailedException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException(String.valueOf(e.getMessage()));
        }
    }

    private IOException refused(WriterSession session, Group group, ServerRefusedException e) throws IOException {
        if (e.violates("entry_pkey")) {
            return otherTail();
        }
        if (e.violates("entry_id_key")) {
            try {
                return new AlreadyStoredException(table.places(session, group.ids()));
            } catch (LostConnectionException | ServerRefusedException lost) {
                return new StoreUnavailableException(String.valueOf(lost.getMessage()));
            }
        }
        return new StoreUnavailableException(String.valueOf(e.getMessage()));
    }

    /** Returns when the group is stored for certain. */
    private void resolve(Group group) throws IOException {
        long end = System.nanoTime() + sessions.settings().recovery().toNanos();
        String last = "";
        var pause = new Pause();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            try {
                WriterSession session = sessions.open(Duration.ofNanos(left));
                if (table.has(session, group)) {
                    table.commitBehind(session);
                    LOG.info("log {}: the group in doubt was stored", facts.origin());
                    return;
                }
                if (!table.endsAt(session, edge)) {
                    throw otherTail();
                }
                session.store(facts.writer(), group);
                return;
            } catch (ServerRefusedException e) {
                throw new StoreUnavailableException(String.valueOf(e.getMessage())); // known: nothing is stored
            } catch (FlushFailedException e) {
                throw e;
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
                pause.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        }
        throw new FlushFailedException(new IOException("a commit is in doubt: the server did not answer within "
                + sessions.settings().recovery().toMillis() + " ms: " + last));
    }

    private FlushFailedException otherTail() {
        return new FlushFailedException(new IOException("the table does not end with the entries that were"
                + " acknowledged last: another writer, or a server that lost them"));
    }

    @Override
    public EntryCursor cursor(long from) throws IOException {
        return LogReader.open(sessions.readers(), sessions.settings().commit(), facts.writer(), facts.origin(), from);
    }

    /** The row with the right edge at which a start begins. */
    @Override
    public long neededFrom(long published) {
        return Math.max(0, (anchor <= published ? anchor : anchorBefore) - 1);
    }

    @Override
    public void prune(String entryId) throws IOException {
        long gone = 0;
        for (long some = table.prune(sessions, entryId); some > 0; some = table.prune(sessions, entryId)) {
            gone += some;
        }
        LOG.info("log {}: {} entries were removed from the database", facts.origin(), gone);
    }

    @Override
    public void close() {
        sessions.close();
    }

    private static String id(byte[] leaf) {
        LeafHead head = LeafHead.read(leaf);
        if (head == null) {
            throw new IllegalArgumentException("a leaf without an id");
        }
        return head.id();
    }

    private static Bytes flat(Frontier tree) {
        List<byte[]> hashes = tree.hashes();
        ByteBuffer flat = ByteBuffer.allocate(
                hashes.stream().mapToInt(hash -> hash.length).sum());
        hashes.forEach(flat::put);
        return Bytes.owning(flat.array());
    }
}
