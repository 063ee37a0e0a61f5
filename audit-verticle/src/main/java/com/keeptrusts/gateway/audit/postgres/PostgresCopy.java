package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A log in a database as a directory that can be served and verified: for who may read the tables and has neither the
 * log's key nor its node. Does not disturb a writer. Blocks.
 */
public final class PostgresCopy {

    private PostgresCopy() {}

    /**
     * Writes what is under the newest checkpoint.
     *
     * @param name of the log in the database, as in {@code host/writer-0}
     * @param directory that is not there or is empty
     * @throws LedgerException when there is no such log, or its entries are not those that were signed
     */
    public static void write(
            Vertx vertx,
            PostgresSettings settings,
            Function<String, @Nullable String> environment,
            String name,
            Path directory)
            throws IOException {
        var to = new LedgerDirectory(directory);
        if (Files.exists(to.facts())) {
            throw new LedgerException(directory + ": a log is here already (expected: an empty directory)");
        }
        try (var sessions = new Sessions(new Connections(vertx, settings, environment), name)) {
            var register = new LogRegister(sessions.readers(), settings.commit(), name);
            LogRegister.Known known = register.find()
                    .orElseThrow(() -> new LedgerException(settings.server() + ": no log of the name " + name
                            + " (expected: one of those in keeptrusts_audit.log)"));
            new DirectoryCopy(new DiskFiles(), to).write(known, register, sessions);
        }
    }
}
