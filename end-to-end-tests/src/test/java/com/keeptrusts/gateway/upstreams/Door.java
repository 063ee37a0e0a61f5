package com.keeptrusts.gateway.upstreams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.node.Node;
import com.keeptrusts.gateway.node.NodeOptions;
import com.keeptrusts.gateway.node.Roles;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A gateway before one target that plays scripts, and perhaps a second one that is well. */
final class Door implements AutoCloseable {

    /** A pack without the section of its providers. */
    record Pack(String policies, String timeouts, String more) {

        static final Pack PLAIN = new Pack("audit-logger", "", "");
    }

    private final Node node;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Door(Node node) {
        this.node = node;
    }

    static Door open(Path folder, CerebrasSimulator upstream, Pack plan, boolean second) throws Exception {
        String pack = """
                pack: {name: upstreams, version: 0.1.0}
                policies: {chain: [%s]}
                %s
                providers:
                  retry: {max_retries: 0}
                  circuit_breaker: {failure_threshold: 10000}
                  targets:
                    - {id: first, provider: cerebras, base_url: "%s", timeouts: {%s}}
                """.formatted(plan.policies(), plan.more(), upstream.baseUrl(), plan.timeouts());
        if (second) {
            pack += "    - {id: second, provider: \"cerebras:chat:llama3.1-8b\", base_url: \"" + upstream.baseUrl()
                    + "\"}\n";
        }
        return open(folder, pack);
    }

    static Door open(Path folder, String pack) throws Exception {
        Files.createDirectories(folder);
        var options = new NodeOptions(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", 0),
                List.of(Files.writeString(folder.resolve("policy-config.yaml"), pack)),
                false,
                0,
                Roles.ALL,
                Map.of(),
                null,
                folder.resolve("data"),
                null,
                Duration.ofSeconds(5),
                Map.of("CEREBRAS_API_KEY", "csk-secret", "OPENAI_API_KEY", "sk-secret")::get);
        return new Door(Node.start(options).await(60, TimeUnit.SECONDS));
    }

    Heard ask(Behaviour behaviour) throws IOException, InterruptedException {
        String body = "{\"model\":\"wire:" + behaviour.id() + "\",\"stream\":" + behaviour.stream()
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello.\"}]" + behaviour.more() + "}";
        return send(body, Map.of());
    }

    Heard send(String body, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.port() + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        var answer = client.send(request.build(), BodyHandlers.ofByteArray());
        return new Heard(answer.statusCode(), answer.headers(), new String(answer.body(), UTF_8));
    }

    @Override
    public void close() throws TimeoutException {
        client.close();
        node.stop().await(60, TimeUnit.SECONDS);
    }
}
