package com.keeptrusts.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are not streamed, and those of the wrong kind: S1, S11, S17, S20. No policy reads them. */
class WholeAnswerRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: whole-answers, version: 0.1.0}
            policies: {chain: [audit-logger]}
            providers:
              targets: [{id: upstream, provider: cerebras}]
              retry: {max_retries: 0}
              circuit_breaker: {failure_threshold: 10000}
            """);

    private static final String RICH =
            "{\"id\":\"chatcmpl-1\",\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"message\":"
                    + "{\"content\":\"hi\",\"reasoning\":\"so\",\"role\":\"assistant\"},\"reasoning_logprobs\":null}],"
                    + "\"created\":1764000000.5,\"model\":\"m\",\"system_fingerprint\":\"fp_1\",\"object\":\"chat.completion\","
                    + "\"usage\":{\"prompt_tokens\":13,\"completion_tokens\":29,\"total_tokens\":42,\"prompt_tokens_details\":"
                    + "{\"cached_tokens\":0}},\"time_info\":{\"queue_time\":0.00015170099999999998,\"created\":1764000000},"
                    + "\"service_tier\":\"default\",\"unknown\":{\"a\":[1E2]}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}",
                " { \"choices\" : [ ] ,\r\n \"x\" : 1.10 }\n",
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"caf\\u00e9 \u00e9 \\/ \\ud83d\\ude00 \ud83d\ude00 \\ud800\"}}]}",
                "{\"object\":\"something.new\"}",
                "{}",
                "{\"a\":1,\"a\":2}"
            })
    void s1_anAnswerThatNobodyChangesIsTheSameBytes(String json) throws Exception {
        Answer answer = GATEWAY.whole(json);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(json);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("content-length"))
                .isEqualTo(String.valueOf(json.getBytes(StandardCharsets.UTF_8).length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "Application/JSON;x=y"})
    void s1_theContentTypeIsKept(String type) throws Exception {
        Answer answer = GATEWAY.played(new Script(false, 200, type, List.of(Script.write("{}"))), Chats.PLAIN);

        assertThat(answer.headers("content-type")).containsExactly(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x-ratelimit-remaining-tokens-minute | 59999        | x-ratelimit-remaining-tokens-minute
            x-ratelimit-reset-requests-day      | 33011.382867 | x-ratelimit-reset-requests-day
            x-ratelimit-limit-requests          | 5000         | x-ratelimit-limit-requests
            inference-id                        | chatcmpl-1   | inference-id
            openai-processing-ms                | 17           | openai-processing-ms
            openai-version                      | 2020-10-01   | openai-version
            retry-after                         | 3            | retry-after
            retry-after-ms                      | 3000         | retry-after-ms
            x-should-retry                      | true         | x-should-retry
            x-request-id                        | up-1         | x-upstream-request-id
            """)
    void s1_headersOfTheUpstreamThatClientsReadArePassed(String name, String value, String passedAs) throws Exception {
        Answer answer = GATEWAY.played(raw(name + ": " + value, "{}"), Chats.PLAIN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers(passedAs)).containsExactly(value);
        assertThat(answer.requestId()).isNotEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            set-cookie                | __cf_bm=1; path=/
            alt-svc                   | h3=":443"
            strict-transport-security | max-age=3600
            server                    | cloudflare
            cf-ray                    | 9a-FRA
            cf-cache-status           | DYNAMIC
            keep-alive                | timeout=5
            trailer                   | x-sum
            proxy-authenticate        | Basic
            x-powered-by              | something
            x-keeptrusts-verdict      | allow-everything
            access-control-allow-origin | *
            """)
    void s1_headersOfTheUpstreamsOwnStay(String name, String value) throws Exception {
        Answer answer = GATEWAY.played(raw(name + ": " + value, "{}"), Chats.PLAIN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers(name)).doesNotContain(value);
    }

    @Test
    void s1_theAnswersOfTheSimulatorComeThrough() throws Exception {
        Answer answer = GATEWAY.chat(Chats.PLAIN, "x-sim-tokens: 20");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getString("object")).isEqualTo("chat.completion");
        assertThat(answer.header("x-keeptrusts-target")).isEqualTo("upstream");
    }

    @Test
    void s11_everyMemberIsKeptAndUsageIsAudited() throws Exception {
        Answer answer = GATEWAY.whole(RICH);

        assertThat(answer.body()).isEqualTo(RICH);
        assertThat(GATEWAY.ledger().of(answer.requestId()).promptTokens()).isEqualTo(13);
        assertThat(GATEWAY.ledger().of(answer.requestId()).completionTokens()).isEqualTo(29);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[]}", "{\"id\":\"c\"}", "[]"})
    void s17_jsonWhereAStreamWasAskedForIsNeverPassedOn(String json) throws Exception {
        Script script = new Script(false, 200, "application/json", List.of(Script.write(json)));

        Answer answer = GATEWAY.played(script, Chats.STREAMED);

        Envelope.server(502, "upstream_invalid_stream", true).assertIs(answer);
        assertThat(GATEWAY.ledger().of(answer.requestId()).code()).isEqualTo("upstream_invalid_stream");
    }

    @Test
    void s17_aStreamWhereJsonWasAskedForIsNeverPassedOn() throws Exception {
        Answer answer =
                GATEWAY.played(Script.body(Script.write(Chats.chunk("hi") + Chats.finish() + Chats.DONE)), Chats.PLAIN);

        Envelope.server(502, "upstream_invalid_stream", true).assertIs(answer);
    }

    @Test
    void s20_jsonThatIsPackedUnaskedIsUnpacked() throws Exception {
        Answer answer = GATEWAY.played(packed("application/json", RICH), Chats.PLAIN);

        assertThat(answer.body()).isEqualTo(RICH);
        assertThat(answer.headers("content-encoding")).isEmpty();
        assertThat(GATEWAY.forwarded().header("accept-encoding")).contains("identity");
    }

    @Test
    void s20_aStreamThatIsPackedUnaskedIsUnpacked() throws Exception {
        String events = Chats.chunk("hi") + Chats.finish() + Chats.DONE;

        Answer answer = GATEWAY.played(packed("text/event-stream", events), Chats.STREAMED);

        assertThat(answer.body()).isEqualTo(events);
        assertThat(answer.headers("content-encoding")).isEmpty();
    }

    @Test
    void s20_aPackingThatNobodyKnowsIsAFailureOfTheUpstream() throws Exception {
        Answer answer = GATEWAY.played(raw("content-encoding: zstd", "{}"), Chats.PLAIN);

        Envelope.server(502, "upstream_error", true).assertIs(answer);
    }

    /** The whole response, with one more header. */
    private static Script raw(String header, String json) {
        return Script.raw(Script.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                + json.length() + "\r\n" + header + "\r\n\r\n" + json));
    }

    private static Script packed(String type, String text) throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Buffer head = Buffer.buffer("HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\ncontent-encoding: gzip\r\n"
                + "content-length: " + packed.size() + "\r\n\r\n");
        return Script.raw(new Step.Write(head.appendBytes(packed.toByteArray())));
    }
}
