package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.read.Receipt;
import com.keeptrusts.gateway.audit.read.RequestRecords;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt events receipt}: what proves the records of one request to someone who has nothing else of the ledger. */
@Command(
        name = "receipt",
        description = "The receipt of one request: its records, each with a proof.",
        mixinStandardHelpOptions = true)
final class ReceiptCommand implements Callable<Integer> {

    @Parameters(paramLabel = "REQUEST-ID", description = "As the gateway answered it in x-request-id.")
    private String requestId;

    @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDir;

    @Option(names = "--output", description = "A new file. Default: standard output")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<RequestRecords.Found> records = RequestLookup.find(dataDir, requestId);
        if (records.isEmpty()) {
            spec.commandLine().getErr().println("no entry of request " + requestId + " in " + dataDir);
            return 1;
        }
        try {
            String receipt = Receipt.of(requestId, records).json();
            LocalRead.tell(dataDir, "proof", Map.of("request", requestId), records.size());
            if (output == null) {
                spec.commandLine().getOut().print(receipt);
                spec.commandLine().getOut().flush();
            } else {
                Files.writeString(output, receipt, StandardOpenOption.CREATE_NEW);
            }
            return 0;
        } catch (Receipt.NotSignedException e) {
            spec.commandLine().getErr().println(e.getMessage() + "; a running gateway signs it within a second or two");
        } catch (FileAlreadyExistsException _) {
            spec.commandLine().getErr().println(output + ": is there already and was left as it is");
        }
        return 1;
    }
}
