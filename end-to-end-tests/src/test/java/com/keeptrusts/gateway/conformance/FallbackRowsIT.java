package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.DONE;
import static com.keeptrusts.gateway.conformance.Chats.chunk;
import static com.keeptrusts.gateway.conformance.Chats.finish;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.fault.FaultRules;
import com.keeptrusts.gateway.simulator.request.Options;
import com.keeptrusts.gateway.simulator.script.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, and the way from one target to the next, always before the first byte: R2, R12, E17, E18, S16. */
class FallbackRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.located(simulator -> """
            pack: {name: fallbacks, version: 0.1.0}
            policies: {chain: [audit-logger]}
            providers:
              targets:
                - {id: first, provider: "cerebras:chat:llama3.1-8b", base_url: "%1$s"}
                - id: second
                  provider: openai
                  model: gpt-oss-120b
                  base_url: "%1$s"
                  secret_key_ref: {env: CEREBRAS_API_KEY}
              retry: {max_retries: 0}
              circuit_breaker: {failure_threshold: 10000}
            """.formatted(simulator.baseUrl()));

    private static final Script WHOLE =
            new Script(false, 200, "application/json", List.of(Script.write(Chats.answer("hi"))));

    @ParameterizedTest
    @CsvSource({
        "status,          500",
        "status,          503",
        "status,          529",
        "error,           queue_exceeded",
        "error,           token_quota_exceeded",
        "status,          402",
        "refuse,          fin",
        "refuse,          rst",
        "stream_for_json, true"
    })
    void r2_onFallbackOnlyTheModelAndWhatTheOtherDoesNotKnowChange(String fault, String value) throws Exception {
        GATEWAY.upstream().faults(only("llama3.1-8b", fault, value), script("gpt-oss-120b", WHOLE));

        Answer answer = GATEWAY.chat(
                "{ \"clear_thinking\":true, \"temperature\":1.10,\"model\":\"any\", \"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"reasoning\":"
                        + "\"r\",\"content\":\"caf\\u00e9\"}],\"stop\":[\"\\u0061\"] }");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("x-keeptrusts-target")).isEqualTo("second");
        assertThat(GATEWAY.upstream().requests().getFirst().bodyText())
                .isEqualTo(
                        "{ \"clear_thinking\":true, \"temperature\":1.10,\"model\":\"llama3.1-8b\", \"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"reasoning\":"
                                + "\"r\",\"content\":\"caf\\u00e9\"}],\"stop\":[\"\\u0061\"] }");
        assertThat(GATEWAY.forwarded().bodyText())
                .isEqualTo(
                        "{  \"temperature\":1.10,\"model\":\"gpt-oss-120b\", \"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\","
                                + "\"content\":\"caf\\u00e9\"}],\"stop\":[\"\\u0061\"] }");
    }

    @ParameterizedTest
    @CsvSource({
        "status,          500",
        "error,           queue_exceeded",
        "refuse,          fin",
        "json_for_stream, true",
        "error_at,        1",
        "cut_after_events, 1"
    })
    void s16_aStreamThatHasNotBegunIsAnsweredByTheNextTarget(String fault, String value) throws Exception {
        String events = chunk("hi") + finish() + DONE;
        GATEWAY.upstream()
                .faults(only("llama3.1-8b", fault, value), script("gpt-oss-120b", Script.body(Script.write(events))));

        Answer answer = GATEWAY.chat(Chats.STREAMED.replace("llama3.1-8b", "any"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("x-keeptrusts-target")).isEqualTo("second");
        assertThat(answer.body()).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"context_length_exceeded", "wrong_api_key", "model_not_found"})
    void s16_whatEveryTargetWouldSayIsNotAskedTwice(String error) throws Exception {
        GATEWAY.upstream().faults(only("llama3.1-8b", "error", error), script("gpt-oss-120b", WHOLE));

        Answer answer = GATEWAY.chat(Chats.PLAIN.replace("llama3.1-8b", "any"));

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(GATEWAY.upstream().requests()).hasSize(1);
    }

    @Test
    void e17_whatEveryTargetFailedOnIsNotToBeTriedAgain() throws Exception {
        GATEWAY.upstream().faults(FaultRules.Rule.always(Options.of(Map.of("status", "500"))));

        Answer answer = GATEWAY.chat(Chats.PLAIN.replace("llama3.1-8b", "any"));

        Envelope.server(502, "upstream_error", false).assertIs(answer);
        assertThat(answer.headers("retry-after")).isEmpty();
        assertThat(GATEWAY.upstream().requests()).hasSize(2);
        assertThat(GATEWAY.ledger().of(answer.requestId()).code()).isEqualTo("upstream_error");
    }

    private static FaultRules.Rule only(String model, String option, String value) {
        return new FaultRules.Rule(model, 1, 0, Integer.MAX_VALUE, Options.of(Map.of(option, value)));
    }

    /** What the other target answers. */
    private static FaultRules.Rule script(String model, Script script) {
        GATEWAY.upstream().script("second", script);
        return new FaultRules.Rule(model, 1, 0, Integer.MAX_VALUE, Options.of(Map.of("script", "second")));
    }
}
