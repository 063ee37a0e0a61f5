package com.keeptrusts.gateway.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class CompletionTest {

    private CerebrasSimulator simulator;
    private Caller caller;

    @BeforeEach
    void startSimulator(Vertx vertx) throws Exception {
        simulator = CerebrasSimulator.start(
                        vertx, SimulatorSettings.cerebras().with("rate", 0).with("ttft_ms", 0))
                .await(10, SECONDS);
        caller = new Caller(vertx, simulator.port());
    }

    @Test
    void anAnswerHasTheMembersOfTheServiceInItsOrder() throws Exception {
        JsonNode answer = caller.chat(Caller.HELLO, "x-sim-tokens", "20").json();

        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "choices", "created", "model", "system_fingerprint", "object", "usage", "time_info");
        assertThat(answer.at("/choices/0").fieldNames())
                .toIterable()
                .containsExactly("finish_reason", "index", "message");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(20);
        assertThat(answer.at("/choices/0/message/content").asText()).isNotBlank();
    }

    @Test
    void aStreamOpensWithTheRoleAndEndsWithUsageAndTheEndMarker() throws Exception {
        var reply = caller.chat(Caller.streamed(""), "x-sim-tokens", "20");

        assertThat(reply.headers().get("content-type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(reply.events()).hasSize(1 + 20 + 1 + 1).endsWith("[DONE]");
        assertThat(reply.chunks().getFirst().at("/choices/0/delta").toString()).isEqualTo("{\"role\":\"assistant\"}");
        assertThat(reply.chunks().getLast().at("/choices/0").toString())
                .isEqualTo("{\"delta\":{},\"finish_reason\":\"stop\",\"index\":0}");
        assertThat(reply.chunks().getLast().at("/usage/completion_tokens").asInt())
                .isEqualTo(20);
        assertThat(reply.chunks().getLast().at("/time_info/completion_time").isNumber())
                .isTrue();
    }

    @Test
    void aOneTokenEventIsAsLongAsACapturedOne() throws Exception {
        var reply = caller.chat(Caller.streamed(""), "x-sim-tokens", "50");

        assertThat(reply.events().subList(1, 51))
                .allSatisfy(event -> assertThat(event.length() + 8).isBetween(205, 245));
    }

    @Test
    void theSameRequestGetsTheSameTextAndAnotherOneAnother() throws Exception {
        String first = caller.chat(Caller.streamed("")).said("content");

        assertThat(caller.chat(Caller.streamed("")).said("content")).isEqualTo(first);
        assertThat(caller.chat(Caller.streamed("\"seed\":7")).said("content")).isNotEqualTo(first);
    }

    @Test
    void aLimitCutsTheAnswerAndSaysSo() throws Exception {
        var reply = caller.chat(Caller.streamed("\"max_completion_tokens\":5"));

        assertThat(reply.chunks().getLast().at("/choices/0/finish_reason").asText())
                .isEqualTo("length");
        assertThat(reply.chunks().getLast().at("/usage/completion_tokens").asInt())
                .isEqualTo(5);
        assertThat(reply.chunks()).hasSize(1 + 5 + 1);
    }

    @Test
    void theModelSaysWhatItIsToldTo() throws Exception {
        String text = "Call Zoë at +49 30 901820, \"quoted\" \\ 🎈.\nBye.";
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));

        assertThat(caller.chat(Caller.streamed(""), "x-sim-text", encoded).said("content"))
                .isEqualTo(text);
        assertThat(caller.chat(Caller.HELLO, "x-sim-text", encoded)
                        .json()
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo(text);
        assertThat(caller.chat(Caller.streamed(""), "x-sim-echo", "true").said("content"))
                .isEqualTo("hello");
        simulator.says("from the rule");
        assertThat(caller.chat(Caller.streamed("")).said("content")).isEqualTo("from the rule");
    }

    @Test
    void optionsMayFollowTheModelName() throws Exception {
        var reply = caller.chat("""
                {"model":"llama3.1-8b?tokens=3","messages":[{"role":"user","content":"hi"}]}""");

        assertThat(reply.json().path("model").asText()).isEqualTo("llama3.1-8b");
        assertThat(reply.json().at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void thinkingComesBeforeSayingAndIsCounted() throws Exception {
        var reply = caller.chat(
                Caller.streamed(""), "x-sim-tokens", "40", "x-sim-reasoning", "0.25", "x-sim-tokens-per-event", "1-8");

        assertThat(reply.said("reasoning")).isNotBlank();
        assertThat(reply.said("content")).isNotBlank();
        assertThat(reply.chunks()
                        .getLast()
                        .at("/usage/completion_tokens_details/reasoning_tokens")
                        .asInt())
                .isEqualTo(10);
        assertThat(reply.chunks()).hasSizeLessThan(30);
    }

    @Test
    void aToolThatIsInsistedOnIsCalledWithArgumentsThatFitItsSchema() throws Exception {
        String tools = """
                "tool_choice":"required","tools":[{"type":"function","function":{"name":"weather","parameters":\
                {"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},\
                "unit":{"enum":["C","F"]}}}}}]""";

        var reply = caller.chat(Caller.streamed(tools));

        JsonNode call = reply.chunks().get(1).at("/choices/0/delta/tool_calls/0");
        JsonNode arguments = Caller.json(call.at("/function/arguments").asText());
        assertThat(call.at("/function/name").asText()).isEqualTo("weather");
        assertThat(arguments.path("days").isInt()).isTrue();
        assertThat(arguments.path("unit").asText()).isEqualTo("C");
        assertThat(reply.chunks().getLast().at("/choices/0/finish_reason").asText())
                .isEqualTo("tool_calls");
    }

    @Test
    void structuredOutputFitsItsSchema() throws Exception {
        String format = """
                "response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":\
                {"type":"object","additionalProperties":false,"properties":{"ok":{"type":"boolean"}}}}}""";

        var reply = caller.chat(Caller.streamed(format));

        assertThat(Caller.json(reply.said("content")).path("ok").isBoolean()).isTrue();
    }

    @Test
    void severalChoicesComeSideBySide() throws Exception {
        var reply = caller.chat(Caller.streamed("\"n\":3"), "x-sim-tokens", "4");

        List<Integer> choices = reply.chunks().stream()
                .map(chunk -> chunk.at("/choices/0/index").asInt())
                .toList();
        assertThat(choices).hasSize(3 * 6).contains(0, 1, 2);
        assertThat(reply.chunks().getLast().at("/usage/completion_tokens").asInt())
                .isEqualTo(12);
    }

    @Test
    void aTextCompletionHasItsOwnShape() throws Exception {
        String prompt = "{\"model\":\"llama3.1-8b\",\"prompt\":\"Once\",\"max_tokens\":6%s}";

        var whole = caller.post("/v1/completions", prompt.formatted(""));
        var streamed = caller.post("/v1/completions", prompt.formatted(",\"stream\":true"));

        assertThat(whole.json().path("object").asText()).isEqualTo("text_completion");
        assertThat(whole.json().at("/choices/0/text").asText()).isNotBlank();
        assertThat(streamed.chunks().getFirst().at("/choices/0/text").asText()).isNotBlank();
        assertThat(streamed.events()).endsWith("[DONE]");
    }

    @Test
    void aStopSequenceEndsTheText() throws Exception {
        simulator.says("one two three");

        assertThat(caller.chat(Caller.streamed("\"stop\":[\" three\"]")).said("content"))
                .isEqualTo("one two");
    }

    @Test
    void theHeadersOfTheServiceAreThere() throws Exception {
        var reply = caller.chat(Caller.HELLO);

        assertThat(reply.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("inference-id", reply.json().path("id").asText())
                .containsKeys("x-request-id", "cf-ray", "set-cookie", "strict-transport-security", "alt-svc");
        assertThat(reply.headers().get("x-request-id"))
                .isEqualTo(reply.headers().get("cf-ray"));
    }
}
