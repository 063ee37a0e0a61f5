package com.keeptrusts.gateway.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.simulator.fault.FaultRules;
import com.keeptrusts.gateway.simulator.request.Options;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class FaultTest {

    private static final String STREAM = Caller.streamed("");

    private CerebrasSimulator simulator;
    private Caller caller;

    @BeforeEach
    void startSimulator(Vertx vertx) throws Exception {
        simulator = CerebrasSimulator.start(
                        vertx,
                        SimulatorSettings.cerebras()
                                .with("rate", 0)
                                .with("ttft_ms", 0)
                                .with("tokens", 20))
                .await(10, SECONDS);
        caller = new Caller(vertx, simulator.port());
    }

    @Test
    void anErrorByNameHasTheBodyOfTheService() throws Exception {
        var queue = caller.chat(STREAM, "x-sim-error", "queue_exceeded", "x-sim-retry-after", "7200");
        var server = caller.chat(STREAM, "x-sim-status", "503");
        var html = caller.chat(STREAM, "x-sim-error", "html", "x-sim-status", "502");

        assertThat(queue.status()).isEqualTo(429);
        assertThat(queue.json().path("code").asText()).isEqualTo("queue_exceeded");
        assertThat(queue.headers()).containsEntry("retry-after", "7200");
        assertThat(server.status()).isEqualTo(503);
        assertThat(server.json().at("/error/type").asText()).isEqualTo("server_error");
        assertThat(html.status()).isEqualTo(502);
        assertThat(html.text()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void anyStatusBodyAndHeaderCanBeAskedFor() throws Exception {
        String body = Base64.getEncoder().encodeToString("{\"odd\":1}".getBytes(UTF_8));

        var reply = caller.chat(
                STREAM, "x-sim-status", "307", "x-sim-header", "location: http://elsewhere/", "x-sim-body", body);

        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.text()).isEqualTo("{\"odd\":1}");
        assertThat(reply.headers()).containsEntry("location", "http://elsewhere/");
    }

    @Test
    void aStreamIsCutAfterItsThirdEventWithoutATerminator() throws Exception {
        try (var call = new RawCall(simulator.port(), STREAM, "x-sim-cut-after-events: 3")) {
            String seen = call.rest();

            assertThat(seen.split("data: ", -1)).hasSize(1 + 3);
            assertThat(seen).endsWith("\n\n\r\n");
        }
    }

    @Test
    void aCleanCutHasTheTerminatorAndNoFinish() throws Exception {
        var reply = caller.chat(STREAM, "x-sim-cut-after-events", "3", "x-sim-cut", "clean");

        assertThat(reply.events()).hasSize(3);
        assertThat(reply.text()).doesNotContain("finish_reason");
    }

    @Test
    void aResetReachesThePeerAsOne() throws Exception {
        try (var call = new RawCall(simulator.port(), STREAM, "x-sim-cut-after-events: 2", "x-sim-cut: rst")) {
            assertThatThrownBy(call::rest).isInstanceOf(IOException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void aStalledStreamStaysOpenUntilThePeerGoesAndIsThenCounted() throws Exception {
        try (var call = new RawCall(simulator.port(), STREAM, "x-sim-cut-after-events: 2", "x-sim-cut: stall")) {
            call.until("content");
            assertThat(simulator.counters().streamsRunning()).isEqualTo(1);
        }

        Eventually.holds(() -> simulator.counters().streamsCancelled() == 1);
        assertThat(simulator.counters().streamsRunning()).isZero();
    }

    @Test
    void aCutMayFallInsideJsonOrInsideALetter() throws Exception {
        var json = caller.chat(STREAM, "x-sim-cut-after-events", "2", "x-sim-cut", "clean", "x-sim-cut-inside", "json");
        var utf8 = caller.chat(STREAM, "x-sim-cut-after-events", "2", "x-sim-cut", "clean", "x-sim-cut-inside", "utf8");

        assertThat(json.text().substring(json.text().lastIndexOf("data: "))).doesNotEndWith("\n\n");
        assertThat(utf8.body().getByte(utf8.body().length() - 1)).isEqualTo((byte) 0x9F);
    }

    @Test
    void bytesCanBeCountedExactly() throws Exception {
        assertThat(caller.chat(STREAM, "x-sim-cut-after-bytes", "777", "x-sim-cut", "clean")
                        .body()
                        .length())
                .isEqualTo(777);
    }

    @Test
    void oneEventCanBeMalformedOrOversizeOrAnError() throws Exception {
        var malformed = caller.chat(STREAM, "x-sim-malformed-at", "3");
        var oversize = caller.chat(STREAM, "x-sim-oversize-at", "3", "x-sim-oversize-bytes", "100000");
        var error =
                caller.chat(STREAM, "x-sim-error-at", "1", "x-sim-error-named", "true", "x-sim-error-status", "429");

        assertThatThrownBy(() -> Caller.json(malformed.events().get(2))).isInstanceOf(AssertionError.class);
        assertThat(malformed.events()).endsWith("[DONE]");
        assertThat(oversize.events().get(2)).hasSizeGreaterThan(100_000);
        assertThat(Caller.json(oversize.events().get(2)).has("choices")).isTrue();
        assertThat(error.text()).startsWith("event: error\ndata: {\"error\":{").contains("\"status_code\":429");
    }

    @Test
    void theEndCanBeIncomplete() throws Exception {
        var noDone = caller.chat(STREAM, "x-sim-done", "false");
        var noFinish = caller.chat(STREAM, "x-sim-no-finish", "true");
        var doubled = caller.chat(STREAM, "x-sim-duplicate-done", "true", "x-sim-after-done", "true");

        assertThat(noDone.text()).contains("finish_reason").doesNotContain("[DONE]");
        assertThat(noFinish.text()).doesNotContain("finish_reason").contains("[DONE]");
        assertThat(doubled.text()).containsSubsequence("[DONE]", "[DONE]", "late");
    }

    @Test
    void lineEndsAndByteOrderMarkAndCommentsCanBeOdd() throws Exception {
        var crlf = caller.chat(STREAM, "x-sim-framing", "crlf", "x-sim-bom", "true", "x-sim-comment-every", "2");

        assertThat(crlf.text()).startsWith("\uFEFFdata: ").contains("\r\n\r\n: still here\r\n\r\n");
        assertThat(crlf.text().replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void aGzippedStreamInflatesToThePlainOne() throws Exception {
        var reply = caller.chat(STREAM, "x-sim-gzip", "true");

        String inflated = new String(
                new GZIPInputStream(new ByteArrayInputStream(reply.body().getBytes())).readAllBytes(), UTF_8);
        assertThat(reply.headers()).containsEntry("content-encoding", "gzip");
        assertThat(inflated).startsWith("data: ").endsWith("data: [DONE]\n\n");
    }

    @Test
    void theKindOfAnswerCanBeWrong() throws Exception {
        var json = caller.chat(STREAM, "x-sim-json-for-stream", "true");
        var stream = caller.chat(Caller.HELLO, "x-sim-stream-for-json", "true");
        var html = caller.chat(STREAM, "x-sim-content-type", "text/html");

        assertThat(json.json().path("object").asText()).isEqualTo("chat.completion");
        assertThat(stream.events()).endsWith("[DONE]");
        assertThat(html.headers()).containsEntry("content-type", "text/html");
    }

    @Test
    void writesCanBeSlicedToSingleBytes() throws Exception {
        try (var call = new RawCall(simulator.port(), STREAM, "x-sim-slice: 1", "Connection: close")) {
            assertThat(call.rest()).contains("\r\n1\r\nd\r\n1\r\na\r\n1\r\nt\r\n1\r\na\r\n1\r\n:\r\n");
        }
    }

    @Test
    void aConnectionCanBeClosedWithoutAnAnswer() throws Exception {
        try (var call = new RawCall(simulator.port(), STREAM, "x-sim-refuse: fin")) {
            assertThat(call.rest()).isEmpty();
        }
    }

    @Test
    void aRuleStrikesSoManyTimesAndThenNoMore() throws Exception {
        simulator.faults(FaultRules.Rule.times(2, Options.of(Map.of("error", "queue_exceeded"))));

        assertThat(caller.chat(Caller.HELLO).status()).isEqualTo(429);
        assertThat(caller.chat(Caller.HELLO).status()).isEqualTo(429);
        assertThat(caller.chat(Caller.HELLO).status()).isEqualTo(200);
    }

    @Test
    void aRuleWithAProbabilityStrikesTheSameRequestsEachTime() throws Exception {
        String rule = "{\"probability\":0.5,\"dice\":3,\"status\":500}";

        assertThat(statusesUnder(rule))
                .isEqualTo(statusesUnder(rule))
                .contains("500")
                .contains("200");
    }

    private String statusesUnder(String rule) throws Exception {
        caller.put("/__sim/faults", rule);
        var statuses = new StringBuilder();
        for (int call = 0; call < 16; call++) {
            statuses.append(caller.chat(Caller.HELLO).status()).append(' ');
        }
        return statuses.toString();
    }

    @Test
    void aMisspeltOptionIsRefused() throws Exception {
        var reply = caller.chat(STREAM, "x-sim-cut-after-evnts", "3");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("cut_after_evnts");
    }
}
