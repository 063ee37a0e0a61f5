package com.keeptrusts.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What was seen, for docs/faults.md, each left in a file of its own by the test that has just seen it hold. */
final class FaultTable {

    private static final Path LINES = Path.of("target", "faults");

    private FaultTable() {}

    /**
     * To be called at the end of a test.
     *
     * @param row of the fault matrix or of the ledger's own tests
     * @param seen what happened in this run, with its numbers
     */
    static void holds(String row, String fault, String how, String seen) throws IOException {
        Files.createDirectories(LINES);
        String line = "| " + row + " | " + fault + " | " + how + " | " + seen + " |\n";
        Files.writeString(LINES.resolve(row + " " + fault.replaceAll("[^a-zA-Z0-9]+", "-") + ".md"), line);
    }
}
