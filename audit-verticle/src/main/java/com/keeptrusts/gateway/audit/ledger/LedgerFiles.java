package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.segment.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Creates the files of a new log, in an order in which a crash at any point leaves either no log or a whole one. */
final class LedgerFiles {

    private final LedgerOptions options;
    private final LogFiles files;
    private final LedgerDirectory directory;

    LedgerFiles(LedgerOptions options, LedgerDirectory directory) {
        this.options = options;
        this.files = options.files();
        this.directory = directory;
    }

    boolean isThere() {
        return Files.isRegularFile(directory.facts());
    }

    /** {@code log.json} comes last: where it is, key and store are ready. */
    LogFacts create() throws IOException {
        for (Segment segment : Segment.list(directory.segments())) {
            files.deleteIfThere(segment.file()); // without log.json nothing in it was ever acknowledged
        }
        UUID writer = UUID.randomUUID();
        SigningKey key = SigningKey.generate(originOf(options.node(), writer));
        LogKeys.writePrivately(files, directory.key(), key.pem());
        files.createDirectories(directory.checkpoints());
        options.store().create(directory, options, writer);
        var facts = new LogFacts(writer, key.verifier(), List.of(), null, 0);
        facts.write(files, directory.facts());
        Path above = directory.path().toAbsolutePath().resolveSibling(".").normalize();
        files.forceDirectory(above);
        files.forceDirectory(above.resolveSibling(".")); // the data directory may be as new as what is in it
        return facts;
    }

    private static String originOf(String node, UUID writer) {
        String name = node.codePoints()
                .map(c -> VerifierKey.isName(Character.toString(c)) ? c : '-')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return (name.isEmpty() ? "keeptrusts" : name) + "/audit/" + writer;
    }
}
