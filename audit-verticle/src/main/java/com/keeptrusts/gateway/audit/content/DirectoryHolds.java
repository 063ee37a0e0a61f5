package com.keeptrusts.gateway.audit.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The holds of every log below a data directory, and those of its own file, for a node that writes no log. */
record DirectoryHolds(Path dataDirectory) implements LegalHolds {

    private static final String NAME = "holds.json";

    @Override
    public Optional<String> over(String pseudonym) throws IOException {
        for (LegalHolds file : files()) {
            Optional<String> found = file.over(pseudonym);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> any() throws IOException {
        for (LegalHolds file : files()) {
            Optional<String> found = file.any();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<LegalHolds> files() throws IOException {
        var files = new ArrayList<LegalHolds>();
        files.add(LegalHolds.inFile(dataDirectory.resolve(NAME)));
        Path logs = dataDirectory.resolve("audit");
        if (Files.isDirectory(logs)) {
            try (Stream<Path> found = Files.list(logs)) {
                found.sorted().map(log -> LegalHolds.inFile(log.resolve(NAME))).forEach(files::add);
            }
        }
        return files;
    }
}
