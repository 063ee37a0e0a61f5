package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.read.EventLines;
import com.keeptrusts.gateway.audit.read.RequestRecords;
import com.keeptrusts.gateway.audit.read.RequestStory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt events show}: the whole story of one request; exit code 1 when the ledger knows nothing of it. */
@Command(
        name = "show",
        description = "The whole story of one request, by its x-request-id, or one entry by its id.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "REQUEST-ID", description = "As the gateway answered it in x-request-id.")
    private String requestId;

    @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDir;

    @Option(names = "--json", description = "One JSON object per line, with each entry in full.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<RequestRecords.Found> records = RequestLookup.find(dataDir, requestId);
        if (records.isEmpty()) {
            spec.commandLine().getErr().println("no entry of request " + requestId + " in " + dataDir);
            return 1;
        }
        LocalRead.tell(dataDir, "request", Map.of("request", requestId), records.size());
        if (json) {
            records.forEach(record -> out.println(EventLines.json(record.entry())));
        } else {
            RequestStory.of(records).forEach(out::println);
            out.println("  receipt: kt events receipt " + requestId + " --data-dir " + dataDir);
        }
        out.flush();
        return 0;
    }
}
