package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/faults.md names tests that there are, and every row of the matrix. */
class FaultsDocumentTest {

    private static final Path TOP = Path.of("..");
    private static final Pattern LINE = Pattern.compile("(?m)^\\| ([NCPK]\\d+) \\| .* \\| `([\\w.]+)` \\|.*$");
    private static final Pattern ANY_LINE = Pattern.compile("(?m)^\\| ([NCPK]\\d+) \\|");

    @Test
    void everyTestThatIsNamedIsThereAndOfThatRow() throws Exception {
        Set<String> tests = FaultTests.in(TOP).stream()
                .map(test -> test.row() + " " + test.name())
                .collect(Collectors.toSet());

        List<String> named = LINE.matcher(place())
                .results()
                .map(line -> line.group(1) + " " + line.group(2))
                .toList();

        assertThat(named).as("./kt test --faults --write").isNotEmpty().isSubsetOf(tests);
    }

    @Test
    void everyRowOfTheMatrixIsListed() throws Exception {
        assertThat(ANY_LINE.matcher(place())
                        .results()
                        .map(line -> line.group(1))
                        .distinct())
                .containsExactlyElementsOf(FaultsDocument.matrix(TOP).keySet().stream()
                        .map(RowId::toString)
                        .toList());
    }

    private static String place() throws Exception {
        String document = Files.readString(TOP.resolve("docs/faults.md"));
        return document.substring(0, document.indexOf("## What was seen"));
    }
}
