package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The only place that turns a refusal into a status, a body, headers, or the last frame of a broken stream. The body is
 * the dual envelope that every known client reads; its code is stable, its message never quotes the request.
 */
final class ErrorBody {

    /** A client may be told to wait this long; one of the common ones obeys without limit. */
    static final long LONGEST_WAIT_MILLIS = 60_000;

    private static final String CONTENT_TYPE = "application/json";
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Set<ErrorCode> KEEPS_UPSTREAM_CODE = Set.of(
            ErrorCode.UPSTREAM_INVALID_REQUEST,
            ErrorCode.UPSTREAM_REQUEST_TOO_LARGE,
            ErrorCode.UPSTREAM_RATE_LIMIT,
            ErrorCode.MODEL_NOT_FOUND);

    private final Failure failure;
    private final @Nullable String policy;
    private final int blockStatus;

    ErrorBody(Refused refused, int blockStatus) {
        this(refused.failure(), refused.policy(), blockStatus);
    }

    ErrorBody(Failure failure, @Nullable String policy, int blockStatus) {
        this.failure = failure;
        this.policy = policy;
        this.blockStatus = blockStatus;
    }

    int status() {
        return switch (failure.code()) {
            case INPUT_BLOCKED, OUTPUT_BLOCKED, ESCALATION_REQUIRED -> blockStatus;
            case UPSTREAM_ERROR ->
                failure.upstreamStatus() == 503 ? 503 : failure.code().status();
            default -> failure.code().status();
        };
    }

    /** The stable code that clients branch on; the target's own where WIRE 4.3 keeps it. */
    String code() {
        String own = failure.upstreamCode();
        if (own == null || !KEEPS_UPSTREAM_CODE.contains(failure.code())) {
            return failure.code().wire();
        }
        return CODE.matcher(own).matches() ? own : failure.code().wire();
    }

    void headers(MultiMap headers) {
        headers.set("content-type", CONTENT_TYPE);
        headers.set("x-should-retry", Boolean.toString(shouldRetry()));
        long wait = waitMillis();
        if (wait > 0 && shouldRetry()) {
            headers.set("retry-after", Long.toString(Math.ceilDiv(wait, 1000)));
        }
        if (overloaded()) { // jittered where a client can read it, so that those refused together do not come back
            // together
            headers.set(
                    "retry-after-ms",
                    Integer.toString(ThreadLocalRandom.current().nextInt(1_000, 3_000)));
        }
        if (failure.code() == ErrorCode.SHUTTING_DOWN) {
            headers.set("retry-after-ms", "100");
            headers.set("connection", "close");
        }
    }

    /** The dual envelope: every client tested finds what it reads, nested or flat. */
    Bytes body() {
        JsonObject nested = error();
        JsonObject flat = new JsonObject().put("error", nested).mergeIn(nested).put("status_code", status());
        return Bytes.utf8(flat.encode());
    }

    /** What ends a stream that has begun: the one form that raises in every client. */
    Bytes frame() {
        String data = new JsonObject().put("error", error()).encode();
        return Bytes.utf8("event: error\ndata: " + data + "\n\ndata: [DONE]\n\n");
    }

    private JsonObject error() {
        JsonObject error = new JsonObject()
                .put("message", failure.message())
                .put("type", failure.code().type())
                .put("param", blankAsNull(failure.param()))
                .put("code", code());
        return policy == null ? error : error.put("policy", policy);
    }

    private boolean shouldRetry() {
        Long asked = failure.retryAfterMillis();
        boolean tooLong = asked != null && asked > LONGEST_WAIT_MILLIS;
        return failure.code().retry() && !failure.retriesSpent() && !tooLong;
    }

    private long waitMillis() {
        Long asked = failure.retryAfterMillis();
        return asked != null ? asked : overloaded() ? 1_000 : 0;
    }

    /** Nobody said for how long. */
    private boolean overloaded() {
        return failure.code() == ErrorCode.GATEWAY_OVERLOADED && failure.retryAfterMillis() == null;
    }

    private static @Nullable String blankAsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
