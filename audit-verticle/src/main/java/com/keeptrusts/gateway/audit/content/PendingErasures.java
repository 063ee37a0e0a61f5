package com.keeptrusts.gateway.audit.content;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Erasures that were begun, each in a file with its entry, so that after a crash the keys are deleted and the entry, byte
 * for byte the same, gets into the ledger.
 */
final class PendingErasures {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LogFiles files;
    private final ContentPlace place;

    PendingErasures(LogFiles files, ContentPlace place) {
        this.files = files;
        this.place = place;
    }

    /** On return the entry will not be forgotten. */
    void add(AuditEntry entry) throws IOException {
        PrivateFiles.directory(files, place.pending());
        PrivateFiles.write(files, file(entry), entry.leaf().array());
    }

    void remove(AuditEntry entry) throws IOException {
        files.deleteIfThere(file(entry));
        files.forceDirectory(place.pending());
    }

    List<AuditEntry> all() throws IOException {
        var found = new ArrayList<AuditEntry>();
        if (!Files.isDirectory(place.pending())) {
            return found;
        }
        try (Stream<Path> there = Files.list(place.pending())) {
            for (Path file : there.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                byte[] leaf = Files.readAllBytes(file);
                found.add(new AuditEntry(read(leaf, file, "id"), null, ContentEntries.ERASED, Bytes.owning(leaf)));
            }
        }
        return found;
    }

    static String pseudonym(AuditEntry entry) throws IOException {
        return read(entry.leaf().array(), Path.of(entry.id()), "pseudonym");
    }

    private static String read(byte[] leaf, Path file, String member) throws IOException {
        try {
            JsonNode found = JSON.readTree(leaf).path(member);
            if (found.isTextual()) {
                return found.asText();
            }
        } catch (JacksonException _) {
            // said below
        }
        throw new ContentException(file + ": not readable (expected: the entry of an erasure)");
    }

    private Path file(AuditEntry entry) {
        return place.pending().resolve(entry.id() + ".json");
    }
}
