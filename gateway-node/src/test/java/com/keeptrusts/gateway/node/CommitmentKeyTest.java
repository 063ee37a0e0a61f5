package com.keeptrusts.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitmentKeyTest {

    @TempDir
    private Path data;

    @Test
    void itIsMadeOnceAndReadableByItsOwnerAlone() throws Exception {
        Bytes made = CommitmentKey.in(data);

        assertThat(CommitmentKey.in(data)).isEqualTo(made);
        assertThat(made.length()).isEqualTo(32);
        try (var files = Files.list(data.resolve("keys"))) {
            assertThat(files).singleElement().satisfies(file -> {
                assertThat(file).hasFileName("commitment.key");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            });
        }
    }

    @Test
    void oneThatIsNotWholeIsNotReplaced() throws Exception {
        Path file = Files.createDirectories(data.resolve("keys")).resolve("commitment.key");
        Files.write(file, new byte[7]);

        assertThatThrownBy(() -> CommitmentKey.in(data)).hasMessageContaining("7 bytes (expected: 32)");
        assertThat(file).hasBinaryContent(new byte[7]);
    }
}
