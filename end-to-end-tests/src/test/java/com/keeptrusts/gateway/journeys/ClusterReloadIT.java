package com.keeptrusts.gateway.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes: two ingress nodes with a ledger and files each; one with policy workers and a third ledger, and one with
 * a provider, which have no files. A variable that only the first ingress has tells whose environment was asked.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ClusterReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ANSWER = "Write to jane.doe@example.com about the order, she knows more. ".repeat(12);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, GatewayProcess> processes = new HashMap<>();
    private Path folder = Path.of("");
    private CerebrasSimulator upstream;
    private String clusterXml = "";

    @BeforeAll
    void startCluster(@TempDir Path made) throws Exception {
        folder = made;
        upstream = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
        upstream.says(ANSWER);
        clusterXml = ClusterFile.write(folder).toString();
        writeConfig("a", marking("start"));
        writeConfig("b", marking("start"));
        startDoor("a");
        var others = List.of(
                starting(() -> startDoor("b")),
                starting(() -> start("policies", "--roles", "policy:pii-detector=2,audit")),
                starting(() -> start("provider", "--roles", "provider")));
        for (CompletableFuture<Void> other : others) {
            other.get(2, TimeUnit.MINUTES);
        }
        Await.until(PATIENCE, () -> cluster("a").getJsonArray("config_by_node").size() == 4);
        Await.until(PATIENCE, () -> isReady("a") && isReady("b"));
    }

    @AfterAll
    void stop() throws Exception {
        processes.values().forEach(GatewayProcess::close);
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void reloadsUnderLoadReachEveryNodeAndNoRequestMixesVersions() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
        Set<String> digests = new HashSet<>();
        for (int round = 0; round < 4; round++) {
            streams.addAll(streamsOnBoth("before " + round));
            long running = upstream.counters().streamsStarted();
            String node = round % 2 == 0 ? "a" : "b";
            writeConfig(node, marking("round-" + round));
            Await.until(() -> upstream.counters().streamsStarted() >= Math.min(running + 1, streams.size()));

            Reply reload = reload(node);

            assertThat(reload.status()).as(reload.body().encode()).isEqualTo(200);
            assertThat(reload.body().getJsonArray("pending")).isEmpty();
            assertThat(reload.body().getJsonArray("nodes")).hasSize(3);
            digests.add(reload.body().getString("digest"));
            assertThat(List.of(digest("a"), digest("b")))
                    .containsOnly(reload.body().getString("digest"));
            for (HttpResponse<String> answer : List.of(ask("a"), ask("b"))) {
                assertThat(answer.body()).contains("<round-" + round + ">");
            }
        }

        assertThat(digests).hasSize(4);
        for (CompletableFuture<HttpResponse<String>> stream : streams) {
            HttpResponse<String> answer = stream.get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("jane");
            assertThat(marks(answer.body())).as(answer.body()).hasSize(1);
        }
        Await.until(PATIENCE, () -> settingsByConfig("a").size() >= 2);
        for (String node : List.of("a", "b", "policies")) {
            assertThat(entriesOf(node, "config.activated"))
                    .extracting(entry -> entry.getJsonObject("cfg").getString("digest"))
                    .containsAll(digests);
            assertThat(settingsByConfig(node))
                    .allSatisfy((_, settings) -> assertThat(settings).hasSize(1));
        }
        Map<String, Set<String>> settings = settingsByConfig("a");
        assertThat(settings.values().stream().flatMap(Set::stream).distinct()).hasSameSizeAs(settings.keySet());
    }

    @Test
    void aConfigurationThatIsInvalidOrThatOneNodeCannotRunIsRefusedEverywhere() throws Exception {
        writeConfig("a", marking("agreed"));
        assertThat(reload("a").status()).isEqualTo(200);
        String before = digest("a");
        List<CompletableFuture<HttpResponse<String>>> streams = streamsOnBoth("meanwhile");

        writeConfig("a", marking("x").replace("pii-detector, audit", "pii-detectr, audit"));
        Reply invalid = reload("a");
        writeConfig("a", marking("x") + "gateway: {client_keys: [{name: team, secret_ref: {env: ONLY_ON_A}}]}\n");
        Reply impossible = reload("a");

        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.body().encode()).contains("policies.chain", "pii-detector", "a.yaml");
        assertThat(impossible.status()).isEqualTo(422);
        JsonObject refusal = impossible.body().getJsonArray("errors").getJsonObject(0);
        assertThat(refusal.getString("node")).isEqualTo(name("b"));
        assertThat(refusal.getString("code")).isEqualTo("missing_variable");
        assertThat(refusal.getString("path")).isEqualTo("gateway.client_keys[0].secret_ref.env");
        assertThat(List.of(digest("a"), digest("b"))).containsOnly(before);
        for (CompletableFuture<HttpResponse<String>> stream : streams) {
            assertThat(stream.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        for (String node : List.of("a", "b", "policies")) {
            Await.until(PATIENCE, () -> entriesOf(node, "admin.config_rejected").size() >= 2);
            assertThat(entriesOf(node, "admin.config_rejected"))
                    .allSatisfy(entry -> assertThat(entry.getJsonObject("cfg").getString("digest"))
                            .isEqualTo(before))
                    .allSatisfy(entry -> assertThat(entry.getJsonObject("cfg").getString("refused"))
                            .hasSize(64))
                    .anySatisfy(entry -> assertThat(entry.getString("reason")).contains("missing_variable"));
        }
    }

    @Test
    void aNodeThatStartsWithFilesOfBeforeRunsWhatTheOthersRunAndSaysSo() throws Exception {
        writeConfig("b", marking("older"));
        assertThat(reload("b").status()).isEqualTo(200);
        writeConfig("a", marking("newer"));
        assertThat(reload("a").status()).isEqualTo(200);

        assertThat(processes.get("b").terminate(Duration.ofSeconds(60))).isZero();
        startDoor("b");

        assertThat(digest("b")).isEqualTo(digest("a"));
        JsonObject row = rowOf("b", name("b"));
        assertThat(row.getBoolean("files_differ")).isTrue();
        assertThat(row.getString("digest")).isEqualTo(digest("a"));
        assertThat(Management.of(processes.get("b").adminPort()).text("/metrics"))
                .contains("keeptrusts_config_files_differ 1.0", "keeptrusts_config_differing_nodes 0.0");
        assertThat(processes.get("b").output()).contains("The files of this node hold another configuration");

        assertThat(processes.get("b").terminate(Duration.ofSeconds(60))).isZero();
        writeConfig("b", marking("never seen before"));
        startDoor("b");

        Await.until(PATIENCE, () -> !cluster("a").getBoolean("config_agreed"));
        assertThat(cluster("a").getJsonArray("config_differences").getString(0))
                .startsWith(name("b") + " runs ")
                .endsWith("from files read at its start");
        Kt.Done status = new Kt()
                .cluster(
                        "status",
                        "--admin",
                        "http://127.0.0.1:" + processes.get("a").adminPort());
        assertThat(status.code()).isZero();
        assertThat(status.text())
                .contains("CONFIG DIFFERS: " + name("b"))
                .containsPattern(name("a") + " +ingress,audit +[0-9a-f]{12} of reload \\d+ on " + name("a"))
                .containsPattern("provider +no configuration");
        assertThat(reload("b").status()).isEqualTo(200);
        Await.until(
                PATIENCE,
                () -> cluster("a").getBoolean("config_agreed") && digest("a").equals(digest("b")));
    }

    private List<CompletableFuture<HttpResponse<String>>> streamsOnBoth(String text) {
        List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String node = i % 2 == 0 ? "a" : "b";
            streams.add(exchange(node).stream(text + " " + i, Map.of("x-sim-rate", "120")));
        }
        return streams;
    }

    /** The versions whose marker stands in an answer. */
    private static Set<String> marks(String answer) {
        return Pattern.compile("<([a-z0-9-]+)>")
                .matcher(answer)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Which settings of the detector requests of each configuration were judged by. */
    private Map<String, Set<String>> settingsByConfig(String node) throws IOException {
        Map<String, String> configs = new HashMap<>();
        entriesOf(node, "request.accepted")
                .forEach(entry -> configs.put(
                        entry.getString("rid"), entry.getJsonObject("cfg").getString("digest")));
        Map<String, Set<String>> settings = new HashMap<>();
        for (JsonObject outcome : entriesOf(node, "request.outcome")) {
            String config = configs.get(outcome.getString("rid")); // another log may have that entry
            for (Object judged : config == null ? new JsonArray() : outcome.getJsonArray("pol", new JsonArray())) {
                settings.computeIfAbsent(config, _ -> new HashSet<>()).add(((JsonObject) judged).getString("ver"));
            }
        }
        return settings;
    }

    private List<JsonObject> entriesOf(String node, String type) throws IOException {
        List<JsonObject> found = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(folder.resolve("data-" + node))) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals(type)) {
                    found.add(new JsonObject(entry.leaf().toUtf8()));
                }
            });
        }
        return found;
    }

    private void writeConfig(String node, String text) throws IOException {
        Files.writeString(folder.resolve(node + ".yaml"), text);
    }

    /** Answers of this version have this instead of an address. */
    private static String marking(String version) {
        return """
                pack: {name: reload-test, version: 1.0.0, description: "%s"}
                policies: {chain: [pii-detector, audit-logger]}
                policy: {pii-detector: {redaction: {custom_markers: {email: "<%s>"}}}}
                providers:
                  targets: [{id: cerebras-llama, provider: "cerebras:chat:llama3.3-70b"}]
                """.formatted(version, version);
    }

    private record Reply(int status, JsonObject body) {}

    private Reply reload(String node) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + processes.get(node).adminPort() + "/keeptrusts/config/reload"))
                .timeout(PATIENCE)
                .POST(BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Reply(response.statusCode(), new JsonObject(response.body()));
    }

    private HttpResponse<String> ask(String node) throws Exception {
        HttpResponse<String> answer = exchange(node).ask("Whom do I ask?");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private Exchange exchange(String node) {
        return new Exchange(processes.get(node).port());
    }

    private String digest(String node) throws IOException {
        return Management.of(processes.get(node).adminPort())
                .json("/keeptrusts/config")
                .getString("digest");
    }

    private JsonObject cluster(String node) throws IOException {
        return Management.of(processes.get(node).adminPort()).json("/keeptrusts/cluster");
    }

    private JsonObject rowOf(String asked, String node) throws IOException {
        return cluster(asked).getJsonArray("config_by_node").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("node").equals(node))
                .findFirst()
                .orElseThrow();
    }

    private String name(String node) throws IOException {
        return cluster(node).getString("asked");
    }

    private boolean isReady(String node) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + processes.get(node).port() + "/readyz"))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    private interface Start {
        void begin() throws Exception;
    }

    private static CompletableFuture<Void> starting(Start start) {
        return CompletableFuture.runAsync(() -> {
            try {
                start.begin();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void startDoor(String node) throws Exception {
        start(
                node,
                "--roles",
                "ingress,audit",
                "--listen",
                "127.0.0.1:0",
                "--policy-config",
                folder.resolve(node + ".yaml").toString());
    }

    private void start(String name, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "gateway",
                "run",
                "--cluster",
                clusterXml,
                "--admin-listen",
                "127.0.0.1:0",
                "--data-dir",
                folder.resolve("data-" + name).toString()));
        all.addAll(List.of(arguments));
        var environment =
                new HashMap<>(Map.of("KEEPTRUSTS_UPSTREAM_URL", upstream.baseUrl(), "CEREBRAS_API_KEY", "csk-test"));
        if (name.equals("a")) {
            environment.put("ONLY_ON_A", "gk-secret");
        }
        GatewayProcess process = GatewayProcess.start(environment, all.toArray(String[]::new));
        synchronized (processes) {
            processes.put(name, process);
        }
    }
}
