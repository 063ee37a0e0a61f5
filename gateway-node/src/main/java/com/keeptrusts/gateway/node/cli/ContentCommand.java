package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.content.ContentEntries;
import com.keeptrusts.gateway.audit.content.ContentPlace;
import com.keeptrusts.gateway.audit.content.ContentReading;
import com.keeptrusts.gateway.audit.content.ContentStore;
import com.keeptrusts.gateway.audit.content.KeptText;
import com.keeptrusts.gateway.audit.content.StoreId;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code kt events content}: the texts of a request, for whoever can read the key file. That they are read is in the
 * ledger before they are printed. Exit code 0 read, 1 nothing is kept, 2 could not be read.
 */
@Command(
        name = "content",
        description = "The texts of a request, as the policies left them; the read is recorded.",
        mixinStandardHelpOptions = true)
final class ContentCommand implements Callable<Integer> {

    private static final int RECORDED = 200;

    @Parameters(paramLabel = "REQUEST-ID", description = "As the gateway answered it in x-request-id.")
    private String requestId;

    @Option(names = "--by", required = true, description = "For the ledger: who reads.")
    private String reader;

    @Option(names = "--salt", description = "Print the salt of the request's commitments instead of its texts.")
    private boolean salt;

    @Option(names = "--key-file", description = "The master key. Default: keys/master.key of the data directory")
    private @Nullable Path keyFile;

    @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDir;

    @Option(
            names = "--admin",
            defaultValue = AdminClient.DEFAULT_URL,
            description = "Management address of the gateway that runs on the directory. Default: ${DEFAULT-VALUE}")
    private String admin;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try {
            var place = new ContentPlace(dataDir);
            Path key = keyFile;
            ContentReading reading = ContentReading.of(place, key == null ? place.masterKey() : key);
            List<LedgerEntry> entries = entries();
            if (entries.isEmpty()) {
                spec.commandLine().getErr().println("no entry of request " + requestId + " in " + dataDir);
                return 1;
            }
            record(place);
            return salt ? salt(reading, entries) : texts(reading, entries);
        } catch (IOException e) {
            spec.commandLine().getErr().println("kt: " + e.getMessage());
            return 2;
        }
    }

    private List<LedgerEntry> entries() throws IOException {
        try (LedgerReader ledger = LedgerReader.open(dataDir)) {
            return ledger.last(EventQuery.ofRequest(requestId));
        }
    }

    private void record(ContentPlace place) throws IOException, InterruptedException {
        if (!ContentStore.inUse(place)) {
            try (Recording ledger = Recording.in(dataDir)) {
                ledger.append(List.of(new ContentEntries(Recording.NODE, Clock.systemUTC()).read(requestId, reader)));
            }
            return;
        }
        var asked = new JsonObject()
                .put("store", StoreId.read(place))
                .put("rid", requestId)
                .put("by", reader);
        JsonObject answer = new AdminClient(admin).post("/keeptrusts/audit/content-reads", asked);
        if (answer.getInteger("status", RECORDED) != RECORDED) {
            throw new IOException(admin + ": " + answer.getString("error") + " (the read could not be recorded)");
        }
    }

    private int texts(ContentReading reading, List<LedgerEntry> entries) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (LedgerEntry entry : entries) {
            Optional<KeptText> texts = reading.texts(entry);
            if (texts.isPresent()) {
                print(out, "in", texts.get().in());
                print(out, "out", texts.get().out());
                return 0;
            }
        }
        spec.commandLine().getErr().println("request " + requestId + ": its texts were not kept");
        return 1;
    }

    /** A terminal gets no control sequences from them. */
    private static void print(PrintWriter out, String name, Bytes text) {
        out.println("--- " + name + ": " + text.length() + " bytes");
        out.println(text.toUtf8()
                .codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append));
        out.flush();
    }

    private int salt(ContentReading reading, List<LedgerEntry> entries) throws IOException {
        for (LedgerEntry entry : entries) {
            Optional<Bytes> found = reading.salt(entry);
            if (found.isPresent()) {
                spec.commandLine()
                        .getOut()
                        .println(HexFormat.of().formatHex(found.get().array()));
                return 0;
            }
        }
        spec.commandLine().getErr().println("request " + requestId + ": nothing was committed to");
        return 1;
    }
}
