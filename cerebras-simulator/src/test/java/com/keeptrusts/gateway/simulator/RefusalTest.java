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
                "\"tool_choice\":\"auto\" | tool_choice: tool_choice requires tools",
                "\"top_logprobs\":3 | top_logprobs: logprobs must be set to true if this parameter is used",
                "\"prediction\":\"x\" | prediction: Input should be a valid object",
                "\"model_parameters\":[] | model_parameters: Input should be a valid object",
                "\"response_format\":{\"type\":\"text\",\"json_schema\":{}} | response_format.json_schema: property"
                        + " 'response_format.json_schema' is unsupported",
                "\"response_format\":{\"type\":\"json_schema\"} | response_format.json_schema: Field required",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"type\":\"function\","
                        + "\"function\":{\"name\":\"g\"}} | tool_choice.function.name: tool_choice names a function that"
                        + " is no tool"
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a/b.png\"}}]}"
                        + " | messages.0.user.content.0.image_url.url: Input should be a base64 data URI of an image",
                "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{}}]}"
                        + " | messages.0.user.content.0.type: Input should be a known part type",
                "{\"role\":\"assistant\",\"content\":\"x\",\"refusal\":null}"
                        + " | messages.0.assistant.refusal: property 'messages.0.assistant.refusal' is unsupported",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"image\",\"image\":\"x\"}]}"
                        + " | messages.0.assistant.content.0.text: Field required",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"
                        + " | messages.0.assistant.tool_calls.0.type: Field required",
                "{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":\"a\"}"
                        + " | messages.0.tool_call_id: Tool message does not answer a preceding tool call"
            })
    void aMessageThatDoesNotFitIsNamed(String message, String complaint) throws Exception {
        var reply = ask("{\"model\":\"llama3.1-8b\",\"messages\":[" + message + "]}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).isEqualTo(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"object\",\"properties\":{}} | schema: Object fields require",
                "{\"type\":[\"object\",\"null\"]} | schema: Object fields require",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\"}]} | schema.anyOf.1: Object fields require",
                "{\"type\":\"array\",\"items\":{\"properties\":{}}} | schema.items: Object fields require",
                "{\"$defs\":{\"a\":{\"type\":\"object\"}}} | schema.$defs.a: Object fields require",
                "{\"definitions\":{}} | schema: Use $defs"
            })
    void aStrictSchemaMustBeClosedSinceVersionTwo(String schema, String complaint) throws Exception {
        String body =
                "{\"model\":\"llama3.1-8b\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":"
                        + "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\",\"strict\":true,\"schema\":"
                        + schema + "}}}";

        var reply = ask(body);
        var before = caller.send(
                HttpMethod.POST, CHAT, body, Map.of("authorization", "Bearer good", "x-cerebras-version-patch", "1"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).startsWith("response_format.json_schema." + complaint);
        assertThat(before.status()).isEqualTo(200);
    }

    @Test
    void aClosedStrictSchemaIsAccepted() throws Exception {
        var reply = askWith("""
                "response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":\
                {"type":"object","additionalProperties":false,"properties":{"definitions":{"type":"string"},\
                "type":{"enum":["object"]}},"required":["definitions","type"]}}}""");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void theIdOfAToolCallIsUsedOnce() throws Exception {
        String round = "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"}";

        var once = ask("{\"model\":\"llama3.1-8b\",\"messages\":[" + round + "]}");
        var twice = ask("{\"model\":\"llama3.1-8b\",\"messages\":[" + round + "," + round + "]}");

        assertThat(once.status()).as(once.text()).isEqualTo(200);
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.json().path("message").asText()).contains("unique");
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
                "logit_bias":{},"logprobs":true,"top_logprobs":0,"parallel_tool_calls":true,"prediction":{"type":"content","content":"x"},\
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
