package com.keeptrusts.gateway.audit.ledger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of itself in {@code log.json}.
 *
 * @param writer names the writer on the bus
 * @param key its name is the log's origin
 * @param latch what the log has promised, or null
 * @param minimumIndex entries below it were pruned
 */
public record LogFacts(
        UUID writer, VerifierKey key, @Nullable Latch latch, long minimumIndex) {

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A promise that cannot be taken back: entries stay this long. */
    public record Latch(int retentionDays) {}

    public String origin() {
        return key.name();
    }

    public LogFacts withLatch(Latch promised) {
        return new LogFacts(writer, key, promised, minimumIndex);
    }

    public static LogFacts read(Path file) throws IOException {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (json.path("format").asInt() != FORMAT) {
                throw new LedgerException(file + ": format " + json.path("format") + " (expected: " + FORMAT + ")");
            }
            VerifierKey key = VerifierKey.parse(json.path("vkeys").path(0).asText());
            if (!json.path("origin").asText().equals(key.name())) {
                throw new LedgerException(file + ": origin " + json.path("origin") + " (expected: " + key.name() + ")");
            }
            JsonNode latch = json.path("latch").path("retention_days");
            return new LogFacts(
                    UUID.fromString(json.path("writer").asText()),
                    key,
                    latch.isInt() ? new Latch(latch.intValue()) : null,
                    json.path("minimum_index").asLong());
        } catch (NoteException | IllegalArgumentException | JacksonException e) {
            throw new LedgerException(file + ": cannot be read: " + e.getClass().getSimpleName());
        }
    }

    public void write(LogFiles files, Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("origin", origin());
        json.put("writer", writer.toString()).putArray("vkeys").add(key.toString());
        if (latch != null) {
            json.putObject("latch").put("retention_days", latch.retentionDays());
        }
        json.put("minimum_index", minimumIndex);
        files.replace(file, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
