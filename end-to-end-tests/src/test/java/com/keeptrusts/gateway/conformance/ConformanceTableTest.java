package com.keeptrusts.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The suite has a test for every row, and docs/conformance.md a line for every test. */
class ConformanceTableTest {

    private static final Path DOCUMENT = Path.of("../docs/conformance.md");

    @Test
    void everyRowOfTheContractHasItsTest() {
        List<String> wanted = Stream.of(ids("R", 26), ids("S", 20), ids("E", 25))
                .flatMap(ids -> ids)
                .toList();

        assertThat(rows().stream().map(RowName::id).distinct()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void theDocumentHasALineForEveryTestAndNoOther() throws Exception {
        List<String> listed = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| [RSE]\\d+ \\|.*"))
                .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2)))
                .toList();

        assertThat(listed)
                .as("./kt test --conformance --write")
                .containsExactlyInAnyOrderElementsOf(rows().stream()
                        .map(row -> "| " + row.id() + " | " + row.what() + " ")
                        .toList());
    }

    private static Stream<String> ids(String letter, int rows) {
        return IntStream.rangeClosed(1, rows).mapToObj(row -> letter + row);
    }

    private static List<RowName> rows() {
        return new ClassFileImporter()
                .importPackages(ConformanceTable.class.getPackageName()).stream()
                        .filter(type -> type.getSimpleName().endsWith("IT"))
                        .map(JavaClass::getMethods)
                        .flatMap(methods -> methods.stream().map(JavaMethod::getName))
                        .flatMap(name -> RowName.of(name).stream())
                        .distinct()
                        .toList();
    }
}
