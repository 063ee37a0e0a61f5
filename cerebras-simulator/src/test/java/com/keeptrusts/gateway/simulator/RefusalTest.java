package com.keeptrusts.gateway.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class RefusalTest {

    private static final String CHAT = "/v1/chat/completions";

    private Caller caller;

    @BeforeEach
    void startSimulator(Vertx vertx) throws Exception {
        var settings = SimulatorSettings.cerebras().withApiKeys(Set.of("good")).with("rate", 0);
        caller = new Caller(
                vertx,
                CerebrasSimulator.start(vertx, settings).await(10, SECONDS).port());
    }

    private Caller.Reply ask(String body) throws Exception {
        return caller.send(HttpMethod.POST, CHAT, body, Map.of("authorization", "Bearer good"));
    }

    private Caller.Reply askWith(String member) throws Exception {
        return ask("{\"model\":\"llama3.1-8b\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]," + member + "}");
    }

    @Test
    void withoutAKeyTheFrontEndRefuses() throws Exception {
        var reply = caller.send(HttpMethod.POST, CHAT, Caller.HELLO, Map.of());

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).isEqualTo("{\"detail\":\"Not authenticated\"}");
    }

    @Test
    void aWrongKeyIsRefused() throws Exception {
        var reply = caller.send(HttpMethod.POST, CHAT, Caller.HELLO, Map.of("authorization", "Bearer bad"));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text())
                .isEqualTo("{\"message\":\"Wrong API Key\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"api_key\",\"code\":\"wrong_api_key\"}");
    }

    @Test
    void anUnknownModelIsNotFound() throws Exception {
        var reply = ask("{\"model\":\"gpt-9\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text())
                .isEqualTo("{\"message\":\"Model gpt-9 does not exist or you do not have access to it."
                        + "\",\"type\":\"not_found_error\",\"param\":\"model\",\"code\":\"model_not_found\"}");
    }

    @Test
    void anUnknownPathIsAnEmptyNotFound() throws Exception {
        var reply = caller.get("/v1/embeddings");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body().length()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"metadata\":{} | metadata: property 'metadata' is unsupported",
                "\"store\":true | store: property 'store' is unsupported",
                "\"stream_options\":{\"include_obfuscation\":true} | stream_options.include_obfuscation: property"
                        + " 'stream_options.include_obfuscation' is unsupported",
                "\"temperature\":3 | temperature: Input should be a valid number from 0.0 to 2.0",
                "\"stream\":1 | stream: Input should be a valid boolean",
                "\"tool_choice\":\"auto\" | tool_choice: tool_choice requires tools"
            })
    void aMemberThatDoesNotFitIsNamed(String member, String message) throws Exception {
        var reply = askWith(member);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).isEqualTo(message);
        assertThat(reply.json().path("code").asText()).isEqualTo("wrong_api_format");
    }

    @Test
    void anUnknownMemberOfAMessageIsNamedWithItsRole() throws Exception {
        var reply = ask("""
                {"model":"llama3.1-8b","messages":[{"role":"user","content":"x"},\
                {"role":"assistant","content":"y","reasoning_content":"z"},{"role":"user","content":"x"}]}""");

        assertThat(reply.json().path("message").asText())
                .isEqualTo("messages.1.assistant.reasoning_content: property"
                        + " 'messages.1.assistant.reasoning_content' is unsupported");
    }

    @Test
    void toolCallsMustBeAnsweredDirectly() throws Exception {
        var reply = ask("""
                {"model":"llama3.1-8b","messages":[{"role":"assistant","content":"","tool_calls":[{"id":"a",\
                "type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"x"}]}""");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).contains("has not been answered");
    }

    @Test
    void allFieldsOfTheServiceAreAccepted() throws Exception {
        var reply = askWith("""
                "stream":false,"stream_options":{"include_usage":true},"max_completion_tokens":-1,"min_tokens":1,\
                "temperature":1,"top_p":0.5,"n":1,"seed":1,"stop":["a"],"frequency_penalty":0,"presence_penalty":0,\
                "logit_bias":{},"logprobs":false,"top_logprobs":0,"parallel_tool_calls":true,"prediction":null,\
                "response_format":{"type":"text"},"user":"u","service_tier":"auto","prompt_cache_key":"k",\
                "reasoning_effort":"low","reasoning_format":"parsed","clear_thinking":true,\
                "disable_reasoning":false,"model_parameters":{}""");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void whatIsNoJsonIsRefused() throws Exception {
        assertThat(ask("{\"model\"").status()).isEqualTo(400);
        assertThat(ask(Caller.HELLO + "x").status()).isEqualTo(400);
        assertThat(ask("").status()).isEqualTo(400);
    }

    @Test
    void aPromptBeyondTheContextIsRefused() throws Exception {
        var reply = askWith("\"max_tokens\":131072");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("context_length_exceeded");
    }
}
