package com.keeptrusts.gateway.simulator.pace;

import com.keeptrusts.gateway.simulator.answer.Spread;
import com.keeptrusts.gateway.simulator.request.Options;

/**
 * How fast an answer comes: waiting, reading the prompt, then tokens at a rate (0 = as fast as the socket takes them), so many to an
 * event, and events held back until the next flush (1 ms = every tick).
 */
public record Pace(
        double tokensPerSecond, Spread queueMillis, Spread ttftMillis, Spread tokensPerEvent, Spread flushMillis) {

    public Pace {
        if (!(tokensPerSecond >= 0) || tokensPerEvent.least() < 1) {
            throw new IllegalArgumentException("rate, tokens_per_event: " + tokensPerSecond + ", " + tokensPerEvent
                    + " (expected: from 0 on, from 1 on)");
        }
    }

    /** A model's usual pace: 1 ms in the queue, 12 ms to the first token, one token to an event. */
    public static Pace of(double tokensPerSecond) {
        return new Pace(tokensPerSecond, Spread.of(1), Spread.of(12), Spread.of(1), Spread.of(1));
    }

    public Pace with(Options options) {
        return new Pace(
                options.number("rate", tokensPerSecond),
                options.spread("queue_ms", queueMillis),
                options.spread("ttft_ms", ttftMillis),
                options.spread("tokens_per_event", tokensPerEvent),
                options.spread("flush_ms", flushMillis));
    }

    boolean unpaced() {
        return tokensPerSecond == 0;
    }
}
