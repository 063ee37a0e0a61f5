package com.keeptrusts.gateway.upstreams;

import static com.keeptrusts.gateway.upstreams.Answers.status;
import static com.keeptrusts.gateway.upstreams.Expected.refused;
import static com.keeptrusts.gateway.upstreams.Expected.tryAgain;

import com.keeptrusts.gateway.upstreams.Expected.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Rate limits, and every way in which a target says how long to wait. */
final class Limits {

    private static final String REQUESTS = body("too_many_requests_error", "request_quota_exceeded");
    private static final String TOKENS = body("too_many_tokens_error", "token_quota_exceeded");
    private static final String QUEUE = body("too_many_requests_error", "queue_exceeded");
    private static final Refusal BY_REQUESTS = tryAgain(429, "request_quota_exceeded");
    private static final Refusal BY_TOKENS = tryAgain(429, "token_quota_exceeded");
    private static final Refusal FOR_LONG = refused(429, "request_quota_exceeded");

    private final List<Behaviour> rows = new ArrayList<>();

    private Limits() {}

    static List<Behaviour> all() {
        var limits = new Limits();
        limits.retryAfter();
        limits.resets();
        return limits.rows;
    }

    private void retryAfter() {
        row("no hint", "", REQUESTS, BY_REQUESTS);
        row("empty body", "", "", tryAgain(429, "upstream_rate_limit"));
        row("html", "", "<html>slow down</html>", tryAgain(429, "upstream_rate_limit"));
        row("seconds", "retry-after: 2\r\n", REQUESTS, BY_REQUESTS.after("2"));
        row("fraction", "retry-after: 1.5\r\n", REQUESTS, BY_REQUESTS.after("2"));
        row("milliseconds", "retry-after-ms: 300\r\n", REQUESTS, BY_REQUESTS.after("1"));
        row("both", "retry-after-ms: 4200\r\nretry-after: 60\r\n", REQUESTS, BY_REQUESTS.after("5"));
        row("zero", "retry-after: 0\r\n", REQUESTS, BY_REQUESTS);
        row("sixty", "retry-after: 60\r\n", REQUESTS, BY_REQUESTS.after("60"));
        row("sixty-one", "retry-after: 61\r\n", REQUESTS, FOR_LONG);
        row("two hours", "retry-after: 7200\r\n", REQUESTS, FOR_LONG);
        row("far date", "retry-after: Tue, 31 Dec 2199 23:59:59 GMT\r\n", REQUESTS, FOR_LONG);
        row("past date", "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n", REQUESTS, BY_REQUESTS);
        row("old date", "retry-after: Sunday, 06-Nov-94 08:49:37 GMT\r\n", REQUESTS, BY_REQUESTS);
        row("negative", "retry-after: -5\r\n", REQUESTS, BY_REQUESTS);
        row("words", "retry-after: soon\r\n", REQUESTS, BY_REQUESTS);
        row("overflow", "retry-after: 99999999999999999999\r\n", REQUESTS, BY_REQUESTS);
        row("two of them", "retry-after: 3\r\nretry-after: 9\r\n", REQUESTS, BY_REQUESTS.after("3"));
    }

    private void resets() {
        row("tokens come back", "x-ratelimit-reset-tokens-minute: 12.3456\r\n", TOKENS, BY_TOKENS.after("13"));
        String tokensSoon = "x-ratelimit-reset-tokens-minute: 11.38\r\n";
        String noRequestsToday =
                "x-ratelimit-remaining-requests-day: 0\r\nx-ratelimit-reset-requests-day: 33011.38\r\n";
        row("requests of the day are used up", noRequestsToday + tokensSoon, REQUESTS, FOR_LONG);
        row(
                "spans of the other dialect",
                "x-ratelimit-remaining-tokens: 0\r\nx-ratelimit-reset-tokens: 6m0s\r\n",
                TOKENS,
                refused(429, "token_quota_exceeded"));
        row(
                "short spans",
                "x-ratelimit-remaining-requests: 0\r\nx-ratelimit-reset-requests: 1s20ms\r\n",
                REQUESTS,
                BY_REQUESTS.after("2"));
        row(
                "a full queue is not the minute's tokens",
                "x-ratelimit-reset-tokens-minute: 42.5\r\n",
                QUEUE,
                tryAgain(429, "queue_exceeded"));
        row(
                "a full queue with a wait",
                "retry-after: 3\r\nx-ratelimit-reset-tokens-minute: 42.5\r\n",
                QUEUE,
                tryAgain(429, "queue_exceeded").after("3"));
    }

    private void row(String name, String headers, String body, Refusal alone) {
        rows.add(Behaviour.fallsOver(false, "429 " + name, status(429, headers, body), alone));
        rows.add(Behaviour.fallsOver(true, "429 " + name, status(429, headers, body), alone));
    }

    private static String body(String type, String code) {
        return "{\"message\":\"limit exceeded\",\"type\":\"" + type + "\",\"param\":\"quota\",\"code\":\"" + code
                + "\"}";
    }
}
