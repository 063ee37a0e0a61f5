package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.node.scaling.Autoscaler;
import com.keeptrusts.gateway.node.scaling.LocalWorkers;
import com.keeptrusts.gateway.node.scaling.Roster;
import com.keeptrusts.gateway.node.scaling.Target;
import com.keeptrusts.gateway.node.scaling.WorkerLoad;
import com.keeptrusts.gateway.policy.PolicyCatalog;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt cluster autoscale}: as many policy workers on this machine as the load asks for, until SIGTERM or SIGINT. */
@Command(
        name = "autoscale",
        description = {
            "Start and stop processes with a policy worker each, on this machine, as the load asks for.",
            "Those it started end, gracefully, when it ends; workers that others run are counted and left alone."
        },
        mixinStandardHelpOptions = true)
final class AutoscaleCommand implements Callable<Integer> {

    /** A worker ends when its drain time-out is over at the latest, and leaves. */
    private static final Duration FAREWELL = Duration.ofSeconds(95);

    /** One that ended by itself would do so again. */
    private static final long AFTER_LOSS_MILLIS = 10_000;

    @Option(names = "--policy", required = true, paramLabel = "KIND", description = "The policy kind.")
    private String policy;

    @Option(names = "--min", defaultValue = "1", description = "Workers at least. Default: ${DEFAULT-VALUE}")
    private int min;

    @Option(names = "--max", defaultValue = "4", description = "Workers at most. Default: ${DEFAULT-VALUE}")
    private int max;

    @Option(
            names = "--up-above",
            split = ",",
            defaultValue = "busy",
            paramLabel = "SIGNAL[=VALUE]",
            description = "What the average worker is kept at: busy=0.7 (share of the time), queue=4 (waiting calls),"
                    + " p99=50 (milliseconds); of several, the most demanding counts. Default: ${DEFAULT-VALUE}")
    private List<String> upAbove;

    @Option(
            names = "--interval",
            defaultValue = "2",
            description = "Seconds between two looks. Default: ${DEFAULT-VALUE}")
    private int intervalSeconds;

    @Option(
            names = "--up-pause",
            defaultValue = "10",
            description = "Seconds between two steps up. Default: ${DEFAULT-VALUE}")
    private int upPauseSeconds;

    @Option(
            names = "--down-after",
            defaultValue = "60",
            description = "Seconds for which fewer must have been enough. Default: ${DEFAULT-VALUE}")
    private int downAfterSeconds;

    @Option(
            names = "--admin",
            defaultValue = AdminClient.DEFAULT_URL,
            description = "Management address of any node of the cluster. Default: ${DEFAULT-VALUE}")
    private String admin;

    @Option(
            names = "--cluster",
            defaultValue = "cluster.xml",
            description = "Hazelcast configuration of the workers. Default: ${DEFAULT-VALUE}")
    private Path cluster;

    @Option(names = "--cluster-tls", description = "Certificates of the workers, as for kt gateway run.")
    private @Nullable Path clusterTls;

    @Spec
    private CommandSpec spec;

    private final Roster roster = new Roster();
    private boolean deaf;
    private long startAgainMillis = Long.MIN_VALUE;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> kinds = List.copyOf(PolicyCatalog.installed().kinds());
        if (!kinds.contains(policy)) {
            throw new IllegalArgumentException("--policy " + policy + " (expected: one of " + kinds + ")");
        }
        var plan = new Autoscaler.Plan(
                min,
                max,
                upAbove.stream().map(Target::parse).toList(),
                Duration.ofSeconds(downAfterSeconds),
                Duration.ofSeconds(upPauseSeconds));
        var autoscaler = new Autoscaler(plan);
        var client = new AdminClient(admin);
        var workers = new LocalWorkers(arguments(), Files.createTempDirectory("keeptrusts-workers"), FAREWELL);
        Runtime.getRuntime().addShutdownHook(new Thread(workers::close, "end-workers"));
        say("watching " + policy + " at " + admin + ": " + min + " to " + max + " workers, " + upAbove);
        while (true) {
            look(client, autoscaler, workers);
            TimeUnit.SECONDS.sleep(intervalSeconds);
        }
    }

    private List<String> arguments() {
        var all = new ArrayList<>(List.of("gateway", "run", "--roles", "policy:" + policy + "=1"));
        all.addAll(List.of("--cluster", cluster.toString(), "--admin-listen", "127.0.0.1:0"));
        if (clusterTls != null) {
            all.addAll(List.of("--cluster-tls", clusterTls.toString()));
        }
        return all;
    }

    private void look(AdminClient client, Autoscaler autoscaler, LocalWorkers workers)
            throws IOException, InterruptedException {
        int lost = workers.lost();
        if (lost > 0) {
            say(lost + " worker(s) ended by themselves; what they said stands above");
            startAgainMillis = System.nanoTime() / 1_000_000 + AFTER_LOSS_MILLIS;
            roster.lost(lost);
        }
        List<WorkerLoad> heard = heard(client);
        if (heard == null) {
            return;
        }
        long now = System.nanoTime() / 1_000_000;
        int present = roster.present(now, heard.size());
        int wanted = autoscaler.decide(now, heard, Math.max(0, present - heard.size()));
        if (wanted > present && now >= startAgainMillis) {
            say(change(present, wanted, heard));
            roster.expect(now, wanted);
            for (int n = present; n < wanted; n++) {
                workers.start();
            }
        } else if (wanted < present && roster.settled(now, heard.size()) && workers.size() > 0) {
            int fewer = Math.min(present - wanted, workers.size());
            say(change(present, present - fewer, heard));
            roster.expect(now, present - fewer);
            for (int n = 0; n < fewer; n++) {
                workers.stopOne();
            }
        }
    }

    /** Null while nobody can be asked: then everything stays as it is. */
    private @Nullable List<WorkerLoad> heard(AdminClient client) throws InterruptedException {
        try {
            JsonObject answer = client.cluster();
            deaf = false;
            return WorkerLoad.of(answer, policy);
        } catch (IOException e) {
            if (!deaf) {
                say(e.getMessage() + "; the workers stay as they are");
            }
            deaf = true;
            return null;
        }
    }

    private String change(int from, int to, List<WorkerLoad> heard) {
        double busy =
                heard.stream().mapToDouble(WorkerLoad::busyShare).average().orElse(0);
        int queue = heard.stream().mapToInt(WorkerLoad::queueDepth).sum();
        long p99 = heard.stream().mapToLong(WorkerLoad::p99Micros).max().orElse(0);
        return String.format(
                "%s: %d -> %d workers (busy %.0f %%, %d waiting, p99 %.1f ms)",
                policy, from, to, busy * 100, queue, p99 / 1e3);
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
