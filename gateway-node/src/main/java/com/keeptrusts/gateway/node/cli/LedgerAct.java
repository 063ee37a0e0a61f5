package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.ledger.DirectoryInUseException;
import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.retention.Keeping;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * Where an act upon the ledger happens: in this process when no gateway has the directory, else in the gateway that has
 * it. Exit code 0 when it was done, 1 when it was refused, 2 when nobody could be asked.
 */
final class LedgerAct {

    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;

    @Option(names = "--data-dir", defaultValue = "data", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDir;

    @Option(
            names = "--admin",
            defaultValue = AdminClient.DEFAULT_URL,
            description = "Management address of the gateway that writes there, if one runs. Default: ${DEFAULT-VALUE}")
    private String admin;

    /** Done here, with each log, giving a line for a person. */
    @FunctionalInterface
    interface Here {
        String on(Keeping keeping) throws IOException;
    }

    /** Asked of a running gateway; the answer has {@code error} when it was refused. */
    @FunctionalInterface
    interface There {
        JsonObject ask(AdminClient gateway) throws IOException, InterruptedException;
    }

    int run(CommandSpec spec, Here here, There there) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            for (LedgerDirectory log : LedgerDirectory.find(dataDir)) {
                LedgerOptions options = LedgerOptions.of("kt", new SimpleMeterRegistry());
                try (Ledger ledger = Ledger.open(log.path(), options, Runnable::run, () -> {})) {
                    out.println(here.on(new Keeping(ledger)));
                }
            }
            return 0;
        } catch (DirectoryInUseException e) {
            return ask(there, out, err);
        } catch (IOException | IllegalArgumentException e) {
            err.println("kt: " + e.getMessage());
            return REFUSED;
        }
    }

    private int ask(There there, PrintWriter out, PrintWriter err) throws InterruptedException {
        try {
            JsonObject answer = there.ask(new AdminClient(admin));
            if (answer.containsKey("error")) {
                err.println("kt: " + answer.getString("error"));
                return REFUSED;
            }
            if (answer.containsKey("lines")) {
                answer.getJsonArray("lines").forEach(out::println);
            } else {
                out.println(answer.encodePrettily());
            }
            return 0;
        } catch (IOException e) {
            err.println("kt: a gateway has the directory, and " + e.getMessage());
            return COULD_NOT_RUN;
        }
    }

    /** Query parameters; those without a value are left out. */
    static String query(Map<String, @Nullable String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + encoded(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&", "?", ""));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
