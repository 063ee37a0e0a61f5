package com.keeptrusts.gateway.audit.retention;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.LogFacts.Latch;
import com.keeptrusts.gateway.audit.ledger.OwnEntries;
import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The acts upon a log that is open. Each is told by an entry that is durable before anything goes, and so is every
 * refusal of an early prune. Thread-safe; acts come one after the other. Blocks.
 */
public final class Keeping {

    public static final String HOLD_ADDED = "admin.hold_added";
    public static final String HOLD_RELEASED = "admin.hold_released";
    public static final String REFUSED = "admin.refused";

    private final Ledger ledger;
    private final LedgerDirectory directory;
    private final PrunedFiles files;

    public Keeping(Ledger ledger) {
        this.ledger = ledger;
        this.directory = ledger.directory();
        this.files = new PrunedFiles(ledger.options().files(), directory);
    }

    /**
     * Removes the full bundles at the front of the log all of whose entries are older than {@code retentionDays}, or
     * than what the log has promised when that is more. What is held stays, and all that follows it.
     */
    public synchronized Pruned prune(int retentionDays) throws IOException {
        Latch latch = ledger.facts().latch();
        int days = Math.max(retentionDays, latch == null ? 0 : latch.retentionDays());
        Instant before = ledger.options().clock().instant().minus(Duration.ofDays(days));
        return prune(before, days, false, Request.SCHEDULED);
    }

    /**
     * Removes them before their time, which only a log without the promise of {@code immutable} allows.
     *
     * @param retentionDays of the configuration, for the record
     * @throws RefusedException when the log is immutable, or when a hold keeps something of it
     */
    public synchronized Pruned pruneEarly(Instant before, int retentionDays, Request request) throws IOException {
        Latch latch = ledger.facts().latch();
        if (latch != null) {
            throw refused(
                    "prune",
                    request,
                    "the log " + directory.path() + " is immutable: its entries stay " + latch.retentionDays()
                            + " days (expected: no --before; what is old enough goes by itself)");
        }
        Pruned pruned = prune(before, retentionDays, true, request);
        if (pruned.heldBy() != null && pruned.from() == pruned.to()) {
            throw refused(
                    "prune",
                    request,
                    "legal hold " + pruned.heldBy() + " keeps entries from " + pruned.to() + " on in "
                            + directory.path() + " (expected: the hold to be released first)");
        }
        return pruned;
    }

    private Pruned prune(Instant before, int days, boolean early, Request request) throws IOException {
        long from = ledger.facts().minimumIndex();
        files.removeLeftOver(from);
        long published = ledger.published();
        long limit = Math.min(published, ledger.neededFrom()) / TilePath.FULL * TilePath.FULL;
        var walk = new PruneWalk(directory, Holds.read(directory.holds()), before);
        PruneWalk.Reach reach = walk.from(from, limit);
        boolean more = reach.to() == limit && limit + TilePath.FULL <= published;
        if (more && walk.from(limit, limit + TilePath.FULL).to() > limit) {
            ledger.beginSegment(); // once they are in bundles alone, a later pass takes them
        }
        if (reach.to() > from) {
            AuditEntry told = entry(from, reach, days, early, request);
            ledger.record(told);
            ledger.pruned(reach.to());
            files.remove(from, reach.to());
            ledger.pruneStore(told.id());
        }
        return new Pruned(ledger.facts().origin(), from, reach.to(), reach.heldBy());
    }

    private AuditEntry entry(long from, PruneWalk.Reach reach, int days, boolean early, Request request)
            throws IOException {
        LogFacts facts = ledger.facts();
        var policy = new HashMap<String, Object>(request.asMap());
        policy.put("retention_days", days);
        policy.put("early", early);
        Latch latch = facts.latch();
        if (latch != null) {
            policy.put("latch", Map.of("retention_days", latch.retentionDays()));
        }
        Checkpoint signed = signed();
        return ledger.ownEntries()
                .entry(
                        OwnEntries.PRUNED,
                        Map.of(
                                "from",
                                from,
                                "to",
                                reach.to(),
                                "newest",
                                reach.newest().toString(),
                                "hold",
                                false,
                                "policy",
                                policy,
                                "size_before",
                                signed.size(),
                                "root_before",
                                Base64.getEncoder().encodeToString(signed.root().array()),
                                "vkey",
                                facts.key().toString()));
    }

    private Checkpoint signed() throws IOException {
        try {
            String note = directory
                    .publishedNote()
                    .orElseThrow(() -> new LedgerException(directory.path() + ": no checkpoint is published"));
            return Checkpoint.parse(SignedNote.parse(note).text());
        } catch (NoteException e) {
            throw new LedgerException(directory.checkpoint() + ": " + e.getMessage());
        }
    }

    /**
     * Keeps what it covers until it is released.
     *
     * @throws RefusedException when the name was used before
     */
    public synchronized void hold(Hold hold) throws IOException {
        Holds holds = Holds.read(directory.holds());
        if (holds.knows(hold.name())) {
            throw new RefusedException(
                    "hold " + hold.name() + ": is there already, or was (expected: a name that was never used)");
        }
        holds.with(hold).write(ledger.options().files(), directory.holds()); // held first, told then
        ledger.record(ledger.ownEntries().entry(HOLD_ADDED, Map.of("hold", hold.asMap())));
    }

    /** Ends a hold; what it kept goes with the next prune. */
    public synchronized void release(String name, Request request) throws IOException {
        Holds holds = Holds.read(directory.holds());
        if (holds.find(name).isEmpty()) {
            throw new RefusedException("hold " + name + ": is not there (expected: one of "
                    + holds.active().stream().map(Hold::name).toList() + ")");
        }
        var told = new HashMap<String, Object>(request.asMap());
        told.put("name", name);
        ledger.record(ledger.ownEntries().entry(HOLD_RELEASED, Map.of("hold", told)));
        holds.without(name).write(ledger.options().files(), directory.holds());
    }

    public LogFacts facts() {
        return ledger.facts();
    }

    public Holds holds() throws IOException {
        return Holds.read(directory.holds());
    }

    /** Lets a fresh key sign the log, beside the present one until the overlap ends. */
    public synchronized VerifierKey rotateKey(Duration overlap, Request request) throws IOException {
        return ledger.rotateKey(overlap, request.asMap());
    }

    /** Tells that an act was refused. */
    private RefusedException refused(String act, Request request, String why) throws IOException {
        var told = new HashMap<String, Object>(request.asMap());
        told.put("act", act);
        told.put("why", why);
        ledger.record(ledger.ownEntries().entry(REFUSED, Map.of("refused", told)));
        return new RefusedException(why);
    }
}
