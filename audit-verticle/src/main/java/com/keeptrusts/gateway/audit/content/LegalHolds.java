package com.keeptrusts.gateway.audit.content;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Which subjects must not be erased, because a court or an authority may ask for what is kept of them. */
public interface LegalHolds {

    /**
     * The hold that a subject is under.
     *
     * @throws IOException when that cannot be told, and nothing may be erased
     */
    Optional<String> over(String pseudonym) throws IOException;

    /**
     * Those of a file {@code {"holds":[{"id":…,"subject":…}]}}, read anew each time; one without a subject is over
     * everyone. Without the file there are none.
     */
    static LegalHolds inFile(Path file) {
        return pseudonym -> {
            try {
                JsonNode holds = JsonMapper.builder()
                        .build()
                        .readTree(Files.readAllBytes(file))
                        .path("holds");
                if (!holds.isArray()) {
                    throw new ContentException(file + ": not readable (expected: an object with a list 'holds')");
                }
                for (JsonNode hold : holds) {
                    String subject = hold.path("subject").asText("");
                    if (subject.isEmpty() || subject.equals(pseudonym)) {
                        return Optional.of(hold.path("id").asText("unnamed"));
                    }
                }
                return Optional.empty();
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (JacksonException e) {
                throw new ContentException(file + ": not readable (expected: JSON); nothing is erased");
            }
        };
    }
}
