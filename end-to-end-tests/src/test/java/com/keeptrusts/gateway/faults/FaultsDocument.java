package com.keeptrusts.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes docs/faults.md: where each row of the fault matrix is tested, what came of it, and what was seen. */
final class FaultsDocument {

    private static final String MATRIX = "end-to-end-tests/src/test/resources/fault-matrix.txt";

    private FaultsDocument() {}

    /**
     * Prints the document.
     *
     * @param arguments the checkout; the directory with the lines of {@link FaultTable}; how the run is called; and
     *     {@code keep} where lines of the present document stay unless there are newer ones
     */
    public static void main(String[] arguments) throws IOException {
        Path top = Path.of(arguments[0]);
        System.out.print(text(top, seen(top, Path.of(arguments[1]), arguments[3].equals("keep")), arguments[2]));
    }

    /** The rows of the matrix and the fault of each. */
    static Map<RowId, String> matrix(Path top) throws IOException {
        Map<RowId, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(top.resolve(MATRIX))) {
            String[] parts = line.split(" \\| ", 2);
            rows.put(RowId.parse(parts[0]).orElseThrow(), parts[1]);
        }
        return rows;
    }

    private static String text(Path top, Map<String, String> seen, String run) throws IOException {
        var text = new StringBuilder("# What the gateway survives\n\nWritten by ");
        text.append(run).append(".\n").append("""
                Rows are those of the fault matrix: nodes and network (N), clients (C), upstreams (P), disks (K).

                ## Where each row is tested

                Without a mark a test is part of `./kt test`, with `--faults` of `./kt test --faults`, which needs root and Linux.
                The result is the one of the last run in the checkout where this file was written.

                | Row | Fault | Test | | Result |
                |---|---|---|---|---|
                """);
        List<FaultTests.FaultTest> tests = FaultTests.in(top);
        TestResults results = TestResults.in(top);
        matrix(top).forEach((row, fault) -> {
            List<FaultTests.FaultTest> its =
                    tests.stream().filter(test -> test.row().equals(row)).toList();
            if (its.isEmpty()) {
                text.append("| %s | %s | none | | |%n".formatted(row, fault));
            }
            its.forEach(test -> text.append("| %s | %s | `%s` | %s | %s |%n"
                    .formatted(row, fault, test.name(), test.slow() ? "`--faults`" : "", results.of(test))));
        });
        text.append("""

                ## What was seen

                Each line is a test that ran the real program against the real fault and held. Where clients took part, the
                upstream's own journal and what the clients got were compared with the ledger request by request: a prompt that
                reached the upstream has an accepted record that commits to its bytes, an answer whose end reached the client
                has one outcome.

                | Row | Fault | How | Seen |
                |---|---|---|---|
                """);
        seen.values().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static Map<String, String> seen(Path top, Path lines, boolean keep) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        if (keep) {
            String before = Files.readString(top.resolve("docs/faults.md"));
            before.substring(before.indexOf("## What was seen"))
                    .lines()
                    .filter(line -> line.matches("\\| (?!Row|---).*"))
                    .forEach(line -> seen.put(key(line), line));
        }
        try (Stream<Path> files = Files.list(lines)) {
            for (Path file : files.toList()) {
                String line = Files.readString(file).strip();
                seen.put(key(line), line);
            }
        }
        return seen;
    }

    /** By row and fault; rows of the matrix in its order, then others. */
    private static String key(String line) {
        String[] cells = line.split(" \\| ", 3);
        String name = cells[0].substring(2);
        Optional<RowId> row = RowId.parse(name.split("[^A-Z0-9]", 2)[0]);
        String order = row.map(id -> "%d%02d".formatted("NCPK".indexOf(id.letter()), id.number()))
                .orElse("9");
        return order + " " + name + " " + cells[1];
    }
}
