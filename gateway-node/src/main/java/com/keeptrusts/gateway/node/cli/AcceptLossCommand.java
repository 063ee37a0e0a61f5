package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.AcceptedLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt events accept-loss}: lets the next start set a log aside of which acknowledged data is missing. */
@Command(
        name = "accept-loss",
        description =
                "Accept that acknowledged entries are lost: the next start sets the log aside and begins another, "
                        + "with an entry that tells of it. A log that has lost nothing goes on as it is.",
        mixinStandardHelpOptions = true)
final class AcceptLossCommand implements Callable<Integer> {

    @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDir;

    @Option(names = "--writer", defaultValue = "0", description = "Its number. Default: ${DEFAULT-VALUE}")
    private int writer;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path directory = dataDir.resolve("audit").resolve("writer-" + writer);
        try {
            AcceptedLoss.in(directory).accept();
            spec.commandLine().getOut().println("the next start accepts what is lost of " + directory);
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("kt: " + e.getMessage());
            return 1;
        }
    }
}
