package com.keeptrusts.gateway.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures every row of the budgets and prints the table; exit code 1 when a row is not held. */
@Command(name = "budgets", description = "Measures the budgets.", mixinStandardHelpOptions = true)
public final class BudgetReport implements Callable<Integer> {

    private static final List<String> GROUPS =
            List.of("ledger", "policies", "json", "streams", "readers", "cluster", "scaling", "start");

    @Option(names = "--home", description = "Top of the repository. Default: ${DEFAULT-VALUE}", defaultValue = ".")
    private Path home;

    @Option(
            names = "--rounds",
            description = "Rounds of each row; the median counts. Default: ${DEFAULT-VALUE}",
            defaultValue = "3")
    private int rounds;

    @Option(
            names = "--seconds",
            description = "Length of one measurement. Default: ${DEFAULT-VALUE}",
            defaultValue = "3")
    private double seconds;

    @Option(
            names = "--only",
            split = ",",
            description = "Groups of rows: ledger, policies, json, streams, readers, cluster, scaling, start.")
    private Set<String> only = new TreeSet<>(GROUPS);

    @Option(names = "--write", description = "Write the table to benchmarks/figures.md as well.")
    private boolean write;

    @Spec
    private CommandSpec spec;

    private final List<Figure> figures = new ArrayList<>();

    public static void main(String[] args) {
        System.exit(new CommandLine(new BudgetReport()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (!GROUPS.containsAll(only)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--only: " + only + " (expected: some of " + GROUPS + ")");
        }
        Path folder = Files.createTempDirectory("keeptrusts-benchmark");
        PrintWriter progress = spec.commandLine().getErr();
        if (only.contains("ledger")) {
            figures.addAll(new LedgerRows(home, rounds, length(), progress).measure(write));
        }
        List<String> notes = only.equals(Set.of("ledger")) ? List.of() : measureAll(folder, progress);
        String table = FigureTable.of(figures, notes);
        spec.commandLine().getOut().println(table);
        spec.commandLine().getOut().flush();
        if (write && !only.equals(Set.of("ledger"))) {
            Files.writeString(home.resolve("benchmarks/figures.md"), page(table));
        }
        boolean held = figures.stream().allMatch(figure -> figure.budget().holds(figure.measured()));
        return held && !figures.isEmpty() ? 0 : 1;
    }

    private List<String> measureAll(Path folder, PrintWriter progress) {
        try (var lab = new Lab(home.toAbsolutePath().normalize(), folder, rounds, length(), progress)) {
            progress.println("logs: " + folder);
            noteOtherWork(lab);
            measure(lab);
            return lab.notes();
        }
    }

    private static void noteOtherWork(Lab lab) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load > 1) {
            lab.note("the machine was busy (load average " + FigureTable.number(load)
                    + " at the start): these figures are not to be quoted");
        }
    }

    private Duration length() {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private void measure(Lab lab) {
        group(lab, "policies", () -> PolicyRows.measure(lab));
        group(lab, "policies", HopRows::measure);
        if (only.stream().anyMatch(List.of("json", "streams", "readers", "cluster")::contains)) {
            Subject bare = lab.startBareProxy();
            Subject gateway = started(lab, GatewayProcess.of("gateway"));
            var others = new ArrayList<>(List.of(lab.direct(), bare));
            lab.startNginx().ifPresent(others::add);
            others.stream().skip(1).forEach(subject -> lab.warmUp(subject, false));
            var json = new JsonRows(lab, others, bare);
            if (gateway != null) {
                lab.simulator().answer(20, 0, 0);
                lab.warmUp(gateway, false);
                oneProcess(lab, json, bare, gateway);
            }
        }
        group(lab, "scaling", () -> new ScalingRows(lab).measure());
        group(lab, "start", () -> {
            var rows = new StartRows(lab);
            return List.of(rows.ready(), rows.smallHeap());
        });
    }

    private void oneProcess(Lab lab, JsonRows json, Subject bare, Subject gateway) {
        group(lab, "json", () -> json.throughput("JSON", gateway, Budget.atLeast(31, 45), Budget.atMost(5, 3.3)));
        group(lab, "json", () -> List.of(json.addedMedian("JSON", gateway, Budget.atMost(1.0, 0.75))));
        group(
                lab,
                "json",
                () -> with(
                        lab,
                        GatewayProcess.of("gateway-async", "durability-async.yaml"),
                        async -> List.of(json.addedMedian("JSON, durability async", async, Budget.atMost(1.0, 0.4)))));
        group(
                lab,
                "json",
                () -> List.of(json.addedTail(
                        "JSON, 50 ms upstream, 500 requests/s: added p99",
                        gateway,
                        lab.direct(),
                        500,
                        50,
                        Budget.atMost(7, 7))));
        group(
                lab,
                "streams",
                () -> with(
                        lab,
                        GatewayProcess.of("gateway-output-off", "output-off.yaml"),
                        unreviewed -> streams(lab, bare, gateway, unreviewed)));
        group(lab, "readers", () -> List.of(new ReaderRows(lab, gateway).hangUp()));
        group(
                lab,
                "readers",
                () -> with(
                        lab,
                        GatewayProcess.of("gateway-tracked").withJvm(ProcessMemory.TRACKING),
                        tracked -> List.of(new ReaderRows(lab, tracked).stalled())));
        group(lab, "cluster", () -> new ClusterRows(lab).measure(json, gateway));
    }

    private static List<Figure> streams(Lab lab, Subject bare, Subject reviewed, Subject unreviewed) {
        lab.simulator().answer(500, 0, 0);
        List.of(bare, reviewed, unreviewed).forEach(subject -> lab.warmUp(subject, true));
        var rows = new StreamRows(lab);
        var figures = new ArrayList<Figure>();
        figures.add(rows.addedFirstToken("SSE", unreviewed, lab.direct(), Budget.atMost(1.0, 0.6)));
        figures.add(rows.pace(unreviewed, 50, 2_100));
        figures.add(rows.pace(reviewed, 50, 2_100));
        figures.addAll(rows.burst(bare, reviewed, unreviewed));
        figures.add(rows.pace(unreviewed, 10, 6_000));
        figures.add(rows.cpuPerEvent(unreviewed, Budget.atMost(10, 10)));
        return figures;
    }

    /** Measures one group; what goes wrong there is said and the others go on. */
    private void group(Lab lab, String name, Supplier<List<Figure>> rows) {
        if (!only.contains(name)) {
            return;
        }
        try {
            for (Figure figure : rows.get()) {
                figures.add(figure);
                lab.say(FigureTable.line(figure));
            }
        } catch (RuntimeException e) {
            lab.note(name + ": not measured (" + e.getMessage() + ")");
        }
    }

    private static @Nullable Subject started(Lab lab, GatewayProcess process) {
        try {
            return lab.startGateway(process);
        } catch (IllegalStateException e) {
            lab.note("gateway: " + e.getMessage());
            return null;
        }
    }

    private static List<Figure> with(Lab lab, GatewayProcess process, Function<Subject, List<Figure>> rows) {
        Subject subject = lab.startGateway(process);
        try {
            lab.warmUp(subject, false);
            return rows.apply(subject);
        } finally {
            lab.stop(subject);
        }
    }

    private String page(String table) {
        return "# Figures\n\nMeasured on " + LocalDate.now(ZoneOffset.UTC) + " with `./kt test --bench --write`: "
                + Machine.described() + ", " + rounds + " interleaved rounds of " + seconds
                + " s each, medians. Upstream, load and subject share the machine.\n\n" + table;
    }
}
