package com.keeptrusts.gateway.provider.upstream;

import static com.keeptrusts.gateway.contract.ErrorCode.MODEL_NOT_FOUND;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_AUTH;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_BILLING;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_ERROR;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_INVALID_REQUEST;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_RATE_LIMIT;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_REQUEST_TOO_LARGE;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_TIMEOUT;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.provider.settings.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The only place that says what a target's refusal means (WIRE 4.3, E11 to E19). What a target says of the gateway's
 * own key or bill never reaches a client as if it were the client's.
 */
public final class UpstreamFailures {

    private static final int LONGEST_MESSAGE = 600;

    private UpstreamFailures() {}

    /** A status other than 200 to 299, with its body and the wait that its headers ask for. */
    public static AttemptFailure ofStatus(int status, UpstreamError error, @Nullable Long retryAfterMillis) {
        return switch (status) {
            case 401, 403 -> ours("auth", UPSTREAM_AUTH, status, error, null, "the target does not accept the key");
            case 402 ->
                ours("billing", UPSTREAM_BILLING, status, error, Trigger.BILLING, "the target asks for payment");
            case 404 -> notFound(error);
            case 408 -> timeout("request_timeout", status);
            case 413 -> client("too_large", UPSTREAM_REQUEST_TOO_LARGE, status, error, "the target takes no more");
            case 429 -> rateLimit(error, retryAfterMillis);
            default -> byClass(status, error, retryAfterMillis);
        };
    }

    /** An error where the answer's beginning should be, or in its middle. */
    public static AttemptFailure ofEvent(UpstreamError error) {
        int status = error.status() >= 400 && error.status() < 600 ? error.status() : guess(error);
        AttemptFailure mapped = ofStatus(status, error, null);
        Trigger trigger = mapped.trigger() == null ? Trigger.INVALID_ANSWER : mapped.trigger();
        return new AttemptFailure(
                "error_event", mapped.failure(), trigger, mapped.retry(), mapped.unhealthy(), mapped.status());
    }

    /** An answer that nobody can make sense of, or that ends too soon. */
    public static AttemptFailure invalid(String cause, ErrorCode code, int status, String message) {
        return new AttemptFailure(
                cause, failure(code, message, null, null, status, null), Trigger.INVALID_ANSWER, true, true, status);
    }

    /** An answer that has more bytes than it may have; another try would not be shorter. */
    public static AttemptFailure tooLong(long limit, int status) {
        String message = "answer: more than " + limit + " bytes (see size_limits.max_response_bytes)";
        Failure failure = failure(UPSTREAM_ERROR, message, null, null, status, null);
        return new AttemptFailure("answer_too_long", failure, Trigger.INVALID_ANSWER, false, false, status);
    }

    public static AttemptFailure timeout(String cause, int status) {
        return new AttemptFailure(
                cause,
                failure(UPSTREAM_TIMEOUT, "the target did not answer in time", null, null, status, null),
                Trigger.TIMEOUT,
                false,
                true,
                status);
    }

    /** No connection, or one that broke before the answer. */
    public static AttemptFailure unreachable(String cause, boolean retry) {
        return new AttemptFailure(
                cause,
                failure(ErrorCode.UPSTREAM_UNREACHABLE, "the target cannot be reached", null, null, 0, null),
                Trigger.CONNECT_ERROR,
                retry,
                true,
                0);
    }

    private static AttemptFailure byClass(int status, UpstreamError error, @Nullable Long retryAfterMillis) {
        if (status >= 500) {
            Failure failure = failure(
                    UPSTREAM_ERROR, "the target failed with status " + status, null, null, status, retryAfterMillis);
            boolean retry = status != 501 && status != 505;
            return new AttemptFailure("server_error", failure, Trigger.SERVICE_UNAVAILABLE, retry, true, status);
        }
        if (status >= 400) {
            return client("client_error", UPSTREAM_INVALID_REQUEST, status, error, "the target refused the request");
        }
        String cause = status >= 300 ? "redirect_refused" : "unexpected_status";
        Failure failure =
                failure(UPSTREAM_ERROR, "the target answered with status " + status, null, null, status, null);
        return new AttemptFailure(cause, failure, Trigger.SERVICE_UNAVAILABLE, false, true, status);
    }

    /** Whether the target is busy, which has nothing to do with what the client has used of its limits. */
    public static boolean isFull(UpstreamError error) {
        return "queue_exceeded".equals(error.code());
    }

    private static AttemptFailure rateLimit(UpstreamError error, @Nullable Long retryAfterMillis) {
        String cause = isFull(error) ? "queue_exceeded" : "rate_limited";
        String message = said(error, "the target limits the rate");
        Failure failure = failure(UPSTREAM_RATE_LIMIT, message, null, error.code(), 429, retryAfterMillis);
        return new AttemptFailure(cause, failure, Trigger.RATE_LIMIT_EXCEEDED, true, false, 429);
    }

    private static AttemptFailure notFound(UpstreamError error) {
        if (error.message() == null && error.code() == null) {
            Failure failure = failure(
                    UPSTREAM_ERROR, "the target does not know the path: see its base_url", null, null, 404, null);
            return new AttemptFailure("path_not_found", failure, null, false, false, 404);
        }
        Failure failure = failure(
                MODEL_NOT_FOUND, said(error, "the target does not know the model"), "model", error.code(), 404, null);
        return new AttemptFailure("model_not_found", failure, null, false, false, 404);
    }

    private static AttemptFailure client(
            String cause, ErrorCode code, int status, UpstreamError error, String otherwise) {
        String message = said(error, otherwise);
        String param = ParamPath.of(error.param(), error.message());
        return new AttemptFailure(
                cause, failure(code, message, param, error.code(), status, null), null, false, false, status);
    }

    private static AttemptFailure ours(
            String cause, ErrorCode code, int status, UpstreamError error, @Nullable Trigger trigger, String message) {
        String hint = error.code() == null ? message : message + " (" + clean(error.code()) + ")";
        return new AttemptFailure(cause, failure(code, hint, null, null, status, null), trigger, false, false, status);
    }

    private static int guess(UpstreamError error) {
        int byCode = switch (String.valueOf(error.code())) {
            case "queue_exceeded", "request_quota_exceeded", "token_quota_exceeded", "rate_limit_exceeded" -> 429;
            case "wrong_api_format", "context_length_exceeded" -> 400;
            case "wrong_api_key", "invalid_api_key" -> 401;
            case "model_not_found" -> 404;
            default -> 0;
        };
        return byCode != 0
                ? byCode
                : switch (String.valueOf(error.type())) {
                    case "invalid_request_error" -> 400;
                    case "too_many_requests_error", "too_many_tokens_error", "rate_limit_error" -> 429;
                    case "not_found_error" -> 404;
                    default -> 500;
                };
    }

    private static Failure failure(
            ErrorCode code,
            String message,
            @Nullable String param,
            @Nullable String upstreamCode,
            int status,
            @Nullable Long retryAfterMillis) {
        return new Failure(
                code,
                message,
                param,
                upstreamCode == null ? null : clean(upstreamCode),
                status,
                retryAfterMillis,
                false);
    }

    private static String said(UpstreamError error, String otherwise) {
        return error.message() == null ? otherwise : clean(error.message());
    }

    private static String clean(String text) {
        String line = text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
        return line.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
