package com.keeptrusts.gateway.benchmarks.load;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Adds up one run; lives on one thread. Only what falls into the measured time counts. */
final class Tally {

    private final long from;
    private final long until;
    private final Histogram latency = new Histogram(3);
    private final Histogram firstToken = new Histogram(3);
    private final Histogram gap = new Histogram(3);
    private final Map<String, Long> failures = new TreeMap<>();
    private long completed;
    private long events;
    private long pacedEvents;
    private long streamNanos;

    Tally(long from, long until) {
        this.from = from;
        this.until = until;
    }

    /** The latency counts by when the request was due, so that late answers are not left out. */
    void completed(long due, long now) {
        if (due >= from) {
            latency.recordValue(now - due);
        }
        if (isMeasured(now)) {
            completed++;
        }
    }

    void failed(String reason, long now) {
        if (isMeasured(now)) {
            failures.merge(reason, 1L, Long::sum);
        }
    }

    void firstToken(long due, long now) {
        if (due >= from) {
            firstToken.recordValue(now - due);
        }
    }

    void events(long count, long now) {
        if (isMeasured(now)) {
            events += count;
        }
    }

    /** Events of a stream that had some before, {@code since} then; a count of 0 tells of a wait that goes on. */
    void laterEvents(long count, long since, long now) {
        if (isMeasured(now) && since >= from) {
            if (count > 0) {
                gap.recordValue(now - since);
            }
            pacedEvents += count;
            streamNanos += now - since;
        }
    }

    LoadReport report(double cpuSeconds) {
        return new LoadReport(
                Duration.ofNanos(until - from),
                completed,
                events,
                Percentiles.ofNanos(latency),
                Percentiles.ofNanos(firstToken),
                Percentiles.ofNanos(gap),
                streamNanos / 1e9,
                pacedEvents,
                failures,
                cpuSeconds);
    }

    private boolean isMeasured(long now) {
        return now - from >= 0 && now - until <= 0;
    }
}
