package com.keeptrusts.gateway.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.keeptrusts.gateway.node.ClusterCertificates;
import com.keeptrusts.gateway.simulator.CerebrasSimulator;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts travel between nodes that show a certificate of the cluster's own authority, and to nobody else. */
class BusTlsIT {

    private static final int REQUESTS = 40;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<GatewayProcess> processes = new ArrayList<>();
    private CerebrasSimulator upstream;
    private Path clusterXml;

    @BeforeEach
    void start() throws Exception {
        upstream = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(30, TimeUnit.SECONDS);
        clusterXml = ClusterFile.write(folder);
    }

    @AfterEach
    void stop() throws Exception {
        for (GatewayProcess process : processes) {
            process.close();
        }
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    @Tag("N25")
    void aRogueMemberHearsNothingAndDisturbsNothing() throws Exception {
        List<Path> ours = new ClusterCertificates(folder.resolve("ours")).issue(List.of("door", "worker"));
        Path theirs = new ClusterCertificates(folder.resolve("theirs"))
                .issue(List.of("rogue"))
                .getFirst();
        GatewayProcess door = door(ours.getFirst());
        GatewayProcess worker = workers(ours.getLast().toString());
        GatewayProcess otherCa = workers(theirs.toString());
        GatewayProcess inTheClear = workers("");
        Management management = Management.of(door.adminPort());
        Await.until(() -> policyWorkers(management) == 2);

        var exchange = new Exchange(door.port());
        for (int n = 0; n < REQUESTS; n++) {
            HttpResponse<String> answer = exchange.ask("My address is jane@example.com, question " + n);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        assertThat(policyWorkers(management)).isEqualTo(2);
        assertThat(judged(worker)).isPositive();
        assertThat(judged(otherCa)).isZero();
        assertThat(judged(inTheClear)).isZero();
    }

    @Test
    void offLoopbackABusInTheClearIsRefusedAtTheStart() throws Exception {
        String outward = outwardAddress();
        assumeThat(outward).as("an address that is not loopback").isNotEmpty();
        Path open = Files.writeString(
                folder.resolve("open.xml"), Files.readString(clusterXml).replace("127.0.0.1", outward));

        assertThatThrownBy(() -> start(Map.of(), "--cluster", open.toString(), "--roles", "policy"))
                .hasMessageContaining("--cluster-tls: missing, and the event bus is to listen on")
                .hasMessageContaining("kt cluster certs");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Path node = new ClusterCertificates(folder.resolve("ours"))
                .issue(List.of("worker"))
                .getFirst();
        Files.delete(node.resolve("tls.key"));

        assertThatThrownBy(() -> workers(node.toString()))
                .hasMessageContaining("tls.key cannot be read (expected: ca.crt, tls.crt and tls.key");
    }

    private static String outwardAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("");
    }

    private GatewayProcess door(Path tls) throws Exception {
        return start(
                Map.of("KEEPTRUSTS_UPSTREAM_URL", upstream.baseUrl(), "CEREBRAS_API_KEY", "csk-test"),
                "--cluster",
                clusterXml.toString(),
                "--cluster-tls",
                tls.toString(),
                "--roles",
                "ingress,provider,audit",
                "--policy-config",
                Path.of("../config/policy-config.yaml")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                "--listen",
                "127.0.0.1:0",
                "--data-dir",
                folder.resolve("data").toString());
    }

    /** Certificates by the environment variable, as in a container. */
    private GatewayProcess workers(String tls) throws Exception {
        return start(
                Map.of("KEEPTRUSTS_CLUSTER_TLS", tls),
                "--cluster",
                clusterXml.toString(),
                "--roles",
                "policy:pii-detector=1,policy:prompt-injection=1");
    }

    private GatewayProcess start(Map<String, String> environment, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("gateway", "run", "--admin-listen", "127.0.0.1:0"));
        all.addAll(List.of(arguments));
        GatewayProcess process = GatewayProcess.start(environment, all.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private static long policyWorkers(Management node) throws Exception {
        return node.json("/keeptrusts/cluster").getJsonArray("workers").stream()
                .filter(worker -> ((JsonObject) worker).getString("role").equals("policy"))
                .count();
    }

    /** Questions that the process' policy workers have answered. */
    private static double judged(GatewayProcess process) throws Exception {
        return Management.of(process.adminPort())
                .text("/metrics")
                .lines()
                .filter(line -> line.startsWith("keeptrusts_policy_duration_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
