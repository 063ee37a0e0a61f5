package com.keeptrusts.gateway.faults;

import java.time.Duration;

/**
 * A fault and when it went on, by {@link System#nanoTime}; afterwards all was as before.
 *
 * @param untilNanos with some time for what had begun meanwhile
 */
record Episode(MixedFault fault, long fromNanos, long untilNanos) {

    static final Duration AFTERMATH = Duration.ofSeconds(3);

    boolean overlaps(MarkedAnswer answer) {
        return answer.endedNanos() >= fromNanos && answer.begunNanos() <= untilNanos;
    }

    /** Whether the fault may be why an answer of a door is none. */
    boolean explains(String door, MarkedAnswer answer) {
        if (!overlaps(answer)) {
            return false;
        }
        return answer.code().isEmpty()
                ? fault.takesDown(door)
                : fault.codesAt(door).contains(answer.code());
    }

    @Override
    public String toString() {
        return fault.toString();
    }
}
