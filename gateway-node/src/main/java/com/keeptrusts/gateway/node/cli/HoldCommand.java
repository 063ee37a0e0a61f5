package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.retention.Hold;
import com.keeptrusts.gateway.audit.retention.Keeping;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt events hold}: what must stay whatever its age, as for a case in court. Each act is an entry. */
@Command(
        name = "hold",
        description = "Legal holds: keep entries whatever their age.",
        mixinStandardHelpOptions = true,
        subcommands = {HoldCommand.Add.class, HoldCommand.Release.class, HoldCommand.ListHolds.class})
final class HoldCommand implements Runnable {

    private static final String PATH = "/keeptrusts/audit/holds";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Without a period and a subject it holds everything. */
    @Command(name = "add", description = "Hold a period, a subject, or everything.", mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "By which it is released. A name is used once.")
        private String name;

        @Mixin
        private LedgerAct act;

        @Mixin
        private Reasons reasons;

        @Option(names = "--from", description = "Hold entries of this moment and later.")
        private @Nullable String from;

        @Option(names = "--until", description = "Hold entries before this moment.")
        private @Nullable String until;

        @Option(names = "--subject", description = "Hold entries of this pseudonym (who.subject in an entry).")
        private @Nullable String subject;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            Hold hold;
            try {
                hold = new Hold(
                        name,
                        reasons.reason,
                        reasons.by,
                        EventFilter.moment(spec, "--from", from),
                        EventFilter.moment(spec, "--until", until),
                        subject);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
            var query = new HashMap<String, @Nullable String>();
            query.put("name", name);
            query.put("by", reasons.by);
            query.put("reason", reasons.reason);
            query.put("from", from);
            query.put("until", until);
            query.put("subject", subject);
            return act.run(
                    spec,
                    keeping -> {
                        keeping.hold(hold);
                        return keeping.facts().origin() + ": held by " + name;
                    },
                    gateway -> gateway.post(PATH + LedgerAct.query(query)));
        }
    }

    /** What it kept goes with the next prune. */
    @Command(name = "release", description = "End a hold.", mixinStandardHelpOptions = true)
    static final class Release implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "As it was added.")
        private String name;

        @Mixin
        private LedgerAct act;

        @Mixin
        private Reasons reasons;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            Map<String, @Nullable String> query = Map.of("by", reasons.by, "reason", reasons.reason);
            return act.run(
                    spec,
                    keeping -> {
                        keeping.release(name, reasons.request());
                        return keeping.facts().origin() + ": released " + name;
                    },
                    gateway -> gateway.delete(PATH + "/" + LedgerAct.encoded(name) + LedgerAct.query(query)));
        }
    }

    /** Those in force. */
    @Command(name = "list", description = "The holds in force.", mixinStandardHelpOptions = true)
    static final class ListHolds implements Callable<Integer> {

        @Mixin
        private LedgerAct act;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            return act.run(spec, ListHolds::lines, gateway -> gateway.get(PATH));
        }

        private static String lines(Keeping keeping) throws IOException {
            return keeping.facts().origin()
                    + keeping.holds().active().stream()
                            .map(hold -> "\n  " + hold.asMap())
                            .collect(Collectors.joining());
        }
    }
}
