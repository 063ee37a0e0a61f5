package com.keeptrusts.gateway.provider;

import static com.keeptrusts.gateway.provider.Conductor.providers;
import static com.keeptrusts.gateway.provider.Conductor.target;
import static com.keeptrusts.gateway.provider.ScriptedUpstream.SSE_HEAD;
import static com.keeptrusts.gateway.provider.Streams.DONE;
import static com.keeptrusts.gateway.provider.Streams.FINISH;
import static com.keeptrusts.gateway.provider.Streams.ROLE;
import static com.keeptrusts.gateway.provider.Streams.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.CallAnswer;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.provider.Conductor.Answer;
import com.keeptrusts.gateway.provider.ScriptedUpstream.Exchange;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class StreamFaultsTest {

    private static final String CHUNKED_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private Vertx vertx;
    private ScriptedUpstream first;
    private ScriptedUpstream second;

    @BeforeEach
    void start(Vertx given) throws Exception {
        vertx = given;
        first = ScriptedUpstream.start(vertx);
        second = ScriptedUpstream.start(vertx);
    }

    @Test
    @Tag("P6")
    void silenceBeforeTheAnswerLetsTheNextTargetAnswer() throws Exception {
        Conductor conductor = two("\"first_token_ms\":150");
        CompletionCall call = stream(conductor);
        first.next();
        second.next().write(SSE_HEAD + token("b") + FINISH + DONE).end();

        Answer answer = conductor.answer(call);

        assertThat(answer.text()).isEqualTo(token("b") + FINISH + DONE);
        assertThat(answer.end().attempts()).extracting(Attempt::cause).containsExactly("first_token_timeout", null);
    }

    @Test
    @Tag("P7")
    void silenceBehindTheHeadersIsATimeOutWithAStatusOfItsOwn() throws Exception {
        Conductor conductor = one("\"first_token_ms\":150");
        CompletionCall call = stream(conductor);
        Exchange exchange = first.next().write(SSE_HEAD + ROLE);

        Failure failure = conductor.answer(call).failed().failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
        exchange.awaitClose();
    }

    @Test
    @Tag("P8")
    void aStallInTheMiddleEndsTheAnswer() throws Exception {
        Conductor conductor = one("\"idle_ms\":150");
        CompletionCall call = stream(conductor);
        Exchange exchange = first.next().write(SSE_HEAD + token("a"));

        Answer answer = conductor.answer(call);

        assertThat(answer.text()).isEqualTo(token("a"));
        assertThat(failure(answer).code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
        assertThat(answer.end().attempts().getLast().cause()).isEqualTo("idle_timeout");
        exchange.awaitClose();
    }

    @Test
    @Tag("P9")
    void bytesThatTrickleAreNoProgress() throws Exception {
        Conductor conductor = one("\"idle_ms\":300");
        CompletionCall call = stream(conductor);
        Exchange exchange = first.next().write(SSE_HEAD + token("a"));
        conductor.next();
        long trickle = vertx.setPeriodic(20, _ -> exchange.socket().write("x"));

        CompletionFrame frame = (CompletionFrame) conductor.next();
        CompletionFrame last = (CompletionFrame) conductor.next();
        vertx.cancelTimer(trickle);

        assertThat(frame.bytes().toUtf8()).isEqualTo(token("a"));
        assertThat(Objects.requireNonNull(last.end()).attempts().getLast().cause())
                .isEqualTo("progress_too_slow");
        assertThat(call.requestId()).isEqualTo(last.requestId());
    }

    @Test
    @Tag("P9")
    void theWholeAnswerHasALimitToo() throws Exception {
        Conductor conductor = one("\"total_ms\":300");
        CompletionCall call = stream(conductor);
        Exchange exchange = first.next().write(SSE_HEAD);
        long events = vertx.setPeriodic(20, _ -> exchange.socket().write(token("a")));

        Answer answer = conductor.answer(call);
        vertx.cancelTimer(events);

        assertThat(failure(answer).code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
        assertThat(answer.end().attempts().getLast().cause()).isEqualTo("total_timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: {\"choices\":[{\"ind"})
    @Tag("P10")
    void anAnswerThatEndsTooSoonIsTruncated(String tail) throws Exception {
        Conductor conductor = one("");
        CompletionCall call = stream(conductor);
        first.next().write(SSE_HEAD + token("a") + tail).end();

        Answer answer = conductor.answer(call);

        assertThat(answer.text()).isEqualTo(token("a"));
        assertThat(failure(answer).code()).isEqualTo(ErrorCode.UPSTREAM_TRUNCATED);
    }

    @Test
    @Tag("P10")
    void aChunkedAnswerWithoutItsLastChunkIsTruncated() throws Exception {
        Conductor conductor = one("");
        CompletionCall call = stream(conductor);
        first.next().write(CHUNKED_HEAD + chunk(token("a"))).end();

        assertThat(failure(conductor.answer(call)).code()).isEqualTo(ErrorCode.UPSTREAM_TRUNCATED);
    }

    @Test
    @Tag("P10")
    void aJsonAnswerThatIsCutShortIsTruncated() throws Exception {
        Conductor conductor = one("", ",\"retry\":{\"max_retries\":0}");
        CompletionCall call = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(call);
        first.next()
                .write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"choices\":[")
                .end();

        Failure failure = conductor.answer(call).failed().failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_TRUNCATED);
    }

    @Test
    void aCompleteAnswerSurvivesItsConnection() throws Exception {
        Conductor conductor = one("");
        CompletionCall call = stream(conductor);
        first.next().write(CHUNKED_HEAD + chunk(token("a") + FINISH)).end();

        Answer answer = conductor.answer(call);

        assertThat(answer.text()).isEqualTo(token("a") + FINISH + DONE);
        assertThat(answer.end().failure()).isNull();
    }

    @Test
    void anErrorAsFirstOrSecondEventLetsTheNextTargetAnswer() throws Exception {
        Conductor conductor = two("");
        CompletionCall call = stream(conductor);
        first.next()
                .write(SSE_HEAD + ROLE + "data: {\"error\":{\"message\":\"m\"},\"status_code\":429}\n\n")
                .end();
        second.next().write(SSE_HEAD + token("b") + FINISH + DONE).end();

        Answer answer = conductor.answer(call);

        assertThat(answer.started().target()).isEqualTo("second");
        assertThat(answer.text()).doesNotContain("error");
    }

    @Test
    void anErrorLaterOnEndsTheAnswerAndIsNotPassedOn() throws Exception {
        Conductor conductor = two("");
        CompletionCall call = stream(conductor);
        first.next()
                .write(
                        SSE_HEAD + token("a")
                                + "event: error\ndata: {\"error\":{\"message\":\"m\",\"code\":\"queue_exceeded\"},\"status_code\":429}\n\n")
                .end();

        Answer answer = conductor.answer(call);

        assertThat(answer.text()).isEqualTo(token("a"));
        assertThat(failure(answer).code()).isEqualTo(ErrorCode.UPSTREAM_RATE_LIMIT);
        assertThat(failure(answer).upstreamCode()).isEqualTo("queue_exceeded");
        assertThat(second.isIdle()).isTrue();
    }

    @Test
    void manyChunksOfOneReadAreOneFrame() throws Exception {
        Conductor conductor = one("");
        CompletionCall call = stream(conductor);
        first.next()
                .write(CHUNKED_HEAD + chunk(token("a")) + chunk(token("b")) + chunk(token("c")) + chunk(FINISH + DONE)
                        + "0\r\n\r\n");

        Answer answer = conductor.answer(call);

        assertThat(answer.frames).extracting(CompletionFrame::events).containsExactly(3, 2);
        assertThat(answer.text()).isEqualTo(token("a") + token("b") + token("c") + FINISH + DONE);
    }

    @Test
    void aTokenLeavesInTheReadItCameIn() throws Exception {
        Conductor conductor = one("");
        CompletionCall call = stream(conductor);
        Exchange exchange = first.next().write(SSE_HEAD + ROLE);

        for (int i = 0; i < 5; i++) {
            exchange.write(token("t" + i));
            if (i == 0) {
                assertThat(conductor.next()).isInstanceOf(CompletionStarted.class);
            }
            CompletionFrame frame = (CompletionFrame) conductor.next();
            assertThat(frame.bytes().toUtf8()).endsWith(token("t" + i));
        }
        conductor.cancel(call);
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        Conductor conductor = one("");
        for (int i = 0; i < 3; i++) {
            CompletionCall call = stream(conductor);
            first.next().write(CHUNKED_HEAD + chunk(token("a") + FINISH + DONE) + "0\r\n\r\n");
            assertThat(conductor.answer(call).end().failure()).isNull();
        }

        assertThat(first.connections()).isEqualTo(1);
    }

    @Test
    @Tag("P17")
    void anIdleConnectionThatDiesUnderARequestIsReplacedOnce() throws Exception {
        Conductor conductor = one("", ",\"retry\":{\"max_retries\":0}");
        CompletionCall warm = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(warm);
        first.next().json(200, "", "{\"choices\":[]}");
        conductor.answer(warm);

        CompletionCall call = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(call);
        first.next().socket().close();
        first.next().json(200, "", "{\"choices\":[]}");
        Answer answer = conductor.answer(call);

        assertThat(answer.end().attempts()).extracting(Attempt::cause).containsExactly("idle_reset", null);
        assertThat(first.connections()).isEqualTo(2);
    }

    @Test
    @Tag("P17")
    void aFreshConnectionThatDiesUnderARequestIsAFailure() throws Exception {
        Conductor conductor = one("", ",\"retry\":{\"max_retries\":0}");
        CompletionCall call = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(call);
        first.next().socket().close();

        Answer answer = conductor.answer(call);

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(answer.failed().attempts()).extracting(Attempt::cause).containsExactly("reset");
    }

    @Test
    @Tag("P16")
    void hintsBeforeTheAnswerAreNoAnswer() throws Exception {
        Conductor conductor = one("");
        CompletionCall call = conductor.call("{\"model\":\"m\"}", false);
        conductor.ask(call);
        first.next()
                .write("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n")
                .write("HTTP/1.1 100 Continue\r\n\r\n")
                .json(200, "", "{\"choices\":[]}");

        assertThat(conductor.answer(call).text()).isEqualTo("{\"choices\":[]}");
    }

    @Test
    @Tag("P3")
    void aTargetThatNobodyListensForIsUnreachable() throws Exception {
        first.close();
        Conductor conductor = one("", ",\"retry\":{\"max_retries\":0}");
        Answer answer = conductor.complete(conductor.call("{\"model\":\"m\"}", false));

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(answer.failed().attempts()).extracting(Attempt::cause).containsExactly("connect");
    }

    @Test
    void theUsageOfAnOpenAiStreamIsCountedButNotShownToWhomDidNotAsk() throws Exception {
        Conductor conductor =
                Conductor.of(vertx, providers(target("o", "openai", first.port(), ",\"model\":\"m\""), ""));
        String usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";
        String finish =
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}\n\n";
        CompletionCall call = stream(conductor);

        Exchange exchange = first.next().write(SSE_HEAD + token("a") + finish);
        exchange.write(usage + DONE).end();
        Answer answer = conductor.answer(call);

        assertThat(exchange.request()).contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(answer.text()).isEqualTo(token("a") + finish + DONE);
        assertThat(Objects.requireNonNull(answer.end().usage()).completionTokens())
                .isEqualTo(2);
    }

    private CompletionCall stream(Conductor conductor) throws Exception {
        CompletionCall call = conductor.call("{\"model\":\"m\"}", true);
        assertThat(conductor.ask(call)).isEqualTo(new CallAnswer.CallAccepted(Conductor.WORKER));
        return call;
    }

    private Conductor one(String timeouts) throws Exception {
        return one(timeouts, "");
    }

    private Conductor one(String timeouts, String more) throws Exception {
        return Conductor.of(vertx, providers(target("first", "cerebras:chat:m", first.port(), limits(timeouts)), more));
    }

    private Conductor two(String timeouts) throws Exception {
        return Conductor.of(
                vertx,
                providers(
                        String.join(
                                ",",
                                List.of(
                                        target("first", "cerebras:chat:m", first.port(), limits(timeouts)),
                                        target("second", "cerebras:chat:n", second.port(), ""))),
                        ",\"retry\":{\"max_retries\":0}"));
    }

    private static String limits(String timeouts) {
        return ",\"timeouts\":{" + timeouts + "}";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static Failure failure(Answer answer) {
        return Objects.requireNonNull(answer.end().failure());
    }
}
