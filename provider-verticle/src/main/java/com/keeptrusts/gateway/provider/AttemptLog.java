package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.provider.settings.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was tried for one call, in order, for the audit. */
final class AttemptLog {

    private final long takenAt;
    private final List<Attempt> ended = new ArrayList<>();
    private @Nullable Candidate current;
    private int retry;
    private long startedAt;
    private long firstByteMicros;
    private int calls;

    AttemptLog(long takenAt) {
        this.takenAt = takenAt;
    }

    void begin(Candidate candidate, int retryNumber) {
        current = candidate;
        retry = retryNumber;
        startedAt = System.nanoTime();
        firstByteMicros = 0;
        calls++;
    }

    /** Notes the first meaningful byte; answers how long it took from the call being taken up. */
    long firstByte() {
        firstByteMicros = micros(startedAt);
        return micros(takenAt);
    }

    long firstByteMicros() {
        return firstByteMicros;
    }

    /** The idle connection that was taken was dead; the attempt goes on with another. */
    void connectionReplaced() {
        if (current != null) {
            ended.add(attempt(current, "idle_reset", 0));
        }
    }

    /** Ends the attempt that is under way, if one is; answers how long it took. */
    long end(@Nullable String cause, int status) {
        if (current != null) {
            ended.add(attempt(current, cause, status));
            current = null;
        }
        return micros(startedAt);
    }

    /** A target was passed over without being called. */
    void skipped(Candidate candidate, String cause) {
        startedAt = System.nanoTime();
        firstByteMicros = 0;
        retry = 0;
        ended.add(attempt(candidate, cause, 0));
    }

    /** Whether the gateway has already tried more than once. */
    boolean retried() {
        return calls > 1;
    }

    List<Attempt> attempts() {
        return List.copyOf(ended);
    }

    long durationMicros() {
        return micros(takenAt);
    }

    private Attempt attempt(Candidate candidate, @Nullable String cause, int status) {
        return new Attempt(
                candidate.target().id(),
                candidate.target().provider().name(),
                candidate.model(),
                (startedAt - takenAt) / 1_000,
                status,
                firstByteMicros,
                cause,
                retry);
    }

    private static long micros(long since) {
        return (System.nanoTime() - since) / 1_000;
    }
}
