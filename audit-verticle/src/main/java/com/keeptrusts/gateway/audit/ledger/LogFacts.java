package com.keeptrusts.gateway.audit.ledger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of itself in {@code log.json}.
 *
 * @param writer names the writer on the bus
 * @param key signs at present; its name is the log's origin
 * @param retired keys that signed before it, the latest first
 * @param latch what the log has promised, or null
 * @param minimumIndex entries below it were pruned
 */
public record LogFacts(
        UUID writer,
        VerifierKey key,
        List<RetiredKey> retired,
        @Nullable Latch latch,
        long minimumIndex) {

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A promise that cannot be taken back: entries stay this long. */
    public record Latch(int retentionDays) {}

    /** A key that was followed by another, beside which it signs until the overlap ends. */
    public record RetiredKey(VerifierKey key, Instant signsUntil) {}

    public LogFacts {
        retired = List.copyOf(retired);
    }

    public String origin() {
        return key.name();
    }

    /** All keys that ever signed this log, the present one first. */
    public List<VerifierKey> keys() {
        var keys = new ArrayList<VerifierKey>();
        keys.add(key);
        retired.forEach(old -> keys.add(old.key()));
        return keys;
    }

    public LogFacts withLatch(Latch promised) {
        return new LogFacts(writer, key, retired, promised, minimumIndex);
    }

    public LogFacts withMinimumIndex(long index) {
        return new LogFacts(writer, key, retired, latch, index);
    }

    public LogFacts withKey(VerifierKey next, Instant overlapEnds) {
        var old = new ArrayList<RetiredKey>();
        old.add(new RetiredKey(key, overlapEnds));
        old.addAll(retired);
        return new LogFacts(writer, next, old, latch, minimumIndex);
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
            var retired = new ArrayList<RetiredKey>();
            for (JsonNode old : json.path("retired")) {
                retired.add(new RetiredKey(
                        VerifierKey.parse(old.path("vkey").asText()),
                        Instant.parse(old.path("signs_until").asText())));
            }
            JsonNode latch = json.path("latch").path("retention_days");
            return new LogFacts(
                    UUID.fromString(json.path("writer").asText()),
                    key,
                    retired,
                    latch.isInt() ? new Latch(latch.intValue()) : null,
                    json.path("minimum_index").asLong());
        } catch (NoteException | IllegalArgumentException | DateTimeException | JacksonException e) {
            throw new LedgerException(file + ": cannot be read: " + e.getClass().getSimpleName());
        }
    }

    public void write(LogFiles files, Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("origin", origin());
        ArrayNode keys = json.put("writer", writer.toString()).putArray("vkeys");
        keys().forEach(one -> keys.add(one.toString()));
        if (!retired.isEmpty()) {
            ArrayNode old = json.putArray("retired");
            retired.forEach(one -> old.addObject()
                    .put("vkey", one.key().toString())
                    .put("signs_until", one.signsUntil().toString()));
        }
        if (latch != null) {
            json.putObject("latch").put("retention_days", latch.retentionDays());
        }
        json.put("minimum_index", minimumIndex);
        files.replace(file, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
