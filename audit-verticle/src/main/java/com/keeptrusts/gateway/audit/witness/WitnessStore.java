package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a witness keeps what it has seen, a file for each log, named by the hash of the log's origin. Not thread-safe. */
final class WitnessStore {

    /** So many logs are witnessed at most; each costs a small file. */
    static final int MOST_LOGS = 1_024;

    private final LogFiles files;
    private final Path directory;
    private final Map<String, Seen> byOrigin = new HashMap<>();

    private WitnessStore(LogFiles files, Path directory) {
        this.files = files;
        this.directory = directory;
    }

    /**
     * Reads all that was seen before.
     *
     * @throws LedgerException when a file cannot be understood: to forget what was seen would be to sign anything
     */
    static WitnessStore open(LogFiles files, Path directory) throws IOException {
        files.createDirectories(directory);
        var store = new WitnessStore(files, directory);
        try (Stream<Path> found = Files.list(directory)) {
            for (Path file : found.filter(WitnessStore::isSeen).toList()) {
                store.read(file);
            }
        }
        return store;
    }

    private static boolean isSeen(Path file) {
        return file.getFileName().toString().matches("[0-9a-f]{64}");
    }

    private void read(Path file) throws IOException {
        try {
            Seen seen = Seen.parse(Files.readString(file));
            byOrigin.put(seen.key().name(), seen);
        } catch (NoteException e) {
            throw new LedgerException(file + ": " + e.getMessage() + " (expected: what this witness has cosigned)");
        }
    }

    Optional<Seen> find(String origin) {
        return Optional.ofNullable(byOrigin.get(origin));
    }

    boolean hasRoom() {
        return byOrigin.size() < MOST_LOGS;
    }

    /** On return it is durable. */
    void keep(Seen seen) throws IOException {
        String origin = seen.key().name();
        byte[] name = TreeHash.sha256().digest(origin.getBytes(StandardCharsets.UTF_8));
        files.replace(
                directory.resolve(HexFormat.of().formatHex(name)), seen.text().getBytes(StandardCharsets.UTF_8));
        byOrigin.put(origin, seen);
    }
}
