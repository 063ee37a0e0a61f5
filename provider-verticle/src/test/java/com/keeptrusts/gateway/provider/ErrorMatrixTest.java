package com.keeptrusts.gateway.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.keeptrusts.gateway.provider.Conductor.providers;
import static com.keeptrusts.gateway.provider.Conductor.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.provider.Conductor.Answer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ErrorMatrixTest {

    private static final String PATH = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String ANSWER =
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}]}";
    private static final String SSE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static final WireMockServer first = server();
    private static final WireMockServer second = server();

    private Vertx vertx;

    @BeforeAll
    static void start() {
        first.start();
        second.start();
    }

    @AfterAll
    static void stop() {
        first.stop();
        second.stop();
    }

    @BeforeEach
    void forget(Vertx given) {
        vertx = given;
        first.resetAll();
        second.resetAll();
    }

    @ParameterizedTest
    @CsvSource({
        "400, UPSTREAM_INVALID_REQUEST, 1, false",
        "401, UPSTREAM_AUTH, 1, false",
        "402, UPSTREAM_BILLING, 1, false",
        "403, UPSTREAM_AUTH, 1, false",
        "404, MODEL_NOT_FOUND, 1, false",
        "413, UPSTREAM_REQUEST_TOO_LARGE, 1, false",
        "422, UPSTREAM_INVALID_REQUEST, 1, false",
        "500, UPSTREAM_ERROR, 2, true",
        "503, UPSTREAM_ERROR, 2, true",
        "529, UPSTREAM_ERROR, 2, true",
        "302, UPSTREAM_ERROR, 1, false"
    })
    void aTargetAloneIsTriedAgainWhereThatCanHelp(int status, ErrorCode code, int calls, boolean spent)
            throws Exception {
        first.stubFor(
                post(urlEqualTo(PATH)).willReturn(refusal(status).withHeader("location", second.baseUrl() + PATH)));

        Answer answer = run(one(), false);

        Failure failure = answer.failed().failure();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retriesSpent()).isEqualTo(spent);
        assertThat(answer.failed().attempts())
                .hasSize(calls)
                .extracting(Attempt::status)
                .containsOnly(status);
        first.verify(calls, postRequestedFor(urlEqualTo(PATH)));
        second.verify(0, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 429, 500, 502, 503, 504, 529, 302})
    @Tag("P2")
    void theNextTargetAnswersWhereTheFirstCannot(int status) throws Exception {
        first.stubFor(post(urlEqualTo(PATH)).willReturn(refusal(status)));
        second.stubFor(post(urlEqualTo(PATH)).willReturn(aResponse().withBody(ANSWER)));

        Answer answer = run(two(""), false);

        assertThat(answer.text()).isEqualTo(ANSWER);
        assertThat(answer.started().target()).isEqualTo("second");
        assertThat(answer.end().attempts())
                .extracting(Attempt::target)
                .startsWith("first")
                .endsWith("second");
        assertThat(answer.end().attempts().getLast().cause()).isNull();
    }

    @Test
    void fallbacksAndRetriesAreMetered() throws Exception {
        first.stubFor(post(urlEqualTo(PATH)).willReturn(refusal(503)));
        second.stubFor(post(urlEqualTo(PATH)).willReturn(aResponse().withBody(ANSWER)));
        Conductor conductor = two("");

        conductor.complete(call(conductor, false));

        assertThat(conductor
                        .meters
                        .counter("keeptrusts.provider.retries", "target", "first", "cause", "server_error")
                        .count())
                .isEqualTo(1);
        assertThat(conductor
                        .meters
                        .counter("keeptrusts.provider.fallback", "target", "first", "cause", "server_error")
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void anotherTargetIsNotAskedWhereItWouldSayTheSame(int status) throws Exception {
        first.stubFor(post(urlEqualTo(PATH)).willReturn(refusal(status)));

        Answer answer = run(two(""), false);

        assertThat(answer.failed().attempts()).hasSize(1);
        second.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void onFallbackTheBodyIsThatOfTheOtherTarget() throws Exception {
        first.stubFor(post(urlEqualTo(PATH)).willReturn(refusal(500)));
        second.stubFor(post(urlEqualTo(PATH)).willReturn(aResponse().withBody(ANSWER)));
        String body = "{\"model\":\"m\", \"clear_thinking\":true,\"store\":true,\"max_tokens\":-1, \"seed\":1.0}";
        Conductor conductor = two("");

        CompletionCall call = withHeaders(
                call(conductor, false, body),
                new Header("x-cerebras-version-patch", "2"),
                new Header("openai-project", "p"),
                new Header("x-stainless-lang", "js"));
        conductor.complete(call);

        var toFirst = first.findAll(postRequestedFor(urlEqualTo(PATH))).getFirst();
        var toSecond = second.findAll(postRequestedFor(urlEqualTo(PATH))).getFirst();
        assertThat(toFirst.getBody())
                .isEqualTo("{\"model\":\"m\", \"clear_thinking\":true,\"max_tokens\":-1, \"seed\":1.0}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(toFirst.getHeader("authorization")).isEqualTo("Bearer csk-secret");
        assertThat(toFirst.getHeader("x-cerebras-version-patch")).isEqualTo("2");
        assertThat(toFirst.containsHeader("openai-project")).isFalse();
        assertThat(toSecond.getBodyAsString()).isEqualTo("{\"model\":\"gpt-4o\", \"store\":true, \"seed\":1.0}");
        assertThat(toSecond.getHeader("authorization")).isEqualTo("Bearer sk-secret");
        assertThat(toSecond.containsHeader("x-cerebras-version-patch")).isFalse();
        assertThat(toSecond.getHeader("openai-project")).isEqualTo("p");
        assertThat(toSecond.getHeader("x-stainless-lang")).isEqualTo("js");
        assertThat(toSecond.getHeader("accept-encoding")).isEqualTo("identity");
    }

    @Test
    @Tag("P2")
    void aTransientFailureIsRetriedOnce() throws Exception {
        first.stubFor(post(urlEqualTo(PATH))
                .inScenario("s")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(refusal(503))
                .willSetStateTo("well"));
        first.stubFor(post(urlEqualTo(PATH))
                .inScenario("s")
                .whenScenarioStateIs("well")
                .willReturn(aResponse().withBody(ANSWER)));

        Answer answer = run(one(), false);

        assertThat(answer.text()).isEqualTo(ANSWER);
        assertThat(answer.end().attempts()).extracting(Attempt::retry).containsExactly(0, 1);
        assertThat(answer.end().attempts()).extracting(Attempt::cause).containsExactly("server_error", null);
    }

    @Test
    @Tag("P1")
    void aShortWaitThatTheTargetAsksForIsKept() throws Exception {
        first.stubFor(post(urlEqualTo(PATH))
                .inScenario("s")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(refusal(429).withHeader("retry-after-ms", "300"))
                .willSetStateTo("well"));
        first.stubFor(post(urlEqualTo(PATH))
                .inScenario("s")
                .whenScenarioStateIs("well")
                .willReturn(aResponse().withBody(ANSWER)));

        Answer answer = run(one(), false);

        List<Attempt> attempts = answer.end().attempts();
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(1).startMicros() - attempts.get(0).startMicros())
                .isGreaterThan(300_000);
    }

    @Test
    @Tag("P1")
    void aLongWaitIsTheClientsToKeep() throws Exception {
        first.stubFor(post(urlEqualTo(PATH))
                .willReturn(refusal(429)
                        .withHeader("retry-after", "7200")
                        .withHeader("x-ratelimit-limit-tokens-minute", "60000")
                        .withHeader("x-request-id", "u-1")
                        .withHeader("set-cookie", "a=b")
                        .withBody("{\"message\":\"m\",\"code\":\"token_quota_exceeded\"}")));

        Answer answer = run(one(), false);

        Failure failure = answer.failed().failure();
        assertThat(answer.failed().headers())
                .containsExactlyInAnyOrder(
                        new Header("x-ratelimit-limit-tokens-minute", "60000"),
                        new Header("x-upstream-request-id", "u-1"));
        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_RATE_LIMIT);
        assertThat(failure.upstreamCode()).isEqualTo("token_quota_exceeded");
        assertThat(failure.retryAfterMillis()).isEqualTo(7_200_000L);
        assertThat(failure.retriesSpent()).isFalse();
        first.verify(1, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aConnectionThatBreaksLetsTheNextTargetAnswer(Fault fault) throws Exception {
        first.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
        second.stubFor(post(urlEqualTo(PATH)).willReturn(aResponse().withBody(ANSWER)));

        Answer answer = run(two(""), false);

        assertThat(answer.text()).isEqualTo(ANSWER);
        assertThat(answer.started().target()).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"choices\":", "null", "<html>", "{\"error\":{\"message\":\"m\"},\"status_code\":500}"})
    void anAnswerThatIsNoneLetsTheNextTargetAnswer(String body) throws Exception {
        first.stubFor(post(urlEqualTo(PATH)).willReturn(aResponse().withBody(body)));
        second.stubFor(post(urlEqualTo(PATH)).willReturn(aResponse().withBody(ANSWER)));

        assertThat(run(two(""), false).started().target()).isEqualTo("second");
    }

    @Test
    @Tag("P14")
    void aStreamWhereNoneWasAskedForIsNoAnswer() throws Exception {
        first.stubFor(post(urlEqualTo(PATH)).willReturn(sse(SSE)));

        Failure failure = run(one("\"max_retries\":0"), false).failed().failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_STREAM);
    }

    @Test
    @Tag("P14")
    void jsonWhereAStreamWasAskedForIsNoAnswer() throws Exception {
        first.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse()
                        .withHeader("content-type", "application/json")
                        .withBody(ANSWER)));

        Failure failure = run(one("\"max_retries\":0"), true).failed().failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_STREAM);
    }

    @Test
    @Tag("P15")
    void aTargetThatAnswersStreamsInGzipAllTheSameIsUnderstood() throws Exception {
        first.stubFor(post(urlEqualTo(PATH))
                .willReturn(sse(SSE).withHeader("content-encoding", "gzip").withBody(Gzip.of(SSE))));

        assertThat(run(one(), true).text()).isEqualTo(SSE);
    }

    @Test
    @Tag("P15")
    void aGzipBombIsCutOff() throws Exception {
        byte[] bomb = Gzip.of(" ".repeat(64 * 1024 * 1024));
        first.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse().withHeader("content-encoding", "gzip").withBody(bomb)));

        Answer answer = run(one("\"max_retries\":0"), false);

        assertThat(answer.failed().attempts().getFirst().cause()).isEqualTo("answer_too_long");
    }

    @ParameterizedTest
    @CsvSource({"false, 60, true", "false, 100, false", "true, 60, true", "true, 200, false"})
    void anAnswerMayHaveAsManyBytesAsConfigured(boolean stream, long most, boolean tooLong) throws Exception {
        first.stubFor(post(urlEqualTo(PATH))
                .willReturn(stream ? sse(SSE) : aResponse().withBody(ANSWER)));
        Conductor conductor = one("\"max_retries\":1");

        Answer answer = conductor.complete(withLimit(call(conductor, stream), most));

        assertThat(answer.failed != null).isEqualTo(tooLong);
        if (tooLong) {
            assertThat(answer.failed().failure().message()).contains("60 bytes").contains("max_response_bytes");
            assertThat(answer.failed().attempts()).extracting(Attempt::cause).containsExactly("answer_too_long");
        }
    }

    @Test
    @Tag("P15")
    void anEncodingThatNobodyAskedForIsRefused() throws Exception {
        first.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse().withHeader("content-encoding", "zstd").withBody("x")));

        Answer answer = run(one("\"max_retries\":0"), false);

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(answer.failed().attempts().getFirst().cause()).isEqualTo("unknown_encoding");
    }

    @Test
    void triggersThatAreNotListedDoNotFallBack() throws Exception {
        first.stubFor(post(urlEqualTo(PATH)).willReturn(refusal(429)));
        second.stubFor(post(urlEqualTo(PATH)).willReturn(aResponse().withBody(ANSWER)));

        Answer answer = run(two(",\"fallback\":{\"triggers\":[\"timeout\"]},\"retry\":{\"max_retries\":0}"), false);

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_RATE_LIMIT);
    }

    @Test
    @Tag("P19")
    void aTargetThatKeepsFailingIsLeftAlone() throws Exception {
        first.stubFor(post(urlEqualTo(PATH)).willReturn(refusal(500)));
        Conductor conductor = one("\"max_retries\":0},\"circuit_breaker\":{\"failure_threshold\":2");
        conductor.complete(call(conductor, false));
        conductor.complete(call(conductor, false));

        Answer answer = conductor.complete(call(conductor, false));

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(answer.failed().attempts()).extracting(Attempt::cause).containsExactly("breaker_open");
        first.verify(2, postRequestedFor(anyUrl()));
        assertThat(conductor.board.report().getFirst().breaker()).isEqualTo("open");
    }

    @Test
    void aTargetWithoutItsKeyIsNotAvailable() throws Exception {
        Conductor conductor = Conductor.of(
                vertx, providers(target("first", "cerebras:chat:m", first.port(), ""), ""), Map.of("OTHER", "x"), 0);

        Failure failure = conductor.complete(call(conductor, false)).failed().failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.NO_TARGET_AVAILABLE);
        assertThat(failure.message()).contains("CEREBRAS_API_KEY").contains("first");
    }

    @Test
    void anUnsupportedFieldIsRefusedWithoutACall() throws Exception {
        Conductor conductor = two("");

        Failure failure = conductor
                .complete(call(conductor, false, "{\"model\":\"m\",\"functions\":[]}"))
                .failed()
                .failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED_FIELD);
        assertThat(failure.param()).isEqualTo("functions");
        first.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void usageIsCountedAndCallsAreMetered() throws Exception {
        first.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse()
                        .withBody("{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4},"
                                + "\"time_info\":{\"queue_time\":0.25,\"created\":1.5}}")));
        Conductor conductor = one();

        conductor.complete(call(conductor, false));

        assertThat(conductor
                        .meters
                        .counter("keeptrusts.provider.calls", "target", "first", "outcome", "ok")
                        .count())
                .isEqualTo(1);
        assertThat(conductor
                        .meters
                        .counter("keeptrusts.provider.tokens", "target", "first", "direction", "prompt")
                        .count())
                .isEqualTo(3);
        assertThat(conductor
                        .meters
                        .timer("keeptrusts.provider.upstream.queue", "target", "first")
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
        assertThat(conductor.meters.get("keeptrusts.provider.in.flight").gauge().value())
                .isZero();
    }

    private static WireMockServer server() {
        return new WireMockServer(WireMockConfiguration.options().dynamicPort());
    }

    private Conductor one() throws Exception {
        return one("\"max_retries\":1");
    }

    private Conductor one(String retry) throws Exception {
        return Conductor.of(
                vertx, providers(target("first", "cerebras:chat:m", first.port(), ""), ",\"retry\":{" + retry + "}"));
    }

    private Conductor two(String more) throws Exception {
        String targets = target("first", "cerebras:chat:m", first.port(), "") + ","
                + target("second", "openai", second.port(), ",\"model\":\"gpt-4o\"");
        return Conductor.of(vertx, providers(targets, more));
    }

    private static Answer run(Conductor conductor, boolean stream) throws Exception {
        return conductor.complete(call(conductor, stream));
    }

    private static CompletionCall call(Conductor conductor, boolean stream) {
        return call(conductor, stream, BODY);
    }

    private static CompletionCall call(Conductor conductor, boolean stream, String body) {
        return conductor.call(body, stream);
    }

    private static CompletionCall withHeaders(CompletionCall call, Header... headers) {
        return new CompletionCall(
                call.requestId(),
                call.epoch(),
                call.deadline(),
                call.totalMillis(),
                call.replyTo(),
                call.endpoint(),
                call.settingsDigest(),
                call.model(),
                call.stream(),
                call.includeUsage(),
                call.extractText(),
                List.of(headers),
                call.body(),
                call.window(),
                call.maxResponseBytes());
    }

    private static CompletionCall withLimit(CompletionCall call, long most) {
        return new CompletionCall(
                call.requestId(),
                call.epoch(),
                call.deadline(),
                call.totalMillis(),
                call.replyTo(),
                call.endpoint(),
                call.settingsDigest(),
                call.model(),
                call.stream(),
                call.includeUsage(),
                call.extractText(),
                call.headers(),
                call.body(),
                call.window(),
                most);
    }

    private static ResponseDefinitionBuilder refusal(int status) {
        return aResponse()
                .withStatus(status)
                .withHeader("content-type", "application/json")
                .withBody("{\"message\":\"no\",\"type\":\"t\",\"param\":\"model\",\"code\":\"c\"}");
    }

    private static ResponseDefinitionBuilder sse(String body) {
        return aResponse()
                .withHeader("content-type", "text/event-stream; charset=utf-8")
                .withBody(body);
    }
}
