package com.keeptrusts.gateway.benchmarks.load;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kt bench}: load against a running gateway; exit code 1 when any request failed. */
@Command(
        name = "bench",
        description = "Send load to a running gateway and print what came back.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:41002",
            description = "Where to send it. Default: ${DEFAULT-VALUE}")
    private URI url;

    @Option(
            names = {"-c", "--connections"},
            defaultValue = "16",
            description = "Connections at a time. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--rate",
            description =
                    "Requests per second on a fixed schedule, latency counted from it. Default: each connection sends when it has its answer")
    private @Nullable Double rate;

    @Option(names = "--duration", defaultValue = "10", description = "Seconds to measure. Default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--warm-up", defaultValue = "2", description = "Seconds before that. Default: ${DEFAULT-VALUE}")
    private double warmUpSeconds;

    @Option(names = "--stream", description = "Ask for streamed answers.")
    private boolean stream;

    @Option(names = "--model", defaultValue = "llama3.3-70b", description = "Default: ${DEFAULT-VALUE}")
    private String model;

    @Option(
            names = "--prompt-bytes",
            defaultValue = "1000",
            description = "Length of each prompt. Default: ${DEFAULT-VALUE}")
    private int promptBytes;

    @Option(
            names = "--api-key",
            defaultValue = "${env:KEEPTRUSTS_CLIENT_KEY:-unused}",
            description = "Client key. Also: KEEPTRUSTS_CLIENT_KEY")
    private String apiKey;

    @Option(names = "--pid", description = "Process whose CPU time to report; repeatable.")
    private List<Long> pids = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, TimeoutException {
        LoadPlan plan = plan();
        Vertx vertx = Vertx.vertx();
        try {
            LoadReport report =
                    new LoadGenerator(vertx).run(plan).await((long) (seconds + warmUpSeconds) + 60, TimeUnit.SECONDS);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(asJson(report).encode());
            } else {
                lines(report).forEach(out::println);
            }
            out.flush();
            return report.failed() == 0 && report.completed() > 0 ? 0 : 1;
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private LoadPlan plan() {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new ParameterException(spec.commandLine(), "--url: " + url + " (expected: http://host:port)");
        }
        int port = url.getPort() < 0 ? 80 : url.getPort();
        try {
            Arrival arrival = rate == null ? new Arrival.Closed(connections) : new Arrival.Open(rate, connections);
            var requests = new ChatRequests(url.getHost(), port, model, promptBytes, stream, apiKey).render(16);
            return LoadPlan.of(url.getHost(), port, requests, arrival, duration(seconds))
                    .withWarmUp(duration(warmUpSeconds))
                    .withPids(pids);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private List<String> lines(LoadReport report) {
        return List.of(
                        String.format(
                                Locale.ROOT,
                                "requests   %,d (%,.1f/s)   failed %d %s",
                                report.completed(),
                                report.perSecond(),
                                report.failed(),
                                new TreeMap<>(report.failures())),
                        row("latency", report.latency()),
                        row(stream ? "TTFT" : "first byte", report.firstToken()),
                        stream ? row("gap", report.gap()) : "",
                        stream
                                ? String.format(
                                        Locale.ROOT,
                                        "events     %,d (%,.0f/s; each stream %,.0f/s)",
                                        report.events(),
                                        report.eventsPerSecond(),
                                        report.streamPace())
                                : "",
                        pids.isEmpty()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "CPU        %.2f s (%.0f µs per request)",
                                        report.cpuSeconds(),
                                        report.cpuMicrosPerRequest()))
                .stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String row(String name, Percentiles times) {
        return String.format(
                Locale.ROOT,
                "%-10s p50 %.3f  p90 %.3f  p99 %.3f  p99.9 %.3f  max %.3f ms",
                name,
                times.p50(),
                times.p90(),
                times.p99(),
                times.p999(),
                times.max());
    }

    private static JsonObject asJson(LoadReport report) {
        return new JsonObject()
                .put("seconds", report.duration().toMillis() / 1e3)
                .put("requests", report.completed())
                .put("requests_per_second", report.perSecond())
                .put("failures", new JsonObject(Map.copyOf(report.failures())))
                .put("latency_ms", asJson(report.latency()))
                .put("ttft_ms", asJson(report.firstToken()))
                .put("gap_ms", asJson(report.gap()))
                .put("events", report.events())
                .put("events_per_second", report.eventsPerSecond())
                .put("stream_events_per_second", report.streamPace())
                .put("cpu_seconds", report.cpuSeconds());
    }

    private static JsonObject asJson(Percentiles times) {
        return new JsonObject()
                .put("count", times.count())
                .put("p50", times.p50())
                .put("p90", times.p90())
                .put("p99", times.p99())
                .put("p999", times.p999())
                .put("max", times.max());
    }
}
