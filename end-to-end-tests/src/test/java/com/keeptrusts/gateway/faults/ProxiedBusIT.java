package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.faults.net.TcpProxy;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.ClusterFile;
import com.keeptrusts.gateway.journeys.GatewayProcess;
import com.keeptrusts.gateway.journeys.Management;
import com.keeptrusts.gateway.node.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * N15, N16 and N18 for those without root: the bus between a door and one of two policy processes goes through this
 * process, which cuts and delays it; Hazelcast's own connections are left alone.
 */
class ProxiedBusIT {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final int PER_SECOND = 50;
    private static final String WORKERS = "policy:pii-detector=1,policy:prompt-injection=1";

    /** A worker that is not heard is lost after 3.5 s; time-outs eject it before that. */
    private static final Duration EJECTED = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<GatewayProcess> processes = new ArrayList<>();
    private MarkedTraffic traffic;
    private Path clusterXml;
    private TcpProxy beforeDoor;
    private TcpProxy beforeFar;
    private GatewayProcess door;
    private GatewayProcess far;

    @BeforeEach
    void start() throws Exception {
        traffic = new MarkedTraffic("127.0.0.1");
        clusterXml = ClusterFile.write(folder);
        int doorBus = GatewayProcess.freePort();
        int farBus = GatewayProcess.freePort();
        beforeDoor = TcpProxy.before(vertx, doorBus, 7);
        beforeFar = TcpProxy.before(vertx, farBus, 8);
        door = start(
                doorBus,
                beforeDoor,
                "--roles",
                "ingress,provider,audit",
                "--policy-config",
                TOP.resolve("config/policy-config.yaml").toString(),
                "--listen",
                "127.0.0.1:0",
                "--data-dir",
                data().toString());
        far = start(farBus, beforeFar, "--roles", WORKERS);
        awaitPolicyWorkers(2);
        traffic.warmUp(address(), PER_SECOND);
    }

    @AfterEach
    void stop() throws Exception {
        for (GatewayProcess process : processes) {
            process.close();
        }
        traffic.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void anotherWorkerIsAskedWhenWhatTheDoorSendsToOneIsLost_N16() throws Exception {
        start(0, null, "--roles", WORKERS);
        awaitPolicyWorkers(4);
        traffic.warmUp(address(), PER_SECOND);

        List<MarkedAnswer> answers;
        long cut;
        try (MarkedLoad load = traffic.load(address(), PER_SECOND)) {
            load.awaitSent(PER_SECOND);
            cut = System.nanoTime();
            beforeFar.cut();
            load.awaitSent(8 * PER_SECOND);
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        assertRecorded(answers);
        Outcomes outcomes = Outcomes.in(List.of(data()));
        assertThat(answers)
                .filteredOn(answer -> answer.begunNanos() - cut > EJECTED.toNanos())
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(outcomes.workers(answer))
                        .isNotEmpty()
                        .noneMatch(worker -> worker.contains(far.node())));
    }

    @Test
    void withoutTheBusToTheLastWorkerNothingPassesUntilItIsBack_N15() throws Exception {
        List<MarkedAnswer> answers;
        long cut;
        long back;
        try (MarkedLoad load = traffic.load(address(), PER_SECOND)) {
            load.awaitSent(PER_SECOND);
            beforeFar.cut();
            beforeDoor.cut();
            cut = System.nanoTime();
            load.awaitSent(6 * PER_SECOND);
            beforeFar.heal();
            beforeDoor.heal();
            Await.until(() -> HttpStatus.of("http://" + address() + "/readyz") == 200);
            back = System.nanoTime();
            load.awaitSent(3 * PER_SECOND);
            answers = load.finish();
        }

        assertRecorded(answers);
        Set<Mark> reached = traffic.reachedUpstream();
        assertThat(answers)
                .filteredOn(answer -> !answer.good())
                .hasSizeGreaterThan(2 * PER_SECOND)
                .allMatch(answer -> answer.code().equals("policy_unavailable"))
                .filteredOn(answer -> answer.begunNanos() > cut)
                .noneMatch(answer -> reached.contains(answer.mark()));
        assertThat(answers)
                .filteredOn(answer -> answer.begunNanos() - back > TimeUnit.SECONDS.toNanos(1))
                .isNotEmpty()
                .allMatch(MarkedAnswer::good);
    }

    @Test
    void aSlowBusAddsItsRoundTripsAndNoTimeouts_N18() throws Exception {
        long calm = MarkedAnswer.percentile(traffic.ask(address(), PER_SECOND), 50);
        beforeDoor.delay(80, 30);
        beforeFar.delay(80, 30);

        List<MarkedAnswer> answers;
        try (MarkedLoad load = traffic.load(address(), PER_SECOND)) {
            load.awaitSent(5 * PER_SECOND);
            answers = load.finish();
        }

        assertThat(answers).allMatch(MarkedAnswer::good);
        assertThat(MarkedAnswer.percentile(answers, 50) - calm)
                .as("added to the median")
                .isBetween(100L, 1_500L);
        assertRecorded(answers);
    }

    private void assertRecorded(List<MarkedAnswer> answers) throws Exception {
        assertThat(door.terminate(Duration.ofSeconds(60))).isZero();
        var reconciliation = new Reconciliation(NodeSecret.in(data()), LedgerView.of(data()));
        assertThat(reconciliation.violations(traffic.reachedUpstream(), answers))
                .isEmpty();
        VerificationReport report = new LedgerVerification().verify(data());
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private GatewayProcess start(int busPort, @Nullable TcpProxy wire, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("gateway", "run", "--cluster", clusterXml.toString(), "--admin-listen", "127.0.0.1:0"));
        if (wire != null) {
            arguments.addAll(List.of(
                    "--cluster-bus-port",
                    Integer.toString(busPort),
                    "--cluster-bus-address",
                    "127.0.0.1:" + wire.port()));
        }
        arguments.addAll(List.of(more));
        GatewayProcess process = GatewayProcess.start(
                Map.of("KEEPTRUSTS_UPSTREAM_URL", traffic.upstream().baseUrl(), "CEREBRAS_API_KEY", "csk-test"),
                arguments.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private void awaitPolicyWorkers(int wanted) throws Exception {
        Management management = Management.of(door.adminPort());
        Await.until(PATIENCE, () -> policyWorkersHeardBy(management) == wanted);
    }

    private HostPort address() {
        return new HostPort("127.0.0.1", door.port());
    }

    private static long policyWorkersHeardBy(Management door) throws Exception {
        return door.json("/keeptrusts/cluster").getJsonArray("workers").stream()
                .filter(worker -> ((JsonObject) worker).getString("role").equals("policy"))
                .count();
    }
}
