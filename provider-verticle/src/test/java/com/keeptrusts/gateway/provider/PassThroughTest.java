package com.keeptrusts.gateway.provider;

import static com.keeptrusts.gateway.provider.Conductor.providers;
import static com.keeptrusts.gateway.provider.Conductor.target;
import static com.keeptrusts.gateway.provider.ScriptedUpstream.SSE_HEAD;
import static com.keeptrusts.gateway.provider.Streams.DONE;
import static com.keeptrusts.gateway.provider.Streams.FINISH;
import static com.keeptrusts.gateway.provider.Streams.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.provider.Conductor.Answer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PassThroughTest {

    private static final String HELLO = Streams.token("hello");

    private ScriptedUpstream upstream;
    private Conductor conductor;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        upstream = ScriptedUpstream.start(vertx);
        conductor = Conductor.of(vertx, providers(target("c", "cerebras:chat:m", upstream.port(), ""), ""));
    }

    @Test
    void aJsonAnswerArrivesByteForByte() throws Exception {
        String body =
                "{\"id\":\"x\", \"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\\u00e9\"},"
                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";
        var call = conductor.call("{\"model\":\"m\", \"messages\":[]}", false);

        conductor.ask(call);
        var exchange = upstream.next().json(200, "x-request-id: up-1\r\nset-cookie: a=b\r\n", body);
        Answer answer = conductor.answer(call);

        assertThat(exchange.request()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
        assertThat(exchange.request()).contains("authorization: Bearer csk-secret", "accept-encoding: identity");
        assertThat(exchange.request()).doesNotContain("gzip");
        assertThat(exchange.request()).endsWith("{\"model\":\"m\", \"messages\":[]}");
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.started().status()).isEqualTo(200);
        assertThat(answer.headerNames()).containsExactly("content-type", "x-upstream-request-id");
        assertThat(answer.end().usage()).isEqualTo(new Usage(1, 2, 3, 0, 0));
        assertThat(answer.end().finishReasons()).containsExactly("stop");
    }

    @Test
    void aStreamArrivesByteForByteAndItsEndIsTerminal() throws Exception {
        var call = conductor.call("{\"model\":\"m\"}", true);

        conductor.ask(call);
        upstream.next().write(SSE_HEAD + ROLE + HELLO + HELLO + FINISH + DONE).end();
        Answer answer = conductor.answer(call);

        assertThat(answer.text()).isEqualTo(ROLE + HELLO + HELLO + FINISH + DONE);
        assertThat(answer.frames.stream().filter(frame -> !frame.terminal()).map(CompletionFrame::events))
                .containsExactly(3);
        assertThat(answer.frames.getLast().bytes().toUtf8()).isEqualTo(FINISH + DONE);
        assertThat(answer.end().usage()).isEqualTo(new Usage(3, 2, 5, 0, 0));
        assertThat(answer.end().finishReasons()).containsExactly("stop");
        assertThat(answer.end().failure()).isNull();
    }
}
