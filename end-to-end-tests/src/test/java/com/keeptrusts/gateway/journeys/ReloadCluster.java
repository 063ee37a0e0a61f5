package com.keeptrusts.gateway.journeys;

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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Four processes: {@code a} and {@code b} with an ingress, a ledger and a configuration file each; {@code policies} with a
 * third ledger and {@code provider}, which have no files. A variable that only {@code a} has, {@code ONLY_ON_A}, tells whose
 * environment was asked.
 */
final class ReloadCluster implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, GatewayProcess> processes = new ConcurrentHashMap<>();
    private final CerebrasSimulator upstream;
    private final String clusterXml;

    private ReloadCluster(Path folder) throws Exception {
        this.folder = folder;
        this.upstream =
                CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
        this.clusterXml = ClusterFile.write(folder).toString();
    }

    /** What a node answered to its operator. */
    record Reply(int status, JsonObject body) {}

    /** Returns when both ingress nodes serve under this configuration. */
    static ReloadCluster start(Path folder, String config) throws Exception {
        var cluster = new ReloadCluster(folder);
        cluster.write("a", config);
        cluster.write("b", config);
        cluster.startDoor("a");
        var others = List.of(
                starting(() -> cluster.startDoor("b")),
                starting(() -> cluster.start("policies", "--roles", "policy:pii-detector=2,audit")),
                starting(() -> cluster.start("provider", "--roles", "provider")));
        for (CompletableFuture<Void> other : others) {
            other.get(2, TimeUnit.MINUTES);
        }
        Await.until(
                PATIENCE, () -> cluster.view("a").getJsonArray("config_by_node").size() == 4);
        Await.until(PATIENCE, () -> cluster.isReady("a") && cluster.isReady("b"));
        return cluster;
    }

    CerebrasSimulator upstream() {
        return upstream;
    }

    GatewayProcess process(String node) {
        return Objects.requireNonNull(processes.get(node));
    }

    Management management(String node) {
        return Management.of(process(node).adminPort());
    }

    void write(String node, String config) throws IOException {
        Files.writeString(folder.resolve(node + ".yaml"), config);
    }

    /** SIGTERM, and a start with the files as they are now. */
    void restart(String node) throws Exception {
        process(node).terminate(Duration.ofSeconds(60));
        startDoor(node);
    }

    Reply reload(String node) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + process(node).adminPort() + "/keeptrusts/config/reload"))
                .timeout(PATIENCE)
                .POST(BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Reply(response.statusCode(), new JsonObject(response.body()));
    }

    Exchange exchange(String node) {
        return new Exchange(process(node).port());
    }

    /** Of the configuration that a node runs. */
    String digest(String node) throws IOException {
        return management(node).json("/keeptrusts/config").getString("digest");
    }

    /** The cluster as a node sees it. */
    JsonObject view(String node) throws IOException {
        return management(node).json("/keeptrusts/cluster");
    }

    /** The name that a node has in the cluster. */
    String name(String node) throws IOException {
        return view(node).getString("asked");
    }

    /** What a node says of itself. */
    JsonObject row(String node) throws IOException {
        String name = name(node);
        return view(node).getJsonArray("config_by_node").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("node").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Which settings of policies the requests of each configuration were judged by, as a node's ledger has it. */
    Map<String, Set<String>> settingsByConfig(String node) throws IOException {
        Map<String, String> configs = new HashMap<>();
        entries(node, "request.accepted")
                .forEach(entry -> configs.put(
                        entry.getString("rid"), entry.getJsonObject("cfg").getString("digest")));
        Map<String, Set<String>> settings = new HashMap<>();
        for (JsonObject outcome : entries(node, "request.outcome")) {
            String config = configs.get(outcome.getString("rid")); // another log may have that entry
            for (Object judged : config == null ? new JsonArray() : outcome.getJsonArray("pol", new JsonArray())) {
                settings.computeIfAbsent(config, _ -> new HashSet<>()).add(((JsonObject) judged).getString("ver"));
            }
        }
        return settings;
    }

    List<JsonObject> entries(String node, String type) throws IOException {
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

    private boolean isReady(String node) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + process(node).port() + "/readyz"))
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
        String file = folder.resolve(node + ".yaml").toString();
        start(node, "--roles", "ingress,audit", "--listen", "127.0.0.1:0", "--policy-config", file);
    }

    private void start(String name, String... arguments) throws Exception {
        String data = folder.resolve("data-" + name).toString();
        List<String> all = new ArrayList<>(List.of("gateway", "run", "--cluster", clusterXml, "--data-dir", data));
        all.addAll(List.of("--admin-listen", "127.0.0.1:0"));
        all.addAll(List.of(arguments));
        var environment =
                new HashMap<>(Map.of("KEEPTRUSTS_UPSTREAM_URL", upstream.baseUrl(), "CEREBRAS_API_KEY", "csk-test"));
        if (name.equals("a")) {
            environment.put("ONLY_ON_A", "gk-secret");
        }
        processes.put(name, GatewayProcess.start(environment, all.toArray(String[]::new)));
    }

    @Override
    public void close() throws TimeoutException {
        processes.values().forEach(GatewayProcess::close);
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
