package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Model calls to a gateway, as an ordinary HTTP client makes them. */
final class Exchange {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client;
    private final URI url;

    Exchange(int port) {
        this.client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        this.url = URI.create("http://127.0.0.1:" + port + "/v1/chat/completions");
    }

    HttpResponse<byte[]> send(byte[] body, Map<String, String> headers) throws IOException, InterruptedException {
        return client.send(request(body, headers), BodyHandlers.ofByteArray());
    }

    HttpResponse<String> ask(String text) throws IOException, InterruptedException {
        return client.send(request(body(text, false).getBytes(UTF_8), Map.of()), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> stream(String text, Map<String, String> headers) {
        return client.sendAsync(request(body(text, true).getBytes(UTF_8), headers), BodyHandlers.ofString());
    }

    private HttpRequest request(byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(LIMIT)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return request.build();
    }

    static String body(String text, boolean stream) {
        return "{\"model\":\"llama3.3-70b\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}],\"stream\":"
                + stream + "}";
    }
}
