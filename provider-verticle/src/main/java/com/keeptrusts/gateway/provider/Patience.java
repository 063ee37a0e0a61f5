package com.keeptrusts.gateway.provider;

/** How long a target has been at it: since the call, since its answer took another turn, and without progress. */
final class Patience {

    /** So many bytes are progress even without a whole event. */
    private static final int PROGRESS_BYTES = 1_024;

    private long startedAt = System.nanoTime();
    private long turnedAt = startedAt;
    private long progressAt = startedAt;
    private int bytesSinceProgress;

    /** The answer takes another turn. */
    void turn() {
        turnedAt = System.nanoTime();
    }

    void progressed() {
        progressAt = System.nanoTime();
        bytesSinceProgress = 0;
    }

    /** Bytes that trickle are no progress: whole events are, or a good many bytes of one. */
    void arrived(int bytes, boolean events) {
        bytesSinceProgress += bytes;
        if (events || bytesSinceProgress >= PROGRESS_BYTES) {
            progressed();
        }
    }

    /** Whether something came that was too little. */
    boolean trickles() {
        return bytesSinceProgress > 0;
    }

    boolean startedBefore(long now, long millis) {
        return isOlder(startedAt, now, millis);
    }

    boolean turnedBefore(long now, long millis) {
        return isOlder(turnedAt, now, millis);
    }

    boolean progressedBefore(long now, long millis) {
        return isOlder(progressAt, now, millis);
    }

    /** The time that this process did not run does not count. */
    void excuse(long nanos) {
        startedAt += nanos;
        turnedAt += nanos;
        progressAt += nanos;
    }

    static boolean isOlder(long since, long now, long millis) {
        return now - since > millis * 1_000_000L;
    }
}
