package com.keeptrusts.gateway.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents say what is so. */
class DocumentsTest {

    private static final Path TOP = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
            return Stream.concat(
                    Stream.of(TOP.resolve("README.md")),
                    docs.filter(file -> file.toString().endsWith(".md")).toList().stream())
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatADocumentLinksToIsThere(Path document) throws Exception {
        Path folder = Objects.requireNonNull(document.getParent());

        assertThat(LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)))
                .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorCodeHasItsRow(ErrorCode code) throws Exception {
        assertThat(Files.readString(TOP.resolve("docs/error-codes.md")))
                .contains("| `" + code.wire() + "` | " + code.status() + " | `" + code.type() + "` | "
                        + (code.retry() ? "yes" : "no") + " |");
    }

    @Test
    void everyRowIsAnErrorCode() throws Exception {
        assertThat(Files.readAllLines(TOP.resolve("docs/error-codes.md")).stream()
                        .filter(line -> line.matches("\\| `\\w+` \\| \\d+ \\|.*"))
                        .map(line -> line.substring(3, line.indexOf('`', 3))))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ErrorCode.values()).map(ErrorCode::wire).toList());
    }

    @Test
    void theReadmeNamesTheTwoCommands() throws Exception {
        assertThat(Files.readString(TOP.resolve("README.md")))
                .contains("./kt quickstart")
                .contains("./kt test");
    }
}
