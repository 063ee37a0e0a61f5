package com.keeptrusts.gateway.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class OpenAiPersonaTest {

    private static final String CHAT = """
            {"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]%s}""";

    private Caller caller;

    @BeforeEach
    void startSimulator(Vertx vertx) throws Exception {
        var settings =
                SimulatorSettings.openAi().with("rate", 0).with("ttft_ms", 0).with("tokens", 9);
        caller = new Caller(
                vertx,
                CerebrasSimulator.start(vertx, settings).await(10, SECONDS).port());
    }

    private Caller.Reply ask(String more) throws Exception {
        return caller.chat(CHAT.formatted(more));
    }

    @Test
    void anAnswerHasOpenAisMembersInItsOrder() throws Exception {
        var reply = ask("");

        assertThat(reply.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "object", "created", "model", "choices", "usage", "service_tier", "system_fingerprint");
        assertThat(reply.headers()).containsKeys("openai-processing-ms", "openai-version");
        assertThat(reply.headers().get("x-ratelimit-reset-tokens")).endsWith("s");
    }

    @Test
    void bothPersonasStandBesideEachOther(Vertx vertx) throws Exception {
        var one = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras().withEventLoops(2))
                .await(10, SECONDS);
        var other = CerebrasSimulator.start(vertx, SimulatorSettings.openAi().withEventLoops(2))
                .await(10, SECONDS);

        assertThat(one.port()).isNotEqualTo(other.port());
        for (int i = 0; i < 4; i++) {
            assertThat(new Caller(vertx, other.port()).chat(CHAT.formatted("")).status())
                    .isEqualTo(200);
        }
        assertThat(one.requests()).isEmpty();
        assertThat(other.requests()).hasSize(4);
    }

    @Test
    void aStreamHasNoUsageUnlessAskedFor() throws Exception {
        var reply = ask(",\"stream\":true");

        assertThat(reply.text()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
        assertThat(reply.chunks().getFirst().at("/choices/0/delta").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}");
        assertThat(reply.chunks().getLast().at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
    }

    @Test
    void usageComesInAChunkWithoutChoices() throws Exception {
        var reply = ask(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        assertThat(reply.chunks().getFirst().get("usage").isNull()).isTrue();
        assertThat(reply.chunks().getLast().path("choices")).isEmpty();
        assertThat(reply.chunks().getLast().at("/usage/completion_tokens").asInt())
                .isEqualTo(9);
    }

    @Test
    void paddingHidesTheLengthOfATokenUnlessRefused() throws Exception {
        var padded = ask(",\"stream\":true");
        var plain = ask(",\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}");

        assertThat(padded.chunks())
                .allSatisfy(
                        chunk -> assertThat(chunk.path("obfuscation").asText()).isNotEmpty());
        assertThat(plain.text()).doesNotContain("obfuscation");
        assertThat(plain.said("content")).isEqualTo(padded.said("content"));
    }

    @Test
    void argumentsOfAToolComeInPieces() throws Exception {
        var reply = ask("""
                ,"stream":true,"tool_choice":"required","tools":[{"type":"function","function":{"name":"f",\
                "parameters":{"type":"object","properties":{"text":{"type":"string"}}}}}]""");

        var arguments = new StringBuilder();
        reply.chunks()
                .forEach(chunk -> arguments.append(chunk.at("/choices/0/delta/tool_calls/0/function/arguments")
                        .asText()));
        assertThat(reply.chunks()).hasSizeGreaterThan(4);
        assertThat(Caller.json(arguments.toString()).has("text")).isTrue();
    }

    @Test
    void errorsAreNested() throws Exception {
        var noKey = caller.send(HttpMethod.POST, "/v1/chat/completions", CHAT.formatted(""), Map.of());
        var foreign = ask(",\"disable_reasoning\":true");

        assertThat(noKey.status()).isEqualTo(401);
        assertThat(noKey.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.json().at("/error/param").asText()).isEqualTo("disable_reasoning");
    }

    @Test
    void theFieldsThatOnlyOpenAiKnowsAreAccepted() throws Exception {
        assertThat(ask(",\"metadata\":{},\"store\":true,\"verbosity\":\"low\"").status())
                .isEqualTo(200);
    }

    @Test
    void aTextCompletionHasItsOwnShape() throws Exception {
        var reply = caller.post(
                "/v1/completions", "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"x\",\"stream\":true}");

        assertThat(reply.chunks().getFirst().path("object").asText()).isEqualTo("text_completion");
        assertThat(reply.chunks().getFirst().at("/choices/0/text").asText()).isNotBlank();
    }
}
