package com.keeptrusts.gateway.benchmarks.presence;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what announcements cost: clusters of the given sizes in this process, over real sockets and a real Hazelcast,
 * first silent and then with workers that announce themselves. Run by {@code ./kt test --bench --presence [sizes]
 * [workers on a node] [seconds]}; bytes are those of the loopback device, so as root it runs in a network namespace of
 * its own.
 */
public final class PresenceMeasurement {

    private static final double MICRO = 1e3;

    private final PrintStream out;
    private final Path clusterXml;
    private final int workers;
    private final int seconds;

    private PresenceMeasurement(PrintStream out, Path clusterXml, int workers, int seconds) {
        this.out = out;
        this.clusterXml = clusterXml;
        this.workers = workers;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        int[] sizes = Arrays.stream((arguments.length > 1 ? arguments[1] : "3,10").split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        int workers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        int seconds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 10;
        var measurement =
                new PresenceMeasurement(System.out, Path.of(arguments[0]).resolve("cluster.xml"), workers, seconds);
        measurement.out.printf(
                "| nodes | workers | announced/s | over the network/s | bytes each | KB/s into a node | us of CPU each"
                        + " | CPU of a node | silent: CPU of a node | bus connections | ms to register a worker |%n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|%n");
        for (int size : sizes) {
            measurement.run(size);
        }
        System.exit(0); // Hazelcast leaves threads behind
    }

    private void run(int size) throws Exception {
        try (Hall hall = Hall.open(clusterXml, size)) {
            double millis = hall.register(workers);
            TimeUnit.SECONDS.sleep(5); // what registering has set going ends
            Usage silent = measured(hall);
            hall.announce(workers);
            TimeUnit.SECONDS.sleep(5); // connections are made, the code is compiled
            Usage speaking = measured(hall);
            print(size, millis, silent, speaking);
        }
    }

    private void print(int size, double millis, Usage silent, Usage speaking) throws IOException {
        double announced = speaking.heard() / (double) size / Hall.listeners(workers);
        double sent = announced * (size - 1);
        double cpu = speaking.cpuNanos() - silent.cpuNanos();
        double bytes = speaking.bytes() - silent.bytes();
        out.printf(
                Locale.ROOT,
                "| %d | %d | %.0f | %.0f | %.0f | %.1f | %.1f | %.2f %% | %.2f %% | %d | %.1f |%n",
                size,
                size * workers,
                announced,
                sent,
                bytes / sent,
                bytes / size / 1_000,
                cpu / sent / MICRO,
                cpu / size / 1e9 * 100,
                silent.cpuNanos() / size / 1e9 * 100,
                size * (size - 1),
                millis);
    }

    /** Each per second. */
    private Usage measured(Hall hall) throws Exception {
        long heard = hall.heard();
        long bytes = loopbackBytes();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double elapsed = (System.nanoTime() - start) / 1e9;
        return new Usage(
                (hall.heard() - heard) / elapsed, (loopbackBytes() - bytes) / elapsed, (cpuNanos() - cpu) / elapsed);
    }

    private record Usage(double heard, double bytes, double cpuNanos) {}

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** What the loopback device has received, with the heads of its packets. */
    private static long loopbackBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/dev")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("lo:"))
                .mapToLong(line -> Long.parseLong(line.substring(3).strip().split(" +", -1)[0]))
                .sum();
    }
}
