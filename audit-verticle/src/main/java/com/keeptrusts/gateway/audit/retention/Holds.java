package com.keeptrusts.gateway.audit.retention;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The holds of a log, from the file {@code holds.json} beside it. Names of released ones are kept, so that a hold whose
 * entry is met and which the file does not know is taken to be in force.
 */
public record Holds(List<Hold> active, Set<String> released) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Holds {
        active = List.copyOf(active);
        released = Set.copyOf(released);
    }

    /** None when there is no file. */
    public static Holds read(Path file) throws IOException {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            var active = new ArrayList<Hold>();
            for (JsonNode hold : json.path("holds")) {
                active.add(of(hold));
            }
            var released = new LinkedHashSet<String>();
            json.path("released").forEach(name -> released.add(name.asText()));
            return new Holds(active, released);
        } catch (NoSuchFileException e) {
            return new Holds(List.of(), Set.of());
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new LedgerException(file + ": cannot be read, so nothing is removed: "
                    + e.getClass().getSimpleName());
        }
    }

    public void write(LogFiles files, Path file) throws IOException {
        Map<String, Object> json =
                Map.of("holds", active.stream().map(Hold::asMap).toList(), "released", List.copyOf(released));
        files.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    public Holds with(Hold hold) {
        var all = new ArrayList<>(active);
        all.add(hold);
        return new Holds(all, released);
    }

    public Holds without(String name) {
        var gone = new LinkedHashSet<>(released);
        gone.add(name);
        return new Holds(
                active.stream().filter(hold -> !hold.name().equals(name)).toList(), gone);
    }

    /** A name is used once: it tells one hold from every other for ever. */
    public boolean knows(String name) {
        return released.contains(name) || find(name).isPresent();
    }

    public Optional<Hold> find(String name) {
        return active.stream().filter(hold -> hold.name().equals(name)).findFirst();
    }

    /** The hold that may keep something of this pseudonym from being erased. */
    public Optional<Hold> ofSubject(String pseudonym) {
        return active.stream().filter(hold -> hold.coversSubject(pseudonym)).findFirst();
    }

    /** Reads what {@link Hold#asMap} wrote. */
    static Hold of(JsonNode json) {
        return new Hold(
                json.path("name").asText(),
                json.path("reason").asText(),
                json.path("by").asText(),
                moment(json, "from"),
                moment(json, "until"),
                json.hasNonNull("subject") ? json.path("subject").asText() : null);
    }

    private static @Nullable Instant moment(JsonNode json, String name) {
        return json.hasNonNull(name) ? Instant.parse(json.path(name).asText()) : null;
    }
}
