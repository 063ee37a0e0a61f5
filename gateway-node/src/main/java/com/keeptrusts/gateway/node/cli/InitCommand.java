package com.keeptrusts.gateway.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kt init}: a first configuration, with test cases in it. Never overwrites a file. */
@Command(
        name = "init",
        description = "Write a policy-config.yaml with tests to start from.",
        mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {

    static final List<String> TEMPLATES = List.of("cerebras", "fallback", "audit-only");

    @Option(
            names = "--template",
            defaultValue = "cerebras",
            description = "cerebras, fallback or audit-only. Default: ${DEFAULT-VALUE}")
    private String template;

    @Option(names = "--output", defaultValue = "policy-config.yaml", description = "Default: ${DEFAULT-VALUE}")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!TEMPLATES.contains(template)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--template: '" + template + "' (expected: " + String.join(", ", TEMPLATES) + ")");
        }
        if (Files.exists(output)) {
            spec.commandLine().getErr().println(output + ": is there already and was left as it is");
            return 1;
        }
        try (InputStream in = InitCommand.class.getResourceAsStream("/templates/" + template + ".yaml")) {
            Files.copy(java.util.Objects.requireNonNull(in, template), output);
        }
        spec.commandLine()
                .getOut()
                .println("wrote " + output + "; next: kt policy lint --file " + output
                        + ", kt policy test --json --file " + output + ", kt gateway run --policy-config " + output);
        return 0;
    }
}
