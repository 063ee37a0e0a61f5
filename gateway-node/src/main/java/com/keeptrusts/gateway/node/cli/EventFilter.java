package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.read.EventQuery;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which entries are wanted, the same options for every command. */
final class EventFilter {

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

    /** As given, for the record of the read. */
    Map<String, String> asked() {
        Map<String, String> asked = new HashMap<>();
        put(asked, "since", since);
        put(asked, "until", until);
        put(asked, "verdict", verdict);
        put(asked, "policy", policy);
        return asked;
    }

    private static void put(Map<String, String> asked, String name, @Nullable String value) {
        if (value != null) {
            asked.put(name, value);
        }
    }

    /** The moment that an option names, or null; fails as a wrong call of the command does. */
    static @Nullable Instant moment(CommandSpec spec, String option, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(), option + ": '" + text + "' (expected: a moment as in 2026-11-21T04:00:00Z)", e);
        }
    }
}
