package com.keeptrusts.gateway.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import com.keeptrusts.gateway.simulator.observe.RecordedRequest;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one provider knows and the other does not, in both directions, before services that accept nothing unknown. */
class TwoProvidersIT {

    private static final String MESSAGES_OF_CEREBRAS =
            "\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\",\"reasoning\":\"c\"},"
                    + "{\"role\":\"user\",\"content\":\"d\"}]";
    private static final String OF_CEREBRAS = ",\"clear_thinking\":true, \"disable_reasoning\":false,\"min_tokens\":1,"
            + "\"min_completion_tokens\":1,\"model_parameters\":{\"x\":1},\"reasoning_format\":\"parsed\","
            + "\"reasoning_logprobs\":false,\"service_tier\":\"flex\",\"max_completion_tokens\":-1";
    private static final String MESSAGES_OF_OPENAI =
            "\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\",\"refusal\":null,"
                    + "\"annotations\":[],\"audio\":null,\"function_call\":null},{\"role\":\"user\",\"content\":\"d\"}]";
    private static final String OF_OPENAI = ",\"metadata\":{\"a\":\"b\"} ,\"modalities\":[\"text\"],\"moderation\":{},"
            + "\"prompt_cache_options\":{},\"prompt_cache_retention\":\"24h\",\"safety_identifier\":\"s\",\"store\":true,"
            + "\"verbosity\":\"low\",\"service_tier\":\"scale\",\"reasoning_effort\":\"minimal\"";
    private static final String OF_BOTH =
            ",\"temperature\":1.0,\"top_p\":0.50,\"seed\":12345678901234567,\"stop\":[\"\\u0041\"],\"user\":\"u\",\"n\":1";
    private static final Map<String, String> HEADERS =
            Map.of("x-cerebras-version-patch", "2", "queue_threshold", "100", "openai-project", "p", "x-other", "o");

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static CerebrasSimulator cerebras;
    private static CerebrasSimulator openAi;
    private static Door cerebrasFirst;
    private static Door openAiFirst;

    @BeforeAll
    static void open() throws Exception {
        vertx = Vertx.vertx();
        cerebras = start(SimulatorSettings.cerebras());
        openAi = start(SimulatorSettings.openAi());
        String c = "{id: c, provider: \"cerebras:chat:gpt-oss-120b\", base_url: \"" + cerebras.baseUrl() + "\"}";
        String o = "{id: o, provider: openai, model: gpt-4o, base_url: \"" + openAi.baseUrl() + "\"}";
        cerebrasFirst = Door.open(folder.resolve("c"), pack(c, o));
        openAiFirst = Door.open(folder.resolve("o"), pack(o, c));
    }

    @BeforeEach
    void forget() {
        cerebras.reset();
        openAi.reset();
    }

    @AfterAll
    static void close() throws Exception {
        cerebrasFirst.close();
        openAiFirst.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsOfCerebrasReachesItAsItIs(boolean stream) throws Exception {
        String body = body("gpt-oss-120b", MESSAGES_OF_CEREBRAS, OF_CEREBRAS + OF_BOTH, stream);

        Heard heard = cerebrasFirst.send(body, HEADERS);

        RecordedRequest request = cerebras.requests().getLast();
        assertThat(heard.status()).as(heard.body()).isEqualTo(200);
        assertThat(request.bodyText()).isEqualTo(body);
        assertThat(header(request, "x-cerebras-version-patch")).isEqualTo("2");
        assertThat(header(request, "queue_threshold")).isEqualTo("100");
        assertThat(header(request, "openai-project")).isEmpty();
        assertThat(header(request, "authorization")).isEqualTo("Bearer csk-secret");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsOfCerebrasStaysThereWhenOpenAiAnswers(boolean stream) throws Exception {
        cerebras.options(Map.of("status", "500"));

        Heard heard =
                cerebrasFirst.send(body("gpt-oss-120b", MESSAGES_OF_CEREBRAS, OF_CEREBRAS + OF_BOTH, stream), HEADERS);

        RecordedRequest request = openAi.requests().getLast();
        String usage = stream ? ",\"stream_options\":{\"include_usage\":true}" : "";
        assertThat(heard.status()).as(heard.body()).isEqualTo(200);
        assertThat(heard.header("x-keeptrusts-target")).isEqualTo("o");
        assertThat(request.bodyText())
                .isEqualTo(body(
                                "gpt-4o",
                                MESSAGES_OF_CEREBRAS.replace(",\"reasoning\":\"c\"", ""),
                                ", " + OF_BOTH.substring(1),
                                stream)
                        .replaceFirst("}$", usage + "}"));
        assertThat(header(request, "x-cerebras-version-patch")).isEmpty();
        assertThat(header(request, "queue_threshold")).isEmpty();
        assertThat(header(request, "openai-project")).isEqualTo("p");
        assertThat(header(request, "x-other")).isEqualTo("o");
        assertThat(header(request, "authorization")).isEqualTo("Bearer sk-secret");
        assertThat(heard.body()).doesNotContain("\"choices\":[]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsOfOpenAiIsLeftOutForCerebras(boolean stream) throws Exception {
        Heard heard =
                cerebrasFirst.send(body("gpt-oss-120b", MESSAGES_OF_OPENAI, OF_OPENAI + OF_BOTH, stream), HEADERS);

        assertThat(heard.status()).as(heard.body()).isEqualTo(200);
        assertThat(heard.header("x-keeptrusts-target")).isEqualTo("c");
        assertThat(cerebras.requests().getLast().bodyText())
                .contains(OF_BOTH)
                .contains("{\"role\":\"assistant\",\"content\":\"b\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsOfOpenAiStaysThereWhenCerebrasAnswers(boolean stream) throws Exception {
        openAi.options(Map.of("error", "queue_exceeded"));

        Heard heard = openAiFirst.send(body("gpt-4o", MESSAGES_OF_OPENAI, OF_OPENAI + OF_BOTH, stream), HEADERS);

        assertThat(heard.status()).as(heard.body()).isEqualTo(200);
        assertThat(heard.header("x-keeptrusts-target")).isEqualTo("c");
        assertThat(openAi.requests().getFirst().bodyText()).contains(OF_OPENAI);
        assertThat(cerebras.requests().getLast().bodyText())
                .doesNotContain("service_tier")
                .doesNotContain("reasoning_effort");
    }

    @Test
    void aTargetThatCannotDoWhatIsAskedIsPassedOver() throws Exception {
        openAi.options(Map.of("status", "500"));

        Heard heard = openAiFirst.send(
                body("gpt-4o", MESSAGES_OF_OPENAI, ",\"functions\":[{\"name\":\"f\"}]", false), HEADERS);

        Expected.tryAgain(502, "upstream_error").check(heard);
        assertThat(cerebras.requests()).isEmpty();
    }

    @Test
    void aFieldThatCannotBeLeftOutIsRefusedByItsPath() throws Exception {
        Heard heard = cerebrasFirst.send(
                body("gpt-oss-120b", MESSAGES_OF_OPENAI, ",\"web_search_options\":{}", false), HEADERS);

        Expected.refused(400, "unsupported_field").check(heard);
        assertThat(heard.body()).contains("\"param\":\"web_search_options\"");
    }

    private static CerebrasSimulator start(SimulatorSettings settings) throws Exception {
        return CerebrasSimulator.start(vertx, settings.with("rate", 0)).await(30, TimeUnit.SECONDS);
    }

    private static String pack(String first, String second) {
        return """
                pack: {name: providers, version: 0.1.0}
                policies: {chain: [audit-logger]}
                providers:
                  retry: {max_retries: 0}
                  targets:
                    - %s
                    - %s
                """.formatted(first, second);
    }

    private static String body(String model, String messages, String more, boolean stream) {
        return "{\"model\":\"" + model + "\"," + messages + more + ",\"stream\":" + stream + "}";
    }

    private static String header(RecordedRequest request, String name) {
        return request.header(name).orElse("");
    }
}
