package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.GatewayProcess;
import com.keeptrusts.gateway.journeys.Management;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process with policy workers only, one of each kind of the shipped chain, that can be stopped and let go on. */
final class PolicyProcess implements AutoCloseable {

    private final GatewayProcess process;
    private @Nullable Process brake;

    private PolicyProcess(GatewayProcess process) {
        this.process = process;
    }

    /** Returns when it has joined. */
    static PolicyProcess start(Path clusterXml, Path folder) throws Exception {
        return new PolicyProcess(GatewayProcess.start(
                Map.of(),
                "gateway",
                "run",
                "--cluster",
                clusterXml.toString(),
                "--roles",
                "policy:pii-detector=1,policy:prompt-injection=1",
                "--admin-listen",
                "127.0.0.1:0",
                "--data-dir",
                folder.resolve("none").toString()));
    }

    /** Whether the worker of that name, as the ledger tells it, is one of this process. */
    boolean owns(String worker) {
        return worker.contains("." + process.node() + ".");
    }

    void freeze() throws IOException, InterruptedException {
        Shell.freeze(process.pid());
    }

    void thaw() throws IOException, InterruptedException {
        Shell.thaw(process.pid());
    }

    /** From now on it runs for a tenth of the time: 10 ms of every 100. */
    void brake() throws IOException {
        String pid = Long.toString(process.pid());
        String stopAndGo = "while kill -STOP $0; do sleep 0.09; kill -CONT $0; sleep 0.01; done";
        brake = new ProcessBuilder("bash", "-c", stopAndGo, pid).start();
    }

    /** It runs all the time again. */
    void release() throws IOException, InterruptedException {
        if (brake != null) {
            brake.destroy();
            brake.waitFor(10, TimeUnit.SECONDS);
        }
        thaw();
    }

    /** Reviews that it has made, of requests and of answers. */
    double reviews() throws IOException {
        return metric("keeptrusts_policy_reviews_total");
    }

    /** Questions that came too late for an answer to be of use, and were not reviewed. */
    double staleDropped() throws IOException {
        return metric("keeptrusts_bus_stale_dropped_total") + metric("keeptrusts_policy_stale_dropped_total");
    }

    private double metric(String name) throws IOException {
        return Management.of(process.adminPort()).metric(name);
    }

    @Override
    public void close() {
        if (brake != null) {
            brake.destroy();
        }
        process.close();
    }
}
