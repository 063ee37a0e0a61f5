package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, with which error (WIRE 4.3), and that the ledger knows of it. */
class RefusalsIT {

    /** SHA-256 of {@code kt-right-key}. */
    private static final String RIGHT_KEY_SHA256 = Digest.sha256("kt-right-key");

    private static final String CONFIG = """
            pack: {name: refusals, version: 0.1.0}
            policies: {chain: [prompt-injection, pii-detector, audit-logger]}
            gateway:
              client_keys:
                - {name: tests, sha256: "%s"}
            providers:
              targets:
                - id: cerebras-llama
                  provider: "cerebras:chat:llama3.3-70b"
                  timeouts: {first_token_ms: 1500, idle_ms: 1500}
            """.formatted(RIGHT_KEY_SHA256);

    private static final Map<String, String> KEY = Map.of("authorization", "Bearer kt-right-key");

    @TempDir
    private static Path folder;

    private static LiveGateway gateway;
    private static Exchange exchange;

    @BeforeAll
    static void start() throws Exception {
        gateway = LiveGateway.start(folder, CONFIG);
        exchange = gateway.exchange();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.upstream().reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m","messages":[                                                     | invalid_json
                    {"model":"m","messages":[],}                                                  | invalid_json
                    {"model":"m","messages":[{"role":"user","content":"x"}]} {}                   | invalid_json
                    {"model":"m","messages":[{"role":"user","content":"x"}],"n":NaN}              | invalid_json
                    {"model":"m","model":"n","messages":[{"role":"user","content":"x"}]}          | duplicate_field
                    {"model":"m","mod\\u0065l":"n","messages":[{"role":"user","content":"x"}]}    | duplicate_field
                    {"model":"m","messages":[{"role":"user","role":"user","content":"x"}]}        | duplicate_field
                    {"model":"m","stream":"yes","messages":[{"role":"user","content":"x"}]}       | invalid_type
                    []                                                                            | invalid_type
                    """)
    void aBodyThatIsNotOneClearRequestIsA400(String body, String code) throws Exception {
        HttpResponse<byte[]> answer = exchange.send(body.strip().getBytes(UTF_8), KEY);

        assertRefused(answer, 400, code);
        assertThat(gateway.upstream().requests()).isEmpty();
    }

    @Test
    void invalidUtf8IsA400() throws Exception {
        byte[] body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\u00ff\"}]}".getBytes(ISO_8859_1);

        assertRefused(exchange.send(body, KEY), 400, "invalid_json");
    }

    @Test
    void twentyMebibytesAreA413() throws Exception {
        HttpResponse<byte[]> answer = exchange.send(new byte[20 << 20], KEY);

        assertRefused(answer, 413, "request_too_large");
    }

    @Test
    void aMissingKeyAndAWrongKeyAreA401() throws Exception {
        byte[] body = Exchange.body("hello", false).getBytes(UTF_8);

        assertRefused(exchange.send(body, Map.of()), 401, "invalid_api_key");
        assertRefused(exchange.send(body, Map.of("authorization", "Bearer wrong")), 401, "invalid_api_key");
    }

    @Test
    void anUnknownPathIsA404AndAWrongMethodA405() throws Exception {
        assertThat(get("/v1/embeddings").statusCode()).isEqualTo(404);
        HttpResponse<String> wrongMethod = get("/v1/chat/completions");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("allow")).contains("POST");
    }

    @Test
    void anUpstreamThatNeverAnswersIsA504() throws Exception {
        HttpResponse<byte[]> answer = exchange.send(
                Exchange.body("hello", false).getBytes(UTF_8),
                Map.of("authorization", "Bearer kt-right-key", "x-sim-refuse", "hang"));

        assertRefused(answer, 504, "upstream_timeout");
    }

    @Test
    void aStreamThatTheUpstreamCutsEndsWithTheFrameThatRaises() throws Exception {
        HttpResponse<byte[]> answer = exchange.send(
                Exchange.body("hello", true).getBytes(UTF_8),
                Map.of("authorization", "Bearer kt-right-key", "x-sim-cut-after-events", "20", "x-sim-cut", "fin"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8))
                .containsPattern(
                        "event: error\ndata: \\{\"error\":\\{[^\n]*\"upstream_truncated\"[^\n]*\\}\\}\n\ndata: \\[DONE\\]\n\n$");
    }

    @Test
    void aForeignTransferEncodingIsRefusedAndTheConnectionClosed() throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.node().port())) {
            OutputStream out = socket.getOutputStream();
            String smuggled = """
                    POST /v1/chat/completions HTTP/1.1
                    host: a
                    content-type: application/json
                    transfer-encoding: xchunked

                    GET /health HTTP/1.1
                    host: a

                    """;
            out.write(smuggled.replace("\n", "\r\n").getBytes(UTF_8));
            out.flush();
            socket.setSoTimeout(20_000);

            String everything = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(everything).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200");
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.node().port() + path))
                .header("authorization", "Bearer kt-right-key")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String code) throws Exception {
        String body = new String(answer.body(), UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(status);
        var envelope = new JsonObject(body);
        assertThat(envelope.getJsonObject("error").getString("code")).isEqualTo(code);
        assertThat(envelope.getString("code")).isEqualTo(code);
        assertThat(envelope.getInteger("status_code")).isEqualTo(status);
        String request = answer.headers().firstValue("x-request-id").orElseThrow();
        assertThat(LedgerRecords.outcomesByRequest(folder.resolve("data"))).containsEntry(request, 1);
    }
}
