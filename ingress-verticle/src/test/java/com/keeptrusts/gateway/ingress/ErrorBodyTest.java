package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorBodyTest {

    @Test
    void theBodyIsTheDualEnvelope() {
        var error = body(Failure.at(ErrorCode.INVALID_TYPE, "messages[0].content", "no"));

        assertThat(error.body().toUtf8())
                .isEqualTo("{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"messages[0].content\",\"code\":\"invalid_type\"},\"message\":\"no\","
                        + "\"type\":\"invalid_request_error\",\"param\":\"messages[0].content\","
                        + "\"code\":\"invalid_type\",\"status_code\":400}");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeHasAStatusATypeAndAFrame(ErrorCode code) {
        var error = body(Failure.of(code, "text\n\ndata: {\"x\":1}"));

        assertThat(error.status()).isBetween(400, 599);
        JsonObject json = new JsonObject(error.body().toUtf8());
        assertThat(json.getJsonObject("error").getString("type")).isNotBlank();
        assertThat(json.getString("code")).isEqualTo(code.wire());
        assertThat(error.frame().toUtf8().split("\n\n", -1)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_JSON, 400, false",
        "INVALID_API_KEY, 401, false",
        "MODEL_NOT_ALLOWED, 403, false",
        "UNKNOWN_ENDPOINT, 404, false",
        "REQUEST_TOO_LARGE, 413, false",
        "UNSUPPORTED_MEDIA_TYPE, 415, false",
        "RATE_LIMIT_EXCEEDED, 429, true",
        "POLICY_UNAVAILABLE, 503, true",
        "AUDIT_UNAVAILABLE, 503, true",
        "GATEWAY_OVERLOADED, 503, true",
        "UPSTREAM_AUTH, 502, false",
        "UPSTREAM_ERROR, 502, true",
        "UPSTREAM_UNREACHABLE, 502, true",
        "UPSTREAM_TIMEOUT, 504, true",
        "POLICY_ERROR, 500, true",
        "SHUTTING_DOWN, 503, true",
    })
    void theMatrixOfWire43Holds(ErrorCode code, int status, boolean retry) {
        var error = body(Failure.of(code, "m"));

        assertThat(error.status()).isEqualTo(status);
        assertThat(headers(error).get("x-should-retry")).isEqualTo(Boolean.toString(retry));
    }

    @Test
    void aShortWaitIsPassedOnAndALongOneForbidsTheRetry_E15_W7() {
        MultiMap soon = headers(body(limited(1_500L)));
        assertThat(soon.get("retry-after")).isEqualTo("2");
        assertThat(soon.get("x-should-retry")).isEqualTo("true");

        MultiMap late = headers(body(limited(7_200_000L)));

        assertThat(late.contains("retry-after")).isFalse();
        assertThat(late.get("x-should-retry")).isEqualTo("false");
    }

    @Test
    void aTargetsOwnCodeIsKeptWhereItHelpsTheClient_E11_E13_E15() {
        assertThat(body(upstream(ErrorCode.UPSTREAM_INVALID_REQUEST, "context_length_exceeded", 400))
                        .code())
                .isEqualTo("context_length_exceeded");
        assertThat(body(upstream(ErrorCode.UPSTREAM_RATE_LIMIT, "queue_exceeded", 429))
                        .code())
                .isEqualTo("queue_exceeded");
        assertThat(body(upstream(ErrorCode.UPSTREAM_AUTH, "wrong_api_key", 401)).code())
                .isEqualTo("upstream_auth");
        assertThat(body(upstream(ErrorCode.UPSTREAM_RATE_LIMIT, "no code, a text", 429))
                        .code())
                .isEqualTo("upstream_rate_limit");
    }

    @Test
    void afterRetriesOfOursTheClientShouldNotTryAgain_E17() {
        var spent = new Failure(ErrorCode.UPSTREAM_ERROR, "m", null, null, 500, null, true);

        assertThat(headers(body(spent)).get("x-should-retry")).isEqualTo("false");
        assertThat(body(spent).status()).isEqualTo(502);
    }

    @Test
    void aBlockHasTheConfiguredStatusAndNamesItsPolicy_E4() {
        var error = new ErrorBody(Failure.of(ErrorCode.INPUT_BLOCKED, "m"), "pii-detector", 409);

        assertThat(error.status()).isEqualTo(409);
        assertThat(headers(error).get("x-should-retry")).isEqualTo("false");
        assertThat(new JsonObject(error.body().toUtf8()).getJsonObject("error").getString("policy"))
                .isEqualTo("pii-detector");
    }

    @Test
    void aNodeThatShutsDownSendsTheClientElsewhere_E24() {
        MultiMap headers = headers(body(Failure.of(ErrorCode.SHUTTING_DOWN, "m")));

        assertThat(headers.get("retry-after-ms")).isEqualTo("100");
        assertThat(headers.get("connection")).isEqualTo("close");
    }

    private static Failure limited(@Nullable Long wait) {
        return new Failure(ErrorCode.UPSTREAM_RATE_LIMIT, "m", null, null, 429, wait, false);
    }

    private static Failure upstream(ErrorCode code, String own, int status) {
        return new Failure(code, "m", null, own, status, null, false);
    }

    private static ErrorBody body(Failure failure) {
        return new ErrorBody(failure, null, 400);
    }

    private static MultiMap headers(ErrorBody error) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        error.headers(headers);
        return headers;
    }
}
