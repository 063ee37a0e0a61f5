package com.keeptrusts.gateway.audit.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.LogFacts.Latch;
import com.keeptrusts.gateway.audit.ledger.OwnEntries;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a log's entries tell of the log: its keys one after the other, what it promised, what was removed. {@code
 * log.json} must say the same, no removal may have come before its time, and each key must have confirmed the next.
 */
final class ToldHistory {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Problem> problems = new ArrayList<>();
    private final List<Rotation> rotations = new ArrayList<>();
    private @Nullable String key;
    private long keyToldAt;
    private int promisedDays;
    private long prunedTo;
    private Instant prunedUntil = Instant.EPOCH;

    private record Rotation(long index, String from, String to) {}

    /** Time of the newest entry that was removed; the epoch when none was. */
    Instant prunedUntil() {
        return prunedUntil;
    }

    /** Index of the entry from which on the present key must sign; -1 when there was no other before it. */
    long rotatedAt() {
        return rotations.isEmpty() ? -1 : rotations.getLast().index();
    }

    /** Takes the entries in order of index. */
    void note(LedgerEntry entry) {
        try {
            switch (entry.head().type()) {
                case "log.opened" ->
                    keyIs(entry, read(entry).path("log").path("vkey").asText());
                case OwnEntries.LATCHED ->
                    promisedDays = Math.max(
                            promisedDays, read(entry).path("retention_days").asInt());
                case OwnEntries.KEY_ROTATED -> rotated(entry, read(entry).path("key"));
                case OwnEntries.PRUNED -> pruned(entry, read(entry));
                default -> {}
            }
        } catch (IOException | DateTimeException e) {
            problems.add(Problem.at(entry.index(), "tells of the log and cannot be read"));
        }
    }

    private void keyIs(LedgerEntry entry, String told) {
        if (key != null && !key.equals(told)) {
            problems.add(Problem.at(entry.index(), "names another key than the entries before it"));
        }
        keyToldAt = key == null ? entry.index() : keyToldAt;
        key = told;
    }

    private void rotated(LedgerEntry entry, JsonNode told) {
        keyIs(entry, told.path("from").asText());
        key = told.path("to").asText();
        rotations.add(new Rotation(entry.index(), told.path("from").asText(), key));
    }

    private void pruned(LedgerEntry entry, JsonNode told) {
        keyIs(entry, told.path("vkey").asText());
        Instant newest = Instant.parse(told.path("newest").asText());
        prunedTo = Math.max(prunedTo, told.path("to").asLong());
        prunedUntil = newest.isAfter(prunedUntil) ? newest : prunedUntil;
        promisedDays = Math.max(
                promisedDays,
                told.path("policy").path("latch").path("retention_days").asInt());
        if (entry.time().isBefore(newest.plus(Duration.ofDays(promisedDays)))) {
            problems.add(Problem.at(
                    entry.index(),
                    "tells that entries up to " + newest + " were removed, before the " + promisedDays
                            + " days that were promised"));
        }
    }

    /** Compares with {@code log.json} as it is after the last entry was read. */
    void check(LogFacts facts, List<Path> copies, Consumer<Problem> found) throws IOException {
        problems.forEach(found);
        if (facts.minimumIndex() > prunedTo) {
            found.accept(new Problem(
                    prunedTo, facts.minimumIndex() - prunedTo, "removed: log.json says so and no entry tells of it"));
        }
        Latch latch = facts.latch();
        if (promisedDays > (latch == null ? 0 : latch.retentionDays())) {
            found.accept(
                    Problem.general("log.json says less than the " + promisedDays + " days that the log has promised"));
        }
        if (key == null || !key.equals(facts.key().toString())) {
            found.accept(Problem.at(
                    rotations.isEmpty() ? keyToldAt : rotations.getLast().index(),
                    "does not open this log with the key in log.json"));
        }
        for (Rotation rotation : rotations) {
            if (!isConfirmed(rotation, facts, copies)) {
                found.accept(Problem.at(
                        rotation.index(), "tells of a new key, and no checkpoint over it is signed by both keys"));
            }
        }
    }

    /** Not yet is good enough while no checkpoint covers it. */
    private static boolean isConfirmed(Rotation rotation, LogFacts facts, List<Path> copies) throws IOException {
        VerifierKey from = find(facts, rotation.from());
        VerifierKey to = find(facts, rotation.to());
        boolean covered = false;
        for (Path copy : copies) {
            String note = Files.exists(copy) ? Files.readString(copy) : "";
            boolean over = Long.parseLong(copy.getFileName().toString()) > rotation.index();
            covered |= over;
            if (over && signedBy(note, from, to)) {
                return true;
            }
        }
        return !covered && from != null && to != null;
    }

    private static @Nullable VerifierKey find(LogFacts facts, String key) {
        return facts.keys().stream()
                .filter(known -> known.toString().equals(key))
                .findFirst()
                .orElse(null);
    }

    private static boolean signedBy(String note, @Nullable VerifierKey from, @Nullable VerifierKey to) {
        return from != null && to != null && Checkpoint.isSigned(note, from) && Checkpoint.isSigned(note, to);
    }

    private static JsonNode read(LedgerEntry entry) throws IOException {
        return JSON.readTree(entry.leaf().array());
    }
}
