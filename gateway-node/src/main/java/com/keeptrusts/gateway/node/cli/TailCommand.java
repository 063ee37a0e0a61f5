package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.read.EventFormat;
import com.keeptrusts.gateway.audit.read.Events;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt events tail}: the last entries and, when asked, every new one as it becomes durable. */
@Command(name = "tail", description = "The last entries; --follow waits for more.", mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 200;

    @Mixin
    private EventFilter filter;

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
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        var events = new Events(filter.dataDir, json ? EventFormat.JSON : EventFormat.TABLE, out::print);
        if (follow) {
            LocalRead.tell(filter.dataDir, "events", filter.asked(), 0); // how many there will be, nobody knows
            events.follow(filter.query(spec, limit), () -> goOn(out));
        } else {
            events.tail(filter.query(spec, limit));
            LocalRead.tell(filter.dataDir, "events", filter.asked(), events.given());
        }
        out.flush();
        return 0;
    }

    private static boolean goOn(PrintWriter out) {
        out.flush();
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return !out.checkError();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
