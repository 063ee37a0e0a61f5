package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.segment.GroupCommit;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts groups of calls into the log: each entry once by its id, each call whole or not at all, and an answer only for
 * what is flushed. The first failed flush is its end. One thread commits.
 */
final class LedgerWriter implements GroupCommit.Store {

    /** Some room below what an entry bundle can carry. */
    static final int MAX_LEAF = 60 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);

    private final String id;
    private final EntryLog log;
    private final RecentIds ids;
    private final DiskReserve reserve;
    private final Consumer<LeafHead> stored;
    private final Runnable death;
    private volatile Flushed flushed;
    private volatile boolean dead;
    private volatile boolean freshSegment;

    /** The tree that is on the disk. */
    record Flushed(long size, Bytes root) {}

    /**
     * Appends behind what the log has.
     *
     * @param stored hears of each new entry once it is flushed
     * @param death hears of the failed flush after which this writer refuses everything
     */
    LedgerWriter(
            String id, EntryLog log, RecentIds ids, DiskReserve reserve, Consumer<LeafHead> stored, Runnable death) {
        this.id = id;
        this.log = log;
        this.ids = ids;
        this.reserve = reserve;
        this.stored = stored;
        this.death = death;
        this.flushed = new Flushed(log.size(), log.root());
    }

    Flushed flushed() {
        return flushed;
    }

    boolean dead() {
        return dead;
    }

    /** Lets the next group begin a segment, so that those before it can go. Any thread. */
    void beginSegment() {
        freshSegment = true;
    }

    @Override
    public String name() {
        return id;
    }

    @Override
    public List<AppendAnswer> commit(List<List<AuditEntry>> calls) {
        try {
            return commit(calls, Map.of());
        } catch (AlreadyStoredException e) {
            return again(calls, e.places());
        }
    }

    private List<AppendAnswer> again(List<List<AuditEntry>> calls, Map<String, AlreadyStoredException.Place> stored) {
        try {
            return commit(calls, stored);
        } catch (AlreadyStoredException e) { // others came in between: who sends them again will be told where they are
            AppendAnswer refusal = new AppendRefused(id, "store_unavailable");
            return calls.stream().map(_ -> refusal).toList();
        }
    }

    private List<AppendAnswer> commit(List<List<AuditEntry>> calls, Map<String, AlreadyStoredException.Place> stored)
            throws AlreadyStoredException {
        var group = new PendingGroup(log.size(), ids, stored);
        List<PendingGroup.Place> places = calls.stream().map(group::place).toList();
        String refusal = group.isEmpty() ? "" : store(group);
        var answers = new ArrayList<AppendAnswer>();
        for (PendingGroup.Place place : places) {
            answers.add(answer(place, refusal));
        }
        return answers;
    }

    private AppendAnswer answer(PendingGroup.Place place, String refusal) {
        Flushed there = flushed;
        return switch (place) {
            case PendingGroup.Refused(String reason) -> refused(reason);
            case PendingGroup.Elsewhere(AlreadyStoredException.Place known) ->
                new Appended(known.writer(), known.index(), known.treeSize(), known.root());
            case PendingGroup.At(long first, long end)
            when end <= there.size() -> new Appended(id, first, there.size(), there.root());
            case PendingGroup.At _ -> new AppendRefused(id, refusal);
        };
    }

    /** Other bytes under an id that is taken are an attempt to change the past, or a fault that looks like one. */
    private AppendRefused refused(String reason) {
        if (reason.equals("conflict")) {
            LOG.error("audit writer {}: an id that is taken came again with other bytes, and was refused", id);
        }
        return new AppendRefused(id, reason);
    }

    /** Empty when the group is on the disk, else the reason why nothing of it is. */
    private String store(PendingGroup group) throws AlreadyStoredException {
        if (dead) {
            return "writer_dead";
        }
        if (reserve.reached()) {
            return "disk_full";
        }
        if (freshSegment) {
            freshSegment = false;
            log.rollNow();
        }
        try {
            log.append(group.leaves(), group.hashes());
            flushed = new Flushed(log.size(), log.root());
            group.remember(stored);
            return "";
        } catch (FlushFailedException e) {
            die(e);
            return "writer_dead";
        } catch (AlreadyStoredException e) {
            throw e;
        } catch (StoreUnavailableException e) {
            LOG.warn("audit writer {}: a group was not stored: {}", id, e.getMessage());
            return "store_unavailable";
        } catch (IOException e) {
            LOG.warn("audit writer {}: a group was taken back: {}", id, e.getMessage());
            return "disk_full";
        }
    }

    /** Ends this writer, whose disk cannot be believed any more: nothing is acknowledged from now on. */
    void die(Exception cause) {
        if (!dead) {
            dead = true;
            LOG.error("audit writer {} ends: {}", id, cause.getMessage());
            death.run();
        }
    }
}
