package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.read.EventLines;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt events}: reads the ledger of a data directory, while a gateway writes it or long after. */
@Command(
        name = "events",
        description = "Read and verify the audit ledger of a data directory.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EventsCommand.Tail.class,
            EventsCommand.Show.class,
            EventsCommand.Export.class,
            VerifyCommand.class,
            PruneCommand.class,
            HoldCommand.class,
            KeysCommand.class,
            EraseCommand.class,
            ContentCommand.class
        })
public final class EventsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Which entries are wanted, the same options for every command. */
    static final class Filter {

        @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
        Path dataDir;

        @Option(names = "--since", description = "From this moment on, as in 2026-11-21T04:00:00Z.")
        private @Nullable String since;

        @Option(names = "--until", description = "Before this moment.")
        private @Nullable String until;

        @Option(names = "--verdict", description = "allow, redact, escalate or block.")
        private @Nullable String verdict;

        @Option(names = "--policy", description = "Entries in which this policy kind judged.")
        private @Nullable String policy;

        EventQuery query(CommandSpec spec, int limit) {
            return new EventQuery(
                    null, moment(spec, "--since", since), moment(spec, "--until", until), verdict, policy, limit);
        }

        private static @Nullable Instant moment(CommandSpec spec, String option, @Nullable String text) {
            try {
                return text == null ? null : Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + ": '" + text + "' (expected: a moment as in 2026-11-21T04:00:00Z)",
                        e);
            }
        }
    }

    /** Prints the last entries and, when asked, every new one as it becomes durable. */
    @Command(name = "tail", description = "The last entries; --follow waits for more.", mixinStandardHelpOptions = true)
    static final class Tail implements Callable<Integer> {

        private static final long POLL_MILLIS = 200;

        @picocli.CommandLine.Mixin
        private Filter filter;

        @Option(names = "--limit", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
        private int limit;

        @Option(
                names = {"-f", "--follow"},
                description = "Wait for new entries until Ctrl-C.")
        private boolean follow;

        @Option(names = "--json", description = "One JSON object per line.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            PrintWriter out = spec.commandLine().getOut();
            Consumer<LedgerEntry> print = printer(out, json);
            try (LedgerReader reader = LedgerReader.open(filter.dataDir)) {
                reader.last(filter.query(spec, limit)).forEach(print);
                out.flush();
                while (follow) {
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                    reader.read(filter.query(spec, 0), print);
                    out.flush();
                }
            }
            return 0;
        }
    }

    /** The whole story of one request; exit code 1 when the ledger knows nothing of it. */
    @Command(
            name = "show",
            description = "The whole story of one request, by its x-request-id.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Parameters(paramLabel = "REQUEST-ID", description = "As the gateway answered it in x-request-id.")
        private String requestId;

        @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
        private Path dataDir;

        @Option(names = "--json", description = "One JSON object per line.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            List<LedgerEntry> entries;
            try (LedgerReader reader = LedgerReader.open(dataDir)) {
                entries = reader.last(EventQuery.ofRequest(requestId));
            }
            if (entries.isEmpty()) {
                spec.commandLine().getErr().println("no entry of request " + requestId + " in " + dataDir);
                return 1;
            }
            if (json) {
                entries.forEach(printer(out, true));
            } else {
                entries.forEach(entry -> RequestStory.tell(entry, out));
            }
            return 0;
        }
    }

    /** Writes entries for other programs. */
    @Command(name = "export", description = "Entries as JSON lines or CSV.", mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {

        @picocli.CommandLine.Mixin
        private Filter filter;

        @Option(
                names = "--limit",
                defaultValue = "0",
                description = "At most so many, 0 for all. Default: ${DEFAULT-VALUE}")
        private int limit;

        @Option(names = "--format", defaultValue = "json", description = "json or csv. Default: ${DEFAULT-VALUE}")
        private String format;

        @Option(names = "--output", description = "A new file. Default: standard output")
        private @Nullable Path output;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            if (!List.of("json", "csv").contains(format)) {
                throw new ParameterException(spec.commandLine(), "--format: '" + format + "' (expected: json or csv)");
            }
            if (output == null) {
                write(spec.commandLine().getOut());
                return 0;
            }
            try (var file = new PrintWriter(Files.newBufferedWriter(
                    output, StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.CREATE_NEW))) {
                write(file);
                return file.checkError() ? 1 : 0;
            } catch (java.nio.file.FileAlreadyExistsException _) {
                spec.commandLine().getErr().println(output + ": is there already and was left as it is");
                return 1;
            }
        }

        private void write(PrintWriter out) throws IOException {
            boolean csv = format.equals("csv");
            if (csv) {
                out.println(EventLines.csvHeader());
            }
            try (LedgerReader reader = LedgerReader.open(filter.dataDir)) {
                reader.read(
                        filter.query(spec, limit),
                        entry -> out.println(csv ? EventLines.csvRow(entry) : EventLines.json(entry)));
            }
            out.flush();
        }
    }

    static Consumer<LedgerEntry> printer(PrintWriter out, boolean json) {
        if (json) {
            return entry -> out.println(EventLines.json(entry));
        }
        out.println(EventLines.tableHeader());
        return entry -> out.println(EventLines.tableRow(entry));
    }
}
