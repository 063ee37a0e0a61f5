package com.keeptrusts.gateway.node.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt events keys}: the keys that sign the ledger. */
@Command(
        name = "keys",
        description = "The keys that sign the ledger.",
        mixinStandardHelpOptions = true,
        subcommands = KeysCommand.Rotate.class)
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The new key signs at once, the old one beside it until the overlap ends. */
    @Command(
            name = "rotate",
            description = "Let a new key sign; the old one signs beside it for a while.",
            mixinStandardHelpOptions = true)
    static final class Rotate implements Callable<Integer> {

        @Mixin
        private LedgerAct act;

        @Mixin
        private Reasons reasons;

        @Option(
                names = "--overlap-days",
                defaultValue = "7",
                description = "How long both sign. Default: ${DEFAULT-VALUE}")
        private int overlapDays;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            Map<String, @Nullable String> query =
                    Map.of("by", reasons.by, "reason", reasons.reason, "overlap_days", String.valueOf(overlapDays));
            return act.run(
                    spec,
                    keeping -> "new key: " + keeping.rotateKey(Duration.ofDays(overlapDays), reasons.request()),
                    gateway -> gateway.post("/keeptrusts/audit/keys/rotate" + LedgerAct.query(query)));
        }
    }
}
