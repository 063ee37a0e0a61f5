package com.keeptrusts.gateway.node.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Fetches files below a URL, none larger than said, following no redirect. Blocks; any number of threads may ask. */
final class HttpFiles implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final String base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    HttpFiles(String base) {
        this.base = base.replaceAll("/+$", "");
    }

    /** Empty where there is no such file, or a web server has a directory of that name, or does not show it. */
    Optional<byte[]> get(String path, int most) throws IOException {
        URI address = URI.create(base + path);
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(address).timeout(ANSWER).build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
            return switch (response.statusCode()) {
                case 200 -> Optional.of(response.body());
                case 301, 302, 303, 307, 308, 403, 404, 410 -> Optional.empty();
                default -> throw new IOException(address + ": status " + response.statusCode() + " (expected: 200)");
            };
        } catch (ConnectException e) {
            throw new IOException(address + ": nobody answers there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(address + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
