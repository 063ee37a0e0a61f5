package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How a journey ended.
 *
 * @param status HTTP status the client got or was to get; 0 when it left before
 * @param code of the error, where there is one
 */
record Outcome(int status, @Nullable String code, EndedBy endedBy) {

    static Outcome complete(int status) {
        return new Outcome(status, null, EndedBy.COMPLETE);
    }

    static Outcome clientLeft(int status, String code) {
        return new Outcome(status, code, EndedBy.CLIENT);
    }

    static Outcome of(ErrorBody error, ErrorCode code) {
        return new Outcome(error.status(), error.code(), endedBy(code));
    }

    /** After the first byte the status is what it was. */
    static Outcome broken(int status, ErrorBody error, ErrorCode code) {
        return new Outcome(status, error.code(), endedBy(code));
    }

    boolean plainSuccess() {
        return endedBy == EndedBy.COMPLETE && code == null;
    }

    private static EndedBy endedBy(ErrorCode code) {
        return switch (code) {
            case INPUT_BLOCKED, OUTPUT_BLOCKED, ESCALATION_REQUIRED, POLICY_ERROR, POLICY_UNAVAILABLE -> EndedBy.POLICY;
            case UPSTREAM_TIMEOUT -> EndedBy.DEADLINE;
            case SHUTTING_DOWN -> EndedBy.SHUTDOWN;
            case WORKER_LOST -> EndedBy.WORKER_LOST;
            case UPSTREAM_INVALID_REQUEST,
                    UPSTREAM_REQUEST_TOO_LARGE,
                    UPSTREAM_RATE_LIMIT,
                    UPSTREAM_AUTH,
                    UPSTREAM_BILLING,
                    UPSTREAM_ERROR,
                    UPSTREAM_UNREACHABLE,
                    UPSTREAM_INVALID_STREAM,
                    UPSTREAM_TRUNCATED,
                    MODEL_NOT_FOUND -> EndedBy.UPSTREAM;
            default -> EndedBy.GATEWAY;
        };
    }
}
