package com.keeptrusts.gateway.audit.retention;

import java.util.Map;

/**
 * Who asks for an act upon a log, and why, for the record.
 *
 * @param by up to 500 characters, as is {@code reason}
 */
public record Request(String by, String reason) {

    /** The job that runs by itself. */
    public static final Request SCHEDULED = new Request("schedule", "retention_days");

    private static final int LONGEST_TEXT = 500;

    public Request {
        if (by.isBlank() || reason.isBlank() || by.length() > LONGEST_TEXT || reason.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "by and reason (expected: who asks for it and why, up to 500 characters each)");
        }
    }

    Map<String, Object> asMap() {
        return Map.of("by", by, "reason", reason);
    }
}
