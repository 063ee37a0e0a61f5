package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.Persona;
import com.keeptrusts.gateway.simulator.limit.RateModel.Standing;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.util.Locale;

/** The quota headers: seconds as a number at Cerebras, a duration as text at OpenAI. */
final class QuotaHeaders {

    private QuotaHeaders() {}

    static void put(MultiMap headers, Persona persona, Standing standing) {
        switch (persona) {
            case CEREBRAS -> {
                put(
                        headers,
                        "requests-day",
                        standing.requestsLimit(),
                        standing.requestsRemaining(),
                        seconds(standing.requestsReset()));
                put(
                        headers,
                        "tokens-minute",
                        standing.tokensLimit(),
                        standing.tokensRemaining(),
                        seconds(standing.tokensReset()));
            }
            case OPENAI -> {
                put(
                        headers,
                        "requests",
                        standing.requestsLimit(),
                        standing.requestsRemaining(),
                        duration(standing.requestsReset()));
                put(
                        headers,
                        "tokens",
                        standing.tokensLimit(),
                        standing.tokensRemaining(),
                        duration(standing.tokensReset()));
            }
        }
    }

    private static void put(MultiMap headers, String what, long limit, long remaining, String reset) {
        headers.set("x-ratelimit-limit-" + what, Long.toString(limit));
        headers.set("x-ratelimit-remaining-" + what, Long.toString(remaining));
        headers.set("x-ratelimit-reset-" + what, reset);
    }

    private static String seconds(double seconds) {
        return BigDecimal.valueOf(seconds).toPlainString();
    }

    private static String duration(double seconds) {
        long whole = (long) seconds;
        String rest = String.format(Locale.ROOT, "%.3fs", seconds - whole / 60 * 60);
        return whole < 60
                ? rest
                : whole < 3600 ? whole / 60 + "m" + rest : whole / 3600 + "h" + whole / 60 % 60 + "m" + rest;
    }
}
