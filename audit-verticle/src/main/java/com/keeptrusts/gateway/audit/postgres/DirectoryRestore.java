package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a log's directory again from the database where it is empty; where it is not, the two must be of one log. */
final class DirectoryRestore {

    private final LogFiles disk;
    private final LedgerDirectory directory;
    private final PostgresSettings settings;
    private final Function<String, @Nullable String> environment;

    DirectoryRestore(
            LogFiles disk,
            LedgerDirectory directory,
            PostgresSettings settings,
            Function<String, @Nullable String> environment) {
        this.disk = disk;
        this.directory = directory;
        this.settings = settings;
        this.environment = environment;
    }

    void restore(LogRegister.Known known, LogRegister register, Sessions sessions) throws IOException {
        if (!Files.exists(directory.facts())) {
            new DirectoryCopy(disk, directory).write(known, register, sessions);
        } else {
            sameLog(known);
        }
        Optional<String> holds = register.newestHolds(known.writer());
        if (holds.isPresent()) {
            disk.replace(directory.holds(), holds.get().getBytes(StandardCharsets.UTF_8));
        }
        if (!Files.exists(directory.key())) {
            restoreKey(known);
        }
    }

    private void sameLog(LogRegister.Known known) throws IOException {
        LogFacts here = LogFacts.read(directory.facts());
        if (!here.writer().equals(known.writer())) {
            throw new LedgerException(directory.facts() + ": is of writer " + here.writer() + ", the database has "
                    + known.writer() + " under this name (expected: the same log)");
        }
        byte[] document = known.document().getBytes(StandardCharsets.UTF_8);
        disk.replace(directory.facts(), document); // stored first, so what the database has is never the older
    }

    private void restoreKey(LogRegister.Known known) throws IOException {
        String name = settings.keyEnv();
        String pem = name == null ? null : environment.apply(name);
        if (pem == null || pem.isBlank()) {
            throw new LedgerException(directory.key() + ": missing, and the log of writer " + known.writer()
                    + " is in the database (expected: that file put back, or its text in the variable of"
                    + " policy.audit-logger.store.key_ref.env)");
        }
        if (Files.getFileStore(directory.path()).supportsFileAttributeView("posix")) {
            Files.createFile(
                    directory.key(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(directory.key(), pem);
    }
}
