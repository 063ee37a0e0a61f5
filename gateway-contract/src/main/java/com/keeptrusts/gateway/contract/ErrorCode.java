package com.keeptrusts.gateway.contract;

import java.util.Locale;

/** Every {@code code} that a client can see, with the HTTP status it has before the first byte (WIRE 4.3). */
public enum ErrorCode {
    INVALID_JSON(400, Type.INVALID_REQUEST, false),
    DUPLICATE_FIELD(400, Type.INVALID_REQUEST, false),
    INVALID_TYPE(400, Type.INVALID_REQUEST, false),
    UNSUPPORTED_FIELD(400, Type.INVALID_REQUEST, false),
    UNSUPPORTED_CONTENT(400, Type.INVALID_REQUEST, false),
    /** The HTTP framing or a header is not acceptable. */
    BAD_REQUEST(400, Type.INVALID_REQUEST, false),
    INVALID_API_KEY(401, Type.INVALID_REQUEST, false),
    MODEL_NOT_ALLOWED(403, Type.PERMISSION, false),
    INPUT_BLOCKED(400, Type.POLICY_VIOLATION, false),
    OUTPUT_BLOCKED(400, Type.POLICY_VIOLATION, false),
    ESCALATION_REQUIRED(400, Type.POLICY_VIOLATION, false),
    MODEL_NOT_FOUND(404, Type.INVALID_REQUEST, false),
    UNKNOWN_ENDPOINT(404, Type.INVALID_REQUEST, false),
    METHOD_NOT_ALLOWED(405, Type.INVALID_REQUEST, false),
    REQUEST_TIMEOUT(408, Type.INVALID_REQUEST, false),
    REQUEST_TOO_LARGE(413, Type.INVALID_REQUEST, false),
    UNSUPPORTED_MEDIA_TYPE(415, Type.INVALID_REQUEST, false),
    RATE_LIMIT_EXCEEDED(429, Type.RATE_LIMIT, true),
    QUOTA_EXCEEDED(429, Type.RATE_LIMIT, true),
    POLICY_UNAVAILABLE(503, Type.SERVER, true),
    POLICY_ERROR(500, Type.SERVER, true),
    AUDIT_UNAVAILABLE(503, Type.SERVER, true),
    GATEWAY_OVERLOADED(503, Type.SERVER, true),
    PACK_DISABLED(503, Type.SERVER, false),
    SHUTTING_DOWN(503, Type.SERVER, true),
    NO_TARGET_AVAILABLE(503, Type.SERVER, false),
    /** The target refused the request as it stands: its own code is kept. */
    UPSTREAM_INVALID_REQUEST(400, Type.INVALID_REQUEST, false),
    UPSTREAM_REQUEST_TOO_LARGE(413, Type.INVALID_REQUEST, false),
    /** The target limits the rate: its own code is kept. */
    UPSTREAM_RATE_LIMIT(429, Type.RATE_LIMIT, true),
    UPSTREAM_AUTH(502, Type.SERVER, false),
    UPSTREAM_BILLING(502, Type.SERVER, false),
    UPSTREAM_ERROR(502, Type.SERVER, true),
    UPSTREAM_UNREACHABLE(502, Type.SERVER, true),
    UPSTREAM_INVALID_STREAM(502, Type.SERVER, true),
    UPSTREAM_TRUNCATED(502, Type.SERVER, true),
    UPSTREAM_TIMEOUT(504, Type.SERVER, true),
    /** The provider worker that made the call is gone. */
    WORKER_LOST(502, Type.SERVER, true),
    INTERNAL_ERROR(500, Type.SERVER, true);

    /** The {@code type} member of an error. */
    private enum Type {
        INVALID_REQUEST("invalid_request_error"),
        PERMISSION("permission_error"),
        POLICY_VIOLATION("policy_violation"),
        RATE_LIMIT("rate_limit_error"),
        SERVER("server_error");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }
    }

    private final int status;
    private final Type type;
    private final boolean retry;

    ErrorCode(int status, Type type, boolean retry) {
        this.status = status;
        this.type = type;
        this.retry = retry;
    }

    public int status() {
        return status;
    }

    public String type() {
        return type.wire;
    }

    /** The {@code code} member of an error: this constant's name in lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a client may try again, unless the gateway already did. */
    public boolean retry() {
        return retry;
    }
}
