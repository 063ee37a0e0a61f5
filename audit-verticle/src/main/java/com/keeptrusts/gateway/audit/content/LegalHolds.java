package com.keeptrusts.gateway.audit.content;

import java.io.IOException;
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

    /** Any hold, over whomever; where texts of many are kept together, it keeps all of them. */
    default Optional<String> any() throws IOException {
        return Optional.empty();
    }

    /** Those of all logs below a data directory (docs/retention.md), and those of its own {@code holds.json}. */
    static LegalHolds inDirectory(Path dataDirectory) {
        return new DirectoryHolds(dataDirectory);
    }

    /**
     * Those of a file {@code {"holds":[{"id":…,"subject":…}]}}, read anew each time; one without a subject is over
     * everyone. Without the file there are none.
     */
    static LegalHolds inFile(Path file) {
        return new HoldFile(file);
    }
}
