package com.keeptrusts.gateway.audit.content;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Legal holds as they stand in a file. */
record HoldFile(Path file) implements LegalHolds {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public Optional<String> over(String pseudonym) throws IOException {
        return first(subject -> subject.isEmpty() || subject.equals(pseudonym));
    }

    @Override
    public Optional<String> any() throws IOException {
        return first(_ -> true);
    }

    private Optional<String> first(Predicate<String> subjects) throws IOException {
        try {
            JsonNode holds = JSON.readTree(Files.readAllBytes(file)).path("holds");
            if (!holds.isArray()) {
                throw unreadable();
            }
            for (JsonNode hold : holds) {
                if (subjects.test(hold.path("subject").asText(""))) {
                    return Optional.of(hold.path("name").asText(hold.path("id").asText("unnamed")));
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw unreadable();
        }
    }

    private ContentException unreadable() {
        return new ContentException(
                file + ": not readable (expected: an object with a list 'holds'); nothing is erased");
    }
}
