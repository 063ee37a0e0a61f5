package com.keeptrusts.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which tests are about rows of the fault matrix, as the sources of all modules say: by a row in the name of the method,
 * as in {@code n5_...} or {@code ..._N5}, or by {@code @Tag("N5")} at a method or a class.
 */
final class FaultTests {

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(\\w+)\"\\)");
    private static final Pattern TYPE = Pattern.compile("^(?:public )?(?:final )?(?:abstract )?class (\\w+)");
    private static final Pattern METHOD = Pattern.compile("^    (?:public )?void (\\w+)\\(");

    private final List<FaultTest> found = new ArrayList<>();

    private FaultTests() {}

    /**
     * A test of a row.
     *
     * @param type simple name of its class
     * @param method empty where all tests of the class are meant
     * @param slow whether it runs with {@code ./kt test --faults} only
     */
    record FaultTest(RowId row, String type, String method, boolean slow) {

        String name() {
            return method.isEmpty() ? type : type + "." + method;
        }
    }

    /** All of a checkout. */
    static List<FaultTest> in(Path top) throws IOException {
        var tests = new FaultTests();
        try (Stream<Path> modules = Files.list(top)) {
            for (Path sources : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList()) {
                tests.readAll(sources);
            }
        }
        return tests.found;
    }

    private void readAll(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .sorted()
                    .toList()) {
                read(Files.readAllLines(file));
            }
        }
    }

    private void read(List<String> lines) {
        Set<RowId> tagged = new TreeSet<>();
        String type = "";
        boolean slow = false;
        boolean slowTag = false;
        for (String line : lines) {
            Matcher tag = TAG.matcher(line);
            if (tag.find()) {
                RowId.parse(tag.group(1)).ifPresent(tagged::add);
                slowTag |= tag.group(1).equals("slow");
            }
            Matcher ofType = TYPE.matcher(line);
            Matcher ofMethod = METHOD.matcher(line);
            if (ofType.find()) {
                type = ofType.group(1);
                slow = slowTag;
                add(tagged, type, "", slow);
            } else if (ofMethod.find()) {
                for (String word : ofMethod.group(1).split("_", -1)) {
                    RowId.parse(word).ifPresent(tagged::add);
                }
                add(tagged, type, ofMethod.group(1), slow || slowTag);
            } else {
                continue;
            }
            tagged.clear();
            slowTag = false;
        }
    }

    private void add(Set<RowId> rows, String type, String method, boolean slow) {
        rows.forEach(row -> found.add(new FaultTest(row, type, method, slow)));
    }
}
