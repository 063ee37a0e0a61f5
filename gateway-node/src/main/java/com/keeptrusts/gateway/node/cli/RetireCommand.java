package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.retire.Retirement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt events retire}: ends a writer's log for good, while no gateway runs on it. Exit code 1 when it cannot. */
@Command(
        name = "retire",
        description = "End a writer's log for good: its last entry names the log that goes on.",
        mixinStandardHelpOptions = true)
final class RetireCommand implements Callable<Integer> {

    @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDir;

    @Option(names = "--writer", defaultValue = "0", description = "Its number. Default: ${DEFAULT-VALUE}")
    private int writer;

    @Option(
            names = "--successor",
            description = "Origin of a log elsewhere that goes on. Default: a new log in this one's place")
    private @Nullable String successor;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path directory = dataDir.resolve("audit").resolve("writer-" + writer);
        try {
            var options = LedgerOptions.of("keeptrusts", new SimpleMeterRegistry());
            Retirement retired = Retirement.of(directory, options, successor);
            spec.commandLine()
                    .getOut()
                    .println(retired.origin() + " is retired and stays in " + retired.directory() + "; "
                            + retired.successor() + " goes on");
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("kt: " + e.getMessage());
            return 1;
        }
    }
}
