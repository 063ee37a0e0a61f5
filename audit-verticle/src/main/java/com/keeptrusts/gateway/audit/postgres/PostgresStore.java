package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.ledger.EntryLog;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.LogStore;
import com.keeptrusts.gateway.audit.segment.Covered;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries of a log in PostgreSQL, with its {@code log.json}, holds and checkpoints; the private key is not among
 * them. The directory then is what anyone can make again from the database, and is made again where it is empty.
 */
public final class PostgresStore implements LogStore {

    private final Connections connections;
    private final Function<String, @Nullable String> environment;
    private final String node;
    private LogFiles disk = new DiskFiles();
    private volatile @Nullable Sessions sessions;
    private volatile @Nullable LogRegister register;

    /**
     * Connects when it is attached.
     *
     * @param environment where the variables that hold secrets are looked up
     * @param host first part of the log's name in the database, where the settings have none: the same after a restart
     */
    public PostgresStore(
            Vertx vertx, PostgresSettings settings, Function<String, @Nullable String> environment, String host) {
        this.connections = new Connections(vertx, settings, environment);
        this.environment = environment;
        this.node = settings.name() == null ? host : settings.name();
    }

    @Override
    public LogFiles over(LogFiles files) {
        disk = files;
        return new MirroredFiles(files, new MirroredFiles.Mirror() {
            @Override
            public void facts(String document) throws IOException {
                attached(register).facts(document);
            }

            @Override
            public void holds(String document) throws IOException {
                attached(register).holds(document);
            }

            @Override
            public void checkpoint(String note) throws IOException {
                attached(register).checkpoint(note);
            }
        });
    }

    @Override
    public void attach(LedgerDirectory directory, LedgerOptions options) throws IOException {
        String name = take(directory);
        Optional<LogRegister.Known> known = attached(register).find();
        if (known.isPresent()) {
            new DirectoryRestore(disk, directory, connections.settings(), environment)
                    .restore(known.get(), attached(register), attached(sessions));
        } else if (Files.exists(directory.facts())) {
            throw new LedgerException(directory.facts() + ": its log is not in the database under the name " + name
                    + ": acknowledged data is missing, or the log is another store's (expected: an empty directory)");
        }
        disk.replace(directory.store(), attached(sessions).told().getBytes(StandardCharsets.UTF_8));
    }

    /** Connects and locks the log's name. */
    private String take(LedgerDirectory directory) throws IOException {
        close();
        String name = node + "/" + directory.path().getFileName();
        var taken = new Sessions(connections, name);
        sessions = taken;
        taken.open(connections.settings().recovery());
        register = new LogRegister(taken.readers(), connections.settings().commit(), name);
        return name;
    }

    @Override
    public void create(LedgerDirectory directory, LedgerOptions options, UUID writer) {
        // the tables are there, and log.json will be stored with the name of the log
    }

    @Override
    public EntryLog open(LedgerDirectory directory, LedgerOptions options, LogFacts facts, Covered covered)
            throws IOException {
        Sessions taken = attached(sessions);
        LogRecovery.End end = LogRecovery.recover(attached(taken.present()), facts, covered);
        return new PostgresLog(taken, facts, end);
    }

    @Override
    public void setAside(LedgerDirectory directory, LedgerOptions options, String cause) throws IOException {
        try {
            take(directory);
            Optional<LogRegister.Known> known = attached(register).find();
            if (known.isPresent()) {
                attached(register).lost(known.get().writer(), cause);
            }
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        Sessions taken = sessions;
        sessions = null;
        register = null;
        if (taken != null) {
            taken.close();
        }
    }

    private static <T> T attached(@Nullable T part) throws IOException {
        if (part == null) {
            throw new IOException("the log's store is closed");
        }
        return part;
    }
}
