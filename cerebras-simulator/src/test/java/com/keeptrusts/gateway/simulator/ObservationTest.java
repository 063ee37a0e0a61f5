package com.keeptrusts.gateway.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ObservationTest {

    private CerebrasSimulator simulator;
    private Caller caller;

    @BeforeEach
    void startSimulator(Vertx vertx) throws Exception {
        simulator = CerebrasSimulator.start(
                        vertx, SimulatorSettings.cerebras().with("ttft_ms", 0).withEventLoops(2))
                .await(10, SECONDS);
        caller = new Caller(vertx, simulator.port());
    }

    @Test
    void requestsAreKeptByteForByteWithTheirHeadersInOrder() throws Exception {
        String odd =
                "{ \"messages\" : [{\"role\":\"user\",\"content\":\"\\u00e9\"}],\n\"model\":\"llama3.1-8b\", \"seed\": 1 }";
        try (var call = new RawCall(simulator.port(), odd, "X-Two: b", "x-one: a", "X-Two: c")) {
            call.until("HTTP/1.1 200");
        }

        JsonNode request = caller.get("/__sim/requests").json().path(0);

        assertThat(new String(Base64.getDecoder().decode(request.path("body").asText()), UTF_8))
                .isEqualTo(odd);
        assertThat(request.path("headers").toString())
                .contains("[\"X-Two\",\"b\"],[\"x-one\",\"a\"],[\"X-Two\",\"c\"]");
        assertThat(simulator.requests().getFirst().bodyText()).isEqualTo(odd);
        caller.send(HttpMethod.DELETE, "/__sim/requests", "", Map.of());
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void aCancelledStreamIsCountedWithTheTokensItHadCost() throws Exception {
        String endless = Caller.streamed("\"max_completion_tokens\":100000");
        try (var call = new RawCall(simulator.port(), endless, "x-sim-rate: 1000", "x-sim-tokens: 100000")) {
            call.until("\"content\"");
        }

        Eventually.holds(() -> simulator.counters().streamsCancelled() == 1);
        var cancelled = simulator.counters().cancelled().getFirst();
        assertThat(cancelled.model()).isEqualTo("llama3.3-70b");
        assertThat(cancelled.tokensGenerated()).isBetween(1L, 10_000L);
        assertThat(cancelled.ofTokens()).isEqualTo(100_000);
    }

    @Test
    void connectionsRequestsAndStatusesAreCounted() throws Exception {
        caller.chat(Caller.HELLO, "x-sim-rate", "0");
        caller.chat(Caller.HELLO, "x-sim-status", "500");

        JsonNode counters = caller.get("/__sim/counters").json();

        assertThat(counters.path("connectionsOpened").asInt()).isPositive();
        assertThat(counters.path("connectionsMost").asInt()).isPositive();
        assertThat(counters.at("/requestsByModel/llama3.3-70b").asInt()).isEqualTo(2);
        assertThat(counters.at("/responsesByStatus/500").asInt()).isEqualTo(1);
        assertThat(counters.path("streamsCompleted").asInt()).isEqualTo(1);
        assertThat(counters.path("lag").has("p99Millis")).isTrue();
        assertThat(counters.path("lag").path("atMost").path("1000").asLong())
                .isEqualTo(counters.path("lag").path("writes").asLong());
    }

    @Test
    void settingsAndAnswersChangeWhileItRuns() throws Exception {
        caller.put("/__sim/settings", "{\"rate\":0,\"ttft_ms\":\"0-1\",\"tokens\":7}");
        caller.put("/__sim/answers", "{\"when\":\"hello\",\"text\":\"Hi Ada\",\"times\":1}");

        assertThat(caller.chat(Caller.HELLO)
                        .json()
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("Hi Ada");
        assertThat(caller.chat(Caller.HELLO)
                        .json()
                        .at("/usage/completion_tokens")
                        .asInt())
                .isEqualTo(7);
        assertThat(caller.put("/__sim/settings", "{\"rte\":0}").status()).isEqualTo(400);
    }

    @Test
    void modelsAreListedShortlyAndRichly() throws Exception {
        assertThat(caller.get("/v1/models").json().path("data").findValuesAsText("id"))
                .contains("llama3.3-70b", "llama3.1-8b", "gpt-oss-120b", "qwen-3.8-27b");
        assertThat(caller.get("/v1/models/llama3.1-8b").json().path("object").asText())
                .isEqualTo("model");
        assertThat(caller.get("/v1/models/none").status()).isEqualTo(404);
        assertThat(caller.get("/public/v1/models/llama3.1-8b").json().path("limits"))
                .isNotEmpty();
        assertThat(caller.get("/public/v1/models?format=openrouter")
                        .json()
                        .at("/data/0/id")
                        .asText())
                .startsWith("cerebras/");
        assertThat(caller.get("/public/v1/models?format=huggingface")
                        .json()
                        .at("/data/0/context_length")
                        .asInt())
                .isPositive();
        assertThat(caller.get("/public/v1/models?format=other").status()).isEqualTo(422);
        assertThat(caller.get("/v1/tcp_warming").status()).isEqualTo(200);
    }

    @Test
    void quotasAreReservedAndRefundedAndRefused() throws Exception {
        caller.put(
                "/__sim/settings", "{\"rate\":0,\"ttft_ms\":0,\"tokens\":10,\"tpm\":20000,\"limit_retry_after\":true}");

        var first = caller.chat(Caller.HELLO);
        var second = caller.chat(Caller.streamed("\"max_completion_tokens\":100"));
        var third = caller.chat(Caller.streamed("\"max_completion_tokens\":20000"));

        assertThat(first.headers()).containsEntry("x-ratelimit-limit-tokens-minute", "20000");
        assertThat(Long.parseLong(first.headers().get("x-ratelimit-remaining-tokens-minute")))
                .isLessThan(4_000);
        assertThat(Long.parseLong(second.headers().get("x-ratelimit-remaining-tokens-minute")))
                .isGreaterThan(19_000);
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.json().path("code").asText()).isEqualTo("token_quota_exceeded");
        assertThat(third.headers()).containsKey("retry-after");
    }
}
