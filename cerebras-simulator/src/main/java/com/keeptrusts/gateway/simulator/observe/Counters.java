package com.keeptrusts.gateway.simulator.observe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened so far. Thread-safe; the two gauges (open connections, running streams) survive a reset. */
public final class Counters {

    private static final int CANCELLATIONS_KEPT = 10_000;

    private long connectionsOpened;
    private long connectionsOpen;
    private long connectionsMost;
    private long streamsStarted;
    private long streamsRunning;
    private long streamsCompleted;
    private long streamsCancelled;
    private long tokensGenerated;
    private final Map<String, Long> requestsByModel = new TreeMap<>();
    private final Map<Integer, Long> responsesByStatus = new TreeMap<>();
    private final Deque<Cancelled> cancelled = new ArrayDeque<>();

    /** An answer whose reader went away, and how far the model had come by then. */
    public record Cancelled(String model, long tokensGenerated, long ofTokens) {}

    /** All counters at one moment. */
    public record Snapshot(
            long connectionsOpened,
            long connectionsOpen,
            long connectionsMost,
            long streamsStarted,
            long streamsRunning,
            long streamsCompleted,
            long streamsCancelled,
            long tokensGenerated,
            Map<String, Long> requestsByModel,
            Map<Integer, Long> responsesByStatus,
            List<Cancelled> cancelled) {}

    public synchronized void connectionOpened() {
        connectionsOpened++;
        connectionsOpen++;
        connectionsMost = Math.max(connectionsMost, connectionsOpen);
    }

    public synchronized void connectionClosed() {
        connectionsOpen--;
    }

    public synchronized void requested(String model) {
        requestsByModel.merge(model, 1L, Long::sum);
    }

    public synchronized void responded(int status) {
        responsesByStatus.merge(status, 1L, Long::sum);
    }

    public synchronized void streamStarted() {
        streamsStarted++;
        streamsRunning++;
    }

    public synchronized void streamCompleted(long tokens) {
        streamsRunning--;
        streamsCompleted++;
        tokensGenerated += tokens;
    }

    public synchronized void streamCancelled(Cancelled what) {
        streamsRunning--;
        streamsCancelled++;
        tokensGenerated += what.tokensGenerated();
        cancelled.addLast(what);
        if (cancelled.size() > CANCELLATIONS_KEPT) {
            cancelled.removeFirst();
        }
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(
                connectionsOpened,
                connectionsOpen,
                connectionsMost,
                streamsStarted,
                streamsRunning,
                streamsCompleted,
                streamsCancelled,
                tokensGenerated,
                Map.copyOf(requestsByModel),
                Map.copyOf(responsesByStatus),
                List.copyOf(cancelled));
    }

    public synchronized void reset() {
        connectionsOpened = 0;
        connectionsMost = connectionsOpen;
        streamsStarted = 0;
        streamsCompleted = 0;
        streamsCancelled = 0;
        tokensGenerated = 0;
        requestsByModel.clear();
        responsesByStatus.clear();
        cancelled.clear();
    }
}
