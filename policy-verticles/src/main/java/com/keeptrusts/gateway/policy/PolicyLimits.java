package com.keeptrusts.gateway.policy;

import java.time.Duration;

/**
 * How much one policy worker takes on.
 *
 * @param capacity calls that may be unanswered at a time; more are refused as overloaded
 * @param openStreams streams that may be open at a time
 * @param streamIdle after this long without a piece a stream is forgotten
 * @param farewell how long a leaving worker waits for its streams and calls to end
 * @param largeCharacters calls with more text than this are reviewed aside, so that they do not hold small ones up
 * @param largeThreads threads of a node for such calls
 */
public record PolicyLimits(
        int capacity, int openStreams, Duration streamIdle, Duration farewell, int largeCharacters, int largeThreads) {

    public static final PolicyLimits DEFAULT =
            new PolicyLimits(1_024, 4_096, Duration.ofSeconds(120), Duration.ofSeconds(20), 64 * 1_024, 2);

    /** The same with another farewell. */
    public PolicyLimits withFarewell(Duration limit) {
        return new PolicyLimits(capacity, openStreams, streamIdle, limit, largeCharacters, largeThreads);
    }
}
