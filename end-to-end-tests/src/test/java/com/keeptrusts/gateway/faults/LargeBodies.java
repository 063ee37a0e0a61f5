package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.node.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Prompts of a size, by many clients at a time. */
final class LargeBodies {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SENTENCE = "The harvest of our village was good and the road to the mill is dry. ";

    private final URI door;
    private final String body;

    LargeBodies(HostPort door, int bytes) {
        this.door = URI.create("http://" + door + "/v1/chat/completions");
        this.body = "{\"model\":\"llama3.3-70b\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + SENTENCE.repeat(bytes / SENTENCE.length()) + "\"}]}";
    }

    /** Returns when all are answered: how often each status came, with the code of its error. */
    Map<String, Integer> send(int clients, int each) {
        Map<String, Integer> endings = new ConcurrentHashMap<>();
        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < clients * each; n += each) {
                threads.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        endings.merge(send(client), 1, Integer::sum);
                    }
                });
            }
        }
        return new TreeMap<>(endings);
    }

    private String send(HttpClient client) {
        var request = HttpRequest.newBuilder(door)
                .timeout(LIMIT)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "200" : answer.statusCode() + " " + MarkedAnswer.code(answer.body());
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
