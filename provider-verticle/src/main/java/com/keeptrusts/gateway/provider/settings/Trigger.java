package com.keeptrusts.gateway.provider.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of failure after which another target may be tried. */
public enum Trigger {
    /** No connection, or one that broke before the answer. */
    CONNECT_ERROR,
    /** No first token in time. */
    TIMEOUT,
    /** 429. */
    RATE_LIMIT_EXCEEDED,
    /** 5xx. */
    SERVICE_UNAVAILABLE,
    /** 402, and a key that the target does not accept. */
    BILLING,
    /** An error as the first event of a stream, or an answer that is empty or cannot be read. */
    INVALID_ANSWER;

    static final List<String> NAMES = Arrays.stream(values()).map(Trigger::wire).toList();

    static Trigger of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    private String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
