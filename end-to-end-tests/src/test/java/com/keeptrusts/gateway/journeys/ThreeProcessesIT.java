package com.keeptrusts.gateway.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes joined by Hazelcast: one with the door, the provider and the ledger, two with policy workers. */
@Tag("N1")
class ThreeProcessesIT {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final int STREAMS = 200;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<GatewayProcess> processes = new ArrayList<>();
    private CerebrasSimulator upstream;
    private String clusterXml = "";

    @BeforeEach
    void startUpstream() throws Exception {
        upstream = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
        clusterXml = ClusterFile.write(folder).toString();
    }

    @AfterEach
    void stop() throws Exception {
        for (GatewayProcess process : processes) {
            process.close();
        }
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void noRequestFailsWhenAPolicyProcessIsKilledUnderTwoHundredStreams() throws Exception {
        GatewayProcess door = door();
        GatewayProcess victim = policyWorkers();
        policyWorkers();
        awaitWorkers(door, 4);
        var exchange = new Exchange(door.port());

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            answers.add(exchange.stream("Tell me about number " + i, Map.of("x-sim-tokens", "400")));
            if (i == STREAMS / 2) {
                victim.kill();
            }
        }

        assertAllAnsweredAndRecorded(door, answers);
    }

    @Test
    void noAnswerFailsOrLeaksWhenThePolicyProcessThatReviewsItIsKilled() throws Exception {
        GatewayProcess door = door();
        GatewayProcess victim = policyWorkers();
        policyWorkers();
        awaitWorkers(door, 4);
        var exchange = new Exchange(door.port());
        upstream.says("Write to jane.doe@example.com or call +49 30 901820 about the order. ".repeat(20));

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            answers.add(exchange.stream("Whom do I ask about number " + i, Map.of("x-sim-rate", "100")));
        }
        Await.until(() -> upstream.counters().streamsStarted() == STREAMS);
        victim.kill();

        assertAllAnsweredAndRecorded(door, answers);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.get().body()).contains("[EMAIL_REDACTED]", "[PHONE_REDACTED]"))
                .noneSatisfy(answer -> assertThat(answer.get().body()).containsAnyOf("jane", "901820"));
    }

    private void assertAllAnsweredAndRecorded(
            GatewayProcess door, List<CompletableFuture<HttpResponse<String>>> answers) throws Exception {
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
        assertThat(answers).allSatisfy(answer -> {
            HttpResponse<String> response = answer.get();
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.body()).endsWith("data: [DONE]\n\n").doesNotContain("event: error");
        });
        Set<String> requests = answers.stream()
                .map(answer ->
                        answer.join().headers().firstValue("x-request-id").orElseThrow())
                .collect(Collectors.toSet());
        assertThat(requests).hasSize(STREAMS);
        assertThat(door.terminate(Duration.ofSeconds(60))).isZero();
        assertThat(LedgerRecords.outcomesByRequest(folder.resolve("data")))
                .containsOnlyKeys(requests)
                .allSatisfy((_, outcomes) -> assertThat(outcomes).isEqualTo(1));
    }

    private GatewayProcess door() throws Exception {
        return start(
                "--roles",
                "ingress,provider,audit",
                "--policy-config",
                TOP.resolve("config/policy-config.yaml").toString(),
                "--listen",
                "127.0.0.1:0",
                "--data-dir",
                folder.resolve("data").toString());
    }

    private GatewayProcess policyWorkers() throws Exception {
        return start("--roles", "policy:pii-detector=1,policy:prompt-injection=1", "--data-dir", folder + "/none");
    }

    private GatewayProcess start(String... arguments) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("gateway", "run", "--cluster", clusterXml, "--admin-listen", "127.0.0.1:0"));
        all.addAll(List.of(arguments));
        GatewayProcess process = GatewayProcess.start(
                Map.of("KEEPTRUSTS_UPSTREAM_URL", upstream.baseUrl(), "CEREBRAS_API_KEY", "csk-test"),
                all.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private static void awaitWorkers(GatewayProcess door, int wanted) throws Exception {
        Management management = Management.of(door.adminPort());
        Await.until(() -> policyWorkersHeardBy(management) >= wanted);
    }

    private static long policyWorkersHeardBy(Management door) throws Exception {
        JsonObject cluster = door.json("/keeptrusts/cluster");
        return cluster.getJsonArray("workers").stream()
                .filter(worker -> ((JsonObject) worker).getString("role").equals("policy"))
                .count();
    }
}
