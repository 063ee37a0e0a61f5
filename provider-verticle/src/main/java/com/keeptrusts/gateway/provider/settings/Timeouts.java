package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;

/**
 * How long a target may take, in milliseconds.
 *
 * @param connect for name look-up, connection and TLS together
 * @param firstToken from the request to the first meaningful event of a stream
 * @param json from the request to the first byte of an answer that is not streamed
 * @param idle without an event in the middle of an answer
 * @param total for one attempt, whatever it does
 */
public record Timeouts(long connect, long firstToken, long json, long idle, long total) {

    /** An answer that is not streamed starts only when all of it is generated. */
    private static final int TOKENS_OF_A_SLOW_ANSWER = 8;

    private static final long DAY = 86_400_000;

    static Timeouts from(Section section, boolean quick) {
        long firstToken = section.whole("first_token_ms", 15_000, 1, DAY);
        return new Timeouts(
                section.whole("connect_ms", 3_000, 1, DAY),
                firstToken,
                section.whole("json_ms", quick ? firstToken : firstToken * TOKENS_OF_A_SLOW_ANSWER, 1, DAY),
                section.whole("idle_ms", 15_000, 1, DAY),
                section.whole("total_ms", 600_000, 1, DAY));
    }

    static Timeouts defaults(boolean quick) {
        return new Timeouts(3_000, 15_000, quick ? 15_000 : 15_000 * TOKENS_OF_A_SLOW_ANSWER, 15_000, 600_000);
    }
}
