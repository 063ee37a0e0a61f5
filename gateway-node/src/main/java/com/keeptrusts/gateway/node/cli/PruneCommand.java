package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.ledger.LogFacts.Latch;
import com.keeptrusts.gateway.audit.retention.Keeping;
import com.keeptrusts.gateway.audit.retention.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kt events prune}: what a gateway does each hour by itself, now; or before its time where that is allowed. */
@Command(
        name = "prune",
        description = {
            "Remove entries whose retention_days are over, by whole bundles of 256.",
            "A running gateway does this each hour by itself."
        },
        mixinStandardHelpOptions = true)
final class PruneCommand implements Callable<Integer> {

    @Mixin
    private LedgerAct act;

    @Mixin
    private Reasons.Optional reasons;

    @Option(
            names = "--retention-days",
            description = "When no gateway runs: how long entries stay. Default: what the log has promised.")
    private @Nullable Integer retentionDays;

    @Option(
            names = "--before",
            description = "Remove entries older than this moment before their time. An immutable log refuses it;"
                    + " another one records --by and --reason.")
    private @Nullable String before;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Instant moment = EventFilter.moment(spec, "--before", before);
        Request early = moment == null ? null : request();
        var query = new HashMap<String, @Nullable String>();
        query.put("before", before);
        query.put("by", reasons.by);
        query.put("reason", reasons.reason);
        return act.run(
                spec,
                keeping -> prune(keeping, moment, early),
                gateway -> gateway.post("/keeptrusts/audit/prune" + LedgerAct.query(query)));
    }

    private String prune(Keeping keeping, @Nullable Instant moment, @Nullable Request early) throws IOException {
        Latch latch = keeping.facts().latch();
        if (moment != null && early != null) {
            return keeping.pruneEarly(moment, retentionDays == null ? 0 : retentionDays, early)
                    .line();
        }
        if (retentionDays == null && latch == null) {
            throw new IllegalArgumentException(
                    keeping.facts().origin() + ": the log has promised no retention_days (expected: --retention-days)");
        }
        return keeping.prune(retentionDays == null ? 0 : retentionDays).line();
    }

    private Request request() {
        try {
            return reasons.request();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
