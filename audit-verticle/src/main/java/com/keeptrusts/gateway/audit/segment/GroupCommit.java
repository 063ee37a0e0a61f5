package com.keeptrusts.gateway.audit.segment;

import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One thread that commits what has arrived, many callers' entries with one flush. Where calls come one by one each is
 * committed at once; where they come in crowds, flushes begin at least one window apart, so that each carries more of
 * them and the disk is not flooded. What waits is bounded: beyond that, calls are refused as {@code overloaded}.
 */
public final class GroupCommit implements AutoCloseable {

    public static final int GROUP_ENTRIES = 4_096;
    public static final int GROUP_BYTES = 8 * 1024 * 1024;

    /** So many calls in a group, and the next is worth waiting for. */
    private static final int CROWD = 3;

    private static final int WAITING_ENTRIES = 4 * GROUP_ENTRIES;
    private static final int WAITING_BYTES = 4 * GROUP_BYTES;

    /** What a group is committed to. */
    public interface Store {

        String name();

        /** Stores all calls with one flush and gives each its answer, in order. Called by one thread; never throws. */
        List<AppendAnswer> commit(List<List<AuditEntry>> calls);
    }

    private record Call(
            List<AuditEntry> entries, int bytes, long arrived, long expires, Consumer<AppendAnswer> answer) {

        boolean inTime(long start) {
            return expires - start > 0;
        }
    }

    private final Store store;
    private final long windowNanos;
    private final CommitMeters meters;
    private final Executor answers;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private int waitingEntries;
    private int waitingBytes;
    private boolean closed;
    private boolean crowded;
    private long lastStart;

    /**
     * Starts the thread.
     *
     * @param answers runs the callers' answers, once for each group
     */
    public GroupCommit(Store store, Duration window, CommitMeters meters, Executor answers) {
        this.store = store;
        this.windowNanos = window.toNanos();
        this.meters = meters;
        this.answers = answers;
        this.lastStart = System.nanoTime() - windowNanos;
        this.thread = Thread.ofPlatform().name("commit " + store.name()).start(this::run);
    }

    /**
     * Stores the entries together, all or none. The answer comes when they are flushed, or why they were refused.
     *
     * @param limit after which the caller will not wait any more; what is not begun then is refused as {@code late}
     */
    public void append(List<AuditEntry> entries, Duration limit, Consumer<AppendAnswer> answer) {
        long now = System.nanoTime();
        int bytes = entries.stream().mapToInt(entry -> entry.leaf().length()).sum();
        String refusal = admit(new Call(entries, bytes, now, now + limit.toNanos(), answer));
        if (!refusal.isEmpty()) {
            answer.accept(new AppendRefused(store.name(), refusal));
        }
    }

    /** Entries that have arrived and are not answered. */
    public int unacked() {
        lock.lock();
        try {
            return waitingEntries;
        } finally {
            lock.unlock();
        }
    }

    private String admit(Call call) {
        int entries = call.entries().size();
        if (entries == 0 || entries > GROUP_ENTRIES || call.bytes() > GROUP_BYTES) {
            return entries == 0 ? "invalid_entry" : "too_large";
        }
        lock.lock();
        try {
            if (closed) {
                return "shutting_down";
            }
            if (waitingEntries + entries > WAITING_ENTRIES || waitingBytes + call.bytes() > WAITING_BYTES) {
                return "overloaded";
            }
            waiting.add(call);
            count(entries, call.bytes());
            if (waiting.size() == 1 || full()) {
                arrival.signal();
            }
            return "";
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (List<Call> group = next(); !group.isEmpty(); group = next()) {
            commit(group);
        }
    }

    /** Waits for calls; empty once closed and nothing is left. */
    private List<Call> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                arrival.awaitUninterruptibly();
            }
            long rest = crowded ? lastStart + windowNanos - System.nanoTime() : 0;
            while (rest > 0 && !full() && !closed) {
                rest = arrival.awaitNanos(rest);
            }
            lastStart = System.nanoTime();
            return taken();
        } catch (InterruptedException e) {
            lastStart = System.nanoTime();
            return taken(); // nobody interrupts this thread; and if so, entries that arrived still count
        } finally {
            lock.unlock();
        }
    }

    private List<Call> taken() {
        var group = new ArrayList<Call>();
        int entries = 0;
        int bytes = 0;
        while (!waiting.isEmpty()) {
            Call call = waiting.getFirst();
            entries += call.entries().size();
            bytes += call.bytes();
            if (!group.isEmpty() && (entries > GROUP_ENTRIES || bytes > GROUP_BYTES)) {
                break;
            }
            group.add(waiting.removeFirst());
        }
        crowded = group.size() >= CROWD;
        return group;
    }

    private void commit(List<Call> group) {
        long start = System.nanoTime();
        List<Call> inTime = group.stream().filter(call -> call.inTime(start)).toList();
        List<AppendAnswer> stored = inTime.isEmpty()
                ? List.of()
                : store.commit(inTime.stream().map(Call::entries).toList());
        long end = System.nanoTime();
        int entries = inTime.stream().mapToInt(call -> call.entries().size()).sum();
        if (entries > 0) {
            meters.committed(entries, end - start);
        }
        inTime.forEach(call -> meters.acked(end - call.arrived()));
        settle(group);
        answers.execute(() -> answer(group, start, stored));
    }

    private void answer(List<Call> group, long start, List<AppendAnswer> stored) {
        int next = 0;
        for (Call call : group) {
            boolean inTime = call.inTime(start);
            call.answer().accept(inTime ? stored.get(next++) : new AppendRefused(store.name(), "late"));
        }
    }

    private void settle(List<Call> group) {
        lock.lock();
        try {
            for (Call call : group) {
                count(-call.entries().size(), -call.bytes());
            }
        } finally {
            lock.unlock();
        }
    }

    private void count(int entries, int bytes) {
        waitingEntries += entries;
        waitingBytes += bytes;
        meters.unacked(waitingEntries);
    }

    private boolean full() {
        return waitingEntries >= GROUP_ENTRIES || waitingBytes >= GROUP_BYTES;
    }

    /** Takes nothing more and returns when everything that arrived is answered. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrival.signal();
        } finally {
            lock.unlock();
        }
        ThreadEnd.await(thread);
        meters.close();
    }
}
