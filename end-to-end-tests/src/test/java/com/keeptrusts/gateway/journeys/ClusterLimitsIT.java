package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.node.ClusterOptions;
import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.node.Node;
import com.keeptrusts.gateway.node.NodeOptions;
import com.keeptrusts.gateway.node.Roles;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of a real cluster in this process, each with an ingress and a provider, before one upstream. */
@TestInstance(Lifecycle.PER_CLASS)
class ClusterLimitsIT {

    private static final int LIMIT = 40;

    /** So many failures open a breaker. */
    private static final int FAILURES = 5;

    /** A window that does not end while a test runs. */
    private static final String CONFIG = """
            pack: {name: limits, version: 1.0.0}
            policies: {chain: [pii-detector]}
            user_rate_limit: {max_requests: %d, window_seconds: 2678400, header_names: [x-team]}
            providers:
              targets: [{id: cerebras-llama, provider: "cerebras:chat:llama3.3-70b"}]
              circuit_breaker: {failure_threshold: %d, cooldown_seconds: 2, half_open_requests: 2}
              retry: {max_retries: 0}
            """.formatted(LIMIT, FAILURES);

    private final Vertx vertx = Vertx.vertx();
    private final List<Node> nodes = new ArrayList<>();
    private CerebrasSimulator upstream;

    @BeforeAll
    void startCluster(@TempDir Path folder) throws Exception {
        upstream = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
        Path config = Files.writeString(folder.resolve("policy-config.yaml"), CONFIG);
        Path clusterXml = ClusterFile.write(folder);
        for (String name : List.of("a", "b")) {
            var options = new NodeOptions(
                    new HostPort("127.0.0.1", 0),
                    new HostPort("127.0.0.1", 0),
                    List.of(config),
                    false,
                    0,
                    Roles.parse("ingress,policy,provider", List.of("pii-detector")),
                    Map.of("pii-detector", 1),
                    new ClusterOptions(clusterXml, null),
                    folder.resolve(name),
                    upstream.baseUrl(),
                    Duration.ofSeconds(1),
                    _ -> "csk-test");
            nodes.add(Node.start(options).await(60, TimeUnit.SECONDS));
        }
        for (Node node : nodes) {
            Await.until(() -> Management.of(node.adminPort())
                            .json("/keeptrusts/cluster")
                            .getJsonArray("config_by_node")
                            .size()
                    == 2);
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (Node node : nodes) {
            node.stop().await(60, TimeUnit.SECONDS);
        }
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void oneNodeBorrowsWhatTheOtherDoesNotUseAndBothTogetherStayWithinTheLimit() throws Exception {
        var admitted = new int[1];
        Await.until(() -> {
            admitted[0] += ask(0, "busy") == 200 ? 1 : 0;
            return admitted[0] >= LIMIT - 4; // of the last few each lends half
        });

        for (int i = 0; i < 2 * LIMIT; i++) {
            admitted[0] += ask(i % 2, "busy") == 200 ? 1 : 0;
        }

        assertThat(admitted[0]).isBetween(LIMIT - 4, LIMIT);
        assertThat(ask(1, "busy")).isEqualTo(429);
        assertThat(ask(1, "another")).isEqualTo(200);
    }

    @Test
    @Tag("P19")
    void aTargetThatFailsOneNodeIsLeftAloneByTheOtherAndProbedByOneAtATimeUntilItIsWell() throws Exception {
        long before = calls();
        upstream.options(Map.of("error", "server_error"));
        long begun = System.nanoTime();
        Await.until(() -> {
            ask(0, fresh());
            return !target(0).getString("breaker").equals("closed");
        });
        Await.until(() -> target(1).getString("breaker").equals("open"));
        long untilOpen = calls() - before;
        assertThat(untilOpen).isLessThan(2 * FAILURES); // else each has found out for itself

        int refused = 0;
        while (System.nanoTime() - begun < Duration.ofSeconds(6).toNanos()) {
            refused += ask(0, fresh()) == 502 ? 1 : 0;
            refused += ask(1, fresh()) == 502 ? 1 : 0;
        }
        long calls = calls() - before;
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        upstream.options(Map.of());
        long healed = System.nanoTime();
        Await.until(() -> {
            ask(0, fresh());
            ask(1, fresh());
            return target(0).getString("breaker").equals("closed")
                    && target(1).getString("breaker").equals("closed");
        });

        assertThat(calls).isLessThanOrEqualTo(untilOpen + seconds);
        assertThat(refused).isGreaterThan((int) calls);
        assertThat(Duration.ofNanos(System.nanoTime() - healed)).isLessThan(Duration.ofSeconds(10));
        assertThat(ask(1, fresh())).isEqualTo(200);
    }

    /** A team that has asked nothing yet. */
    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private int ask(int node, String team) throws Exception {
        return new Exchange(nodes.get(node).port())
                .send(Exchange.body("Hello", false).getBytes(UTF_8), Map.of("x-team", team))
                .statusCode();
    }

    /** What the upstream was asked by both. */
    private long calls() throws Exception {
        return target(0).getLong("calls") + target(1).getLong("calls");
    }

    private JsonObject target(int node) throws Exception {
        return Management.of(nodes.get(node).adminPort())
                .json("/keeptrusts/providers/metrics")
                .getJsonArray("targets")
                .stream()
                .map(JsonObject.class::cast)
                .findFirst()
                .orElse(new JsonObject().put("breaker", "closed").put("calls", 0));
    }
}
