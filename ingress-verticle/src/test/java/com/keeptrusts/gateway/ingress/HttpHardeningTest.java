package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class HttpHardeningTest {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String PATH = "/v1/chat/completions";

    private House house;
    private FakeProvider provider;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx).opens();
        provider = FakeProvider.start(vertx, House.NODE, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: test\r\nTransfer-Encoding: xchunked\r\n",
                "Host: test\r\nTransfer-Encoding: chunked, identity\r\n",
                "Host: test\r\nTransfer-Encoding: identity\r\n",
                "Host: test\r\nTransfer-Encoding : chunked\r\n",
                "Host: test\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Host: test\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
                "Host: test\r\nContent-Length: +5\r\n",
                "Host: test\r\nContent-Length: 5, 5\r\n",
                "Host: one\r\nHost: two\r\n",
                "Host: one,two\r\n",
                "Host: user@one\r\n",
                "X-A: b\r\n",
                "Host: test\r\nX-A: one\r\n two\r\n",
                "Host: test\r\nX-A: one\u0000two\r\n",
                "Host: test\r\nX A: one\r\n",
            })
    void whatTwoServersCouldReadDifferentlyIsRefusedAndTheConnectionClosed_C8_C10(String headers) throws Exception {
        try (var client = new RawClient(house.port())) {
            client.send("GET /healthz HTTP/1.1\r\n" + headers + "\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 400");
            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(provider.calls).isEmpty();
        assertThat(RawClient.chat(house.port(), ASK).status()).isEqualTo(200);
    }

    @Test
    void aForeignAbsoluteTargetIsRefusedAndTheOwnOneServed_C10() throws Exception {
        try (var client = new RawClient(house.port())) {
            client.send("GET http://elsewhere/healthz HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 400");
        }
        try (var client = new RawClient(house.port())) {
            client.send("GET http://test/healthz HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aFoldedHeaderBehindAPipelinedBodyIsRefusedToo() throws Exception {
        try (var client = new RawClient(house.port())) {
            client.send("POST " + PATH + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + ASK.length() + "\r\n\r\n" + ASK
                    + "GET /healthz HTTP/1.1\r\nHost: test\r\nX-A: one\r\n two\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.head()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aLineBreakAndSpaceInsideABodyAreNoFoldedHeader() throws Exception {
        String pretty = ASK.replace(",", ",\r\n  ");
        try (var client = new RawClient(house.port())) {
            client.send("POST " + PATH + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + pretty.length() + "\r\n\r\n");
            for (byte one : pretty.getBytes(UTF_8)) {
                client.send(new byte[] {one});
            }

            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void tooManyHeaderLinesAreRefused() throws Exception {
        String[] headers = new String[110];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = "X-" + i + ": 1";
        }

        assertThat(RawClient.chat(house.port(), ASK, headers).status()).isEqualTo(400);
    }

    @Test
    @Tag("C4")
    void aBodyLargerThanTheLimitIsRefusedBeforeItIsSent_E6_R19() throws Exception {
        try (var client = new RawClient(house.port())) {
            client.send("POST " + PATH + " HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
                    + "Content-Length: 99999999\r\n\r\n");

            var got = client.read();

            assertThat(got.status()).isEqualTo(413);
            assertThat(new JsonObject(got.body()).getString("code")).isEqualTo("request_too_large");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    @Tag("C4")
    void aBodyThatGrowsBeyondTheLimitIsRefusedWhenItDoes_E6() throws Exception {
        limit(1000);
        try (var client = new RawClient(house.port())) {
            client.send("POST " + PATH + " HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("400\r\n" + "x".repeat(1024) + "\r\n");

            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void continueIsSaidAtOnce_R19() throws Exception {
        try (var client = new RawClient(house.port())) {
            client.send("POST " + PATH + " HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: "
                    + ASK.length() + "\r\n\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 100");
            client.send(ASK);
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void chunkedAndPipelinedAndOldClientsAreServed_R20() throws Exception {
        try (var client = new RawClient(house.port())) {
            String chunked = "POST " + PATH + " HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(ASK.length()) + "\r\n" + ASK + "\r\n0\r\n\r\n";
            client.send(chunked + chunked);
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(200);
        }
        try (var client = new RawClient(house.port())) {
            client.send("POST " + PATH + " HTTP/1.0\r\nContent-Length: " + ASK.length() + "\r\n\r\n" + ASK);
            assertThat(client.head()).contains(" 200 ");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void aStreamForAnOldClientEndsWithTheConnection_R20() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events("data: {}\n\n");
            line.last(Answers.LAST);
        });
        String ask = ASK.replace("{\"model\"", "{\"stream\":true,\"model\"");
        try (var client = new RawClient(house.port())) {
            client.send("POST " + PATH + " HTTP/1.0\r\nContent-Length: " + ask.length() + "\r\n\r\n" + ask);

            assertThat(client.read().body()).isEqualTo("data: {}\n\n" + Answers.LAST);
        }
    }

    @Test
    @Tag("C4")
    void gzipIsInflatedWithinLimitsAndOtherEncodingsAreNot_R18_E7() throws Exception {
        try (var client = new RawClient(house.port())) {
            client.sendPost(PATH, gzip(ASK), "Content-Encoding: gzip");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(provider.call().body().toUtf8()).isEqualTo(ASK);
            client.sendPost(PATH, gzip(" ".repeat(30_000_000)), "Content-Encoding: gzip");
            assertThat(client.read().status()).isEqualTo(413);
        }
        assertThat(RawClient.chat(house.port(), ASK, "Content-Encoding: br").status())
                .isEqualTo(415);
        assertThat(RawClient.chat(house.port(), ASK, "Content-Encoding: gzip").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON;charset=\"UTF-8\""})
    void jsonIsUnderstood_R17(String type) throws Exception {
        assertThat(RawClient.chat(house.port(), ASK, "Content-Type: " + type).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/msgpack", "text/plain", "application/json; charset=utf-16"})
    void otherTypesAreNot_R17_E7(String type) throws Exception {
        var got = RawClient.chat(house.port(), ASK, "Content-Type: " + type);

        assertThat(got.status()).isEqualTo(415);
        assertThat(got.body()).contains("unsupported_media_type");
    }

    @Test
    void aClientThatDawdlesWithItsHeadIsCutOff_C3(Vertx vertx) throws Exception {
        House strict = House.beside(house, Times.of(Duration.ofMillis(300), Duration.ofMillis(300)));
        try (var client = new RawClient(strict.port())) {
            client.send("POST /v1/chat");

            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void aClientThatDawdlesWithItsBodyIsCutOff_C3(Vertx vertx) throws Exception {
        House strict = House.beside(house, Times.of(Duration.ofMillis(300), Duration.ofMillis(300)));
        try (var client = new RawClient(strict.port())) {
            client.send("POST " + PATH + " HTTP/1.1\r\nHost: test\r\nContent-Length: 5000\r\n\r\n{");

            assertThat(client.read().status()).isEqualTo(408);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void anIdleConnectionIsClosed_C3(Vertx vertx) throws Exception {
        House strict = House.beside(house, Times.of(Duration.ofSeconds(5), Duration.ofMillis(300)));
        try (var client = new RawClient(strict.port())) {
            client.sendPost(PATH, ASK.getBytes(UTF_8));
            assertThat(client.read().status()).isEqualTo(200);

            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void clearTextHttp2IsNotOffered() throws Exception {
        try (var client = new RawClient(house.port())) {
            client.sendPost(
                    PATH,
                    ASK.getBytes(UTF_8),
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQBAAAAAAIAAAAA");

            assertThat(client.read().head()).startsWith("HTTP/1.1 200");
        }
    }

    private void limit(int bytes) {
        var now = Objects.requireNonNull(house.config.get());
        house.config.set(new IngressConfig(
                now.digest(),
                now.packName(),
                now.packVersion(),
                now.packEnabled(),
                now.chain(),
                now.outputKinds(),
                now.audit(),
                now.providerDigest(),
                now.targets(),
                now.models(),
                new SizeLimits(bytes, Long.MAX_VALUE),
                now.gateway(),
                now.rateLimits()));
    }

    private static byte[] gzip(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }
}
