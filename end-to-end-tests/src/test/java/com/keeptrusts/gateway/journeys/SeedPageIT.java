package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that the product was ordered from: its command, configs, client examples and its curl, as written. */
class SeedPageIT {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private static Path data;

    private static Vertx vertx;
    private static CerebrasSimulator upstream;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        upstream = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
        gateway = run("policy-config.yaml", data);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latency-optimized-routing.yaml", "high-throughput-batch.yaml"})
    void theOtherConfigsRunAsTheyAre(String config, @TempDir Path ownData) throws Exception {
        try (GatewayProcess other = run(config, ownData)) {
            assertThat(curl(other.port(), "hello")).isEqualTo(200);
        }
    }

    @Test
    void theCurlWithoutAuthorizationIsAnswered() throws Exception {
        assertThat(curl(gateway.port(), "hello")).isEqualTo(200);
    }

    @Test
    void thePythonCompletionPrintsAnAnswer() throws Exception {
        assertThat(python("completion.py")).isNotBlank();
    }

    @Test
    void thePythonStreamPrintsAnAnswer() throws Exception {
        assertThat(python("streaming.py")).isNotBlank();
    }

    @Test
    void thePythonBatchPrintsOneLineForEachItem() throws Exception {
        assertThat(python("batch.py").lines().map(line -> line.substring(0, line.indexOf(" ->"))))
                .containsExactly("statement one", "statement two", "statement three");
    }

    private static GatewayProcess run(String config, Path dataDir) throws Exception {
        return GatewayProcess.start(
                Map.of(
                        "KEEPTRUSTS_UPSTREAM_URL", upstream.baseUrl(),
                        "CEREBRAS_API_KEY", "csk-test",
                        "OPENAI_API_KEY", "sk-test"),
                "gateway",
                "run",
                "--listen",
                "127.0.0.1:0",
                "--admin-listen",
                "127.0.0.1:0",
                "--policy-config",
                TOP.resolve("config").resolve(config).toString(),
                "--data-dir",
                dataDir.toString());
    }

    private static int curl(int port, String text) throws IOException, InterruptedException {
        String body = "{\"model\":\"llama3.3-70b\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }

    private static String python(String example) throws Exception {
        Path interpreter = TOP.resolve("end-to-end-tests/target/python/bin/python");
        assumeTrue(Files.isExecutable(interpreter), "no Python with the openai package: end-to-end-tests/python.sh");
        String source;
        try (InputStream in = SeedPageIT.class.getResourceAsStream("/seed/" + example)) {
            source = new String(Objects.requireNonNull(in, example).readAllBytes(), UTF_8);
        }
        String script = source.replace("localhost:41002", "localhost:" + gateway.port());
        assertThat(script).isNotEqualTo(source);
        Process process = new ProcessBuilder(List.of(interpreter.toString(), "-c", script))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
