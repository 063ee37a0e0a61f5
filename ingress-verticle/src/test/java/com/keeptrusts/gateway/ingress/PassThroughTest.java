package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class PassThroughTest {

    private static final String ASK =
            "{\"model\":\"llama3.3-70b\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = ASK.replace("{\"model\"", "{\"stream\":true,\"model\"");
    private static final String EVENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";
    private static final String LAST =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private House house;
    private FakeProvider provider;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx).opens();
        provider = FakeProvider.start(vertx, House.NODE, 0);
    }

    @Test
    void aBodyReachesTheProviderAndTheAnswerTheClientByteForByte_R1_S1() throws Exception {
        String odd =
                "{ \"messages\" : [ {\"content\":\"\\u0068i \\/ \\ud800\",\"role\":\"user\"} ],\n\t\"mod\\u0065l\":\"x\", \"t\":1E2 }";
        String answer = "{ \"id\":\"c\",\"n\": 1.10, \"x\":\"\\u00e9\" }\n";
        provider.does(line -> line.json(answer));

        var got = RawClient.chat(house.port(), odd);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(answer);
        assertThat(provider.call().body().toUtf8()).isEqualTo(odd);
        assertThat(got.header("content-type")).isEqualTo("application/json");
        assertThat(got.header("x-ratelimit-limit-requests-day")).isEqualTo("1000");
        assertThat(got.header("x-keeptrusts-target")).isEqualTo("cerebras-llama");
        assertThat(got.header("x-request-id")).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
    }

    @ParameterizedTest
    @CsvSource({"0,1000", "0.7,1700", "20,21000", "-1,600000", "NaN,600000", "soon,600000"})
    void aClientThatWaitsForSecondsCutToWholeOnesIsTheFirstToGiveUp(String header, long totalMillis) throws Exception {
        RawClient.chat(house.port(), ASK, "x-stainless-timeout: " + header);

        assertThat(provider.call().totalMillis()).isEqualTo(totalMillis);
    }

    @Test
    void aStreamIsPassedOnAsItComes_S2_S18() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.events(EVENT + EVENT);
            line.last(LAST);
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(EVENT + EVENT + EVENT + LAST);
        assertThat(got.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(got.header("cache-control")).isEqualTo("no-cache");
        assertThat(got.header("x-accel-buffering")).isEqualTo("no");
        assertThat(got.header("content-length")).isEmpty();
    }

    @Test
    void doneAndTheTerminatorLeaveInOneWrite() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.last(LAST);
        });

        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            client.read();
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));

            assertThat(client.read().body()).endsWith(LAST);
        }
    }

    @Test
    void aFailureBeforeTheFirstByteHasAStatus_S16_E17() throws Exception {
        provider.does(line ->
                line.fails(new Failure(ErrorCode.UPSTREAM_ERROR, "The target failed.", null, null, 503, null, true)));

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.status()).isEqualTo(503);
        assertThat(got.header("x-should-retry")).isEqualTo("false");
        assertThat(new JsonObject(got.body()).getJsonObject("error").getString("code"))
                .isEqualTo("upstream_error");
    }

    @Test
    void aFailureAfterTheFirstByteIsTheErrorFrame_E21() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.breaks(Failure.of(ErrorCode.UPSTREAM_TRUNCATED, "The answer was cut."));
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body())
                .isEqualTo(EVENT
                        + "event: error\ndata: {\"error\":{\"message\":\"The answer was cut.\",\"type\":\"server_error\","
                        + "\"param\":null,\"code\":\"upstream_truncated\"}}\n\ndata: [DONE]\n\n");
    }

    @Test
    void aGapInTheEventsEndsTheStreamWithTheErrorFrame() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.skip();
            line.events(EVENT);
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body())
                .startsWith(EVENT + "event: error\n")
                .contains("worker_lost")
                .endsWith("data: [DONE]\n\n");
        assertThat(provider.cancel().reason()).isEqualTo("gap");
    }

    @Test
    void anEventThatTheGatewayFailsOnEndsTheStreamWithTheFrame_E25() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.started(true); // nobody does that twice
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body())
                .startsWith(EVENT + "event: error\n")
                .contains("internal_error")
                .endsWith("data: [DONE]\n\n");
        assertThat(provider.cancel().reason()).isEqualTo("fault");
    }

    @Test
    void aClientThatLeavesCancelsItsCall_R25() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
        });

        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            client.readUntil("\"a\"");
        }

        assertThat(provider.cancel().reason()).isEqualTo("client_disconnected");
    }

    @Test
    void withoutAProviderTheClientIsToldToComeBack_E10(Vertx vertx) throws Exception {
        house.verticle().nodeLeft(House.NODE);
        provider.refuses(Failure.of(ErrorCode.GATEWAY_OVERLOADED, "full"));

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(503);
        assertThat(got.body()).contains("gateway_overloaded");
        assertThat(got.header("x-should-retry")).isEqualTo("true");
        assertThat(got.header("retry-after")).isEqualTo("1");
        assertThat(Integer.parseInt(got.header("retry-after-ms"))).isBetween(1_000, 3_000);
    }
}
