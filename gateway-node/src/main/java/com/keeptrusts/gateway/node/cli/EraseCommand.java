package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.content.ContentEntries;
import com.keeptrusts.gateway.audit.content.ContentInUseException;
import com.keeptrusts.gateway.audit.content.ContentPlace;
import com.keeptrusts.gateway.audit.content.ContentStore;
import com.keeptrusts.gateway.audit.content.Erasure;
import com.keeptrusts.gateway.audit.content.Erasure.Result;
import com.keeptrusts.gateway.audit.content.ErasureRequest;
import com.keeptrusts.gateway.audit.content.LedgerHolds;
import com.keeptrusts.gateway.audit.content.StoreId;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code kt events erase}: destroys what is kept of a person. Exit code 0 done and recorded, 1 refused by a legal hold or
 * nothing is kept, 2 could not be done.
 */
@Command(
        name = "erase",
        description = "Destroy the keys of a person's texts and commitments; the ledger stays as it is.",
        mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {

    private static final int DONE = 200;
    private static final int NOTHING_KEPT = 404;
    private static final int HELD = 409;

    @Option(
            names = "--subject",
            required = true,
            description = "A user as requests name one, a pseudonym as entries do (who.subject), or a key (cm.key).")
    private String subject;

    @Option(names = "--tenant", description = "Whose user that is. Default: every tenant's")
    private @Nullable String tenant;

    @Option(names = "--reason", required = true, description = "For the ledger: a case number, no name.")
    private String reason;

    @Option(names = "--by", required = true, description = "For the ledger: who wants it.")
    private String requester;

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
            var request = new ErasureRequest(subject, tenant, reason, requester);
            try (ContentStore store =
                    ContentStore.open(new DiskFiles(), new ContentPlace(dataDir), Clock.systemUTC())) {
                return offline(store, request);
            } catch (ContentInUseException e) {
                return online(request);
            }
        } catch (IOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("kt: " + e.getMessage());
            return 2;
        }
    }

    private int offline(ContentStore store, ErasureRequest request) throws IOException, InterruptedException {
        var entries = new ContentEntries(Recording.NODE, Clock.systemUTC());
        var erasure = new Erasure(store, new LedgerHolds(dataDir), entries);
        try (Recording ledger = Recording.in(dataDir)) { // first, as what cannot be recorded must not be done
            record(ledger, erasure, erasure.unrecorded());
            return switch (erasure.erase(request)) {
                case Result.Erased(List<String> pseudonyms, List<AuditEntry> owed) -> {
                    record(ledger, erasure, owed);
                    yield erased(pseudonyms);
                }
                case Result.Held(String hold, AuditEntry entry) -> {
                    ledger.append(List.of(entry));
                    yield refused("subject: under the legal hold " + hold);
                }
                case Result.Unknown _ -> refused("subject: nothing is kept of it in " + dataDir);
            };
        }
    }

    private static void record(Recording ledger, Erasure erasure, List<AuditEntry> owed)
            throws IOException, InterruptedException {
        if (!owed.isEmpty()) {
            ledger.append(owed);
            erasure.recorded(owed);
        }
    }

    private int online(ErasureRequest request) throws IOException, InterruptedException {
        var asked = new JsonObject()
                .put("store", StoreId.read(new ContentPlace(dataDir)))
                .put("subject", request.subject())
                .put("tenant", request.tenant())
                .put("reason", request.reason())
                .put("by", request.requester());
        JsonObject answer = new AdminClient(admin).post("/keeptrusts/audit/erase", asked);
        int status = answer.getInteger("status", DONE);
        String error = answer.getString("error", "status " + status);
        if (status == DONE) {
            return erased(
                    answer.getJsonArray("erased").stream().map(String::valueOf).toList());
        }
        if (status == NOTHING_KEPT || (status == HELD && answer.containsKey("hold"))) {
            return refused(error);
        }
        throw new IOException(admin + ": " + error);
    }

    private int erased(List<String> pseudonyms) {
        pseudonyms.forEach(name -> spec.commandLine().getOut().println("erased and recorded: " + name));
        return 0;
    }

    private int refused(String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
