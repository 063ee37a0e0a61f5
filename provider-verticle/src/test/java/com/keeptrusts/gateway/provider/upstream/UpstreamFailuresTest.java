package com.keeptrusts.gateway.provider.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.provider.settings.Trigger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamFailuresTest {

    @Test
    void anUnknownFieldOfCerebrasNamesItsPath() {
        AttemptFailure failure = of(400, """
                {"message":"messages.2.assistant.reasoning_content: property 'x' is unsupported",
                 "type":"invalid_request_error","param":"validation_error","code":"wrong_api_format"}""");

        assertThat(failure.failure().code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_REQUEST);
        assertThat(failure.failure().upstreamCode()).isEqualTo("wrong_api_format");
        assertThat(failure.failure().param()).isEqualTo("messages[2].reasoning_content");
        assertThat(failure.trigger()).isNull();
        assertThat(failure.unhealthy()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "401, UPSTREAM_AUTH, , false, false",
        "402, UPSTREAM_BILLING, BILLING, false, false",
        "403, UPSTREAM_AUTH, , false, false",
        "404, UPSTREAM_ERROR, , false, false",
        "408, UPSTREAM_TIMEOUT, TIMEOUT, false, true",
        "413, UPSTREAM_REQUEST_TOO_LARGE, , false, false",
        "422, UPSTREAM_INVALID_REQUEST, , false, false",
        "429, UPSTREAM_RATE_LIMIT, RATE_LIMIT_EXCEEDED, true, false",
        "500, UPSTREAM_ERROR, SERVICE_UNAVAILABLE, true, true",
        "502, UPSTREAM_ERROR, SERVICE_UNAVAILABLE, true, true",
        "503, UPSTREAM_ERROR, SERVICE_UNAVAILABLE, true, true",
        "504, UPSTREAM_ERROR, SERVICE_UNAVAILABLE, true, true",
        "529, UPSTREAM_ERROR, SERVICE_UNAVAILABLE, true, true",
        "301, UPSTREAM_ERROR, SERVICE_UNAVAILABLE, false, true"
    })
    void everyStatusHasItsMeaning(int status, ErrorCode code, Trigger trigger, boolean retry, boolean unhealthy) {
        AttemptFailure failure = of(status, "<html>no JSON at all</html>");

        assertThat(failure.failure().code()).isEqualTo(code);
        assertThat(failure.failure().upstreamStatus()).isEqualTo(status);
        assertThat(failure.trigger()).isEqualTo(trigger);
        assertThat(failure.retry()).isEqualTo(retry);
        assertThat(failure.unhealthy()).isEqualTo(unhealthy);
        assertThat(failure.failure().message()).doesNotContain("html");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403})
    void whatIsSaidOfOurKeyStaysHere(int status) {
        Failure failure = of(status, "{\"message\":\"Wrong API Key csk-123\",\"code\":\"wrong_api_key\"}")
                .failure();

        assertThat(failure.code().status()).isEqualTo(502);
        assertThat(failure.message()).doesNotContain("csk-123");
        assertThat(failure.upstreamCode()).isNull();
    }

    @Test
    void anUnknownModelIsTheClientsToKnow() {
        Failure failure = of(
                        404,
                        "{\"message\":\"Model X does not exist\",\"type\":\"not_found_error\",\"param\":\"model\",\"code\":\"model_not_found\"}")
                .failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(failure.param()).isEqualTo("model");
        assertThat(failure.message()).isEqualTo("Model X does not exist");
    }

    @Test
    void aFullQueueIsToldFromARateLimit() {
        assertThat(of(429, "{\"message\":\"busy\",\"code\":\"queue_exceeded\"}").queueFull())
                .isTrue();
        assertThat(of(429, "{\"error\":{\"message\":\"rpm\",\"code\":\"request_quota_exceeded\"}}")
                        .queueFull())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"said\",\"code\":\"c\"}",
                "{\"error\":{\"message\":\"said\",\"code\":\"c\"}}",
                "{\"status_code\":400,\"error\":{\"message\":\"said\",\"code\":\"c\",\"param\":\"\",\"type\":\"\"}}"
            })
    void everyShapeOfAnErrorIsRead(String body) {
        Failure failure = of(400, body).failure();

        assertThat(failure.message()).isEqualTo("said");
        assertThat(failure.upstreamCode()).isEqualTo("c");
        assertThat(failure.param()).isNull();
    }

    @Test
    void aListOfDetailsGivesItsReasonAndNeverItsInput() {
        Failure failure = of(
                        422, "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\",\"input\":\"the prompt\"}]}")
                .failure();

        assertThat(failure.message()).isEqualTo("field required");
    }

    @Test
    void aMessageIsOneLineOfBoundedLength() {
        Failure failure = of(400, "{\"message\":\"a\\r\\n\\ndata: b" + "x".repeat(5_000) + "\"}")
                .failure();

        assertThat(failure.message()).startsWith("a data: b").hasSizeLessThan(700);
    }

    @Test
    void anErrorEventHasTheStatusItNamesElseThatOfItsType() {
        var byType = new UpstreamError(0, "m", "invalid_request_error", null, "c");

        assertThat(UpstreamFailures.ofEvent(new UpstreamError(503, "m", null, null, null))
                        .status())
                .isEqualTo(503);
        assertThat(UpstreamFailures.ofEvent(byType).failure().code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_REQUEST);
        assertThat(UpstreamFailures.ofEvent(UpstreamError.SILENT).trigger()).isEqualTo(Trigger.SERVICE_UNAVAILABLE);
    }

    private static AttemptFailure of(int status, String body) {
        return UpstreamFailures.ofStatus(status, UpstreamError.of(body.getBytes(StandardCharsets.UTF_8)), null);
    }
}
