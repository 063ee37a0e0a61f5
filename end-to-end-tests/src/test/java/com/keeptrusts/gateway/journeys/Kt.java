package com.keeptrusts.gateway.journeys;

import com.keeptrusts.gateway.node.cli.ClusterCommand;
import com.keeptrusts.gateway.node.cli.EventsCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** {@code kt events ...} and {@code kt cluster ...} in this process. */
final class Kt {

    /** How it ended and what it printed, errors included. */
    record Done(int code, String text) {}

    Done events(String... arguments) {
        return run(new EventsCommand(), arguments);
    }

    Done cluster(String... arguments) {
        return run(new ClusterCommand(), arguments);
    }

    private static Done run(Object command, String... arguments) {
        var text = new StringWriter();
        var out = new PrintWriter(text, true);
        int code = new CommandLine(command).setOut(out).setErr(out).execute(arguments);
        return new Done(code, text.toString());
    }
}
