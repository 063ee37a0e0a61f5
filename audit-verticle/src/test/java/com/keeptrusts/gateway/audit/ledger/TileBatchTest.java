package com.keeptrusts.gateway.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.segment.FaultyFiles;
import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileBatchTest {

    @TempDir
    private Path folder;

    private final FaultyFiles files = new FaultyFiles();
    private TileBatch batch;

    @BeforeEach
    void open() {
        batch = new TileBatch(files);
    }

    @AfterEach
    void close() throws IOException {
        batch.close();
    }

    @Test
    void filesAppearTogetherOnceTheyAreDurable() throws IOException {
        Files.write(folder.resolve("001"), new byte[] {9, 9, 9});
        batch.add(folder.resolve("001"), new byte[] {1});
        batch.add(folder.resolve("002"), new byte[] {2});
        assertThat(folder.resolve("001")).hasBinaryContent(new byte[] {9, 9, 9});
        assertThat(folder.resolve("002")).doesNotExist();

        batch.settle();

        assertThat(names()).containsExactly("001", "002");
        assertThat(folder.resolve("001")).hasBinaryContent(new byte[] {1});
        assertThat(folder.resolve("002")).hasBinaryContent(new byte[] {2});
    }

    @Test
    void moreFilesThanMayBeOpenBecomeDurableInParts() throws IOException {
        for (int n = 0; n < 200; n++) {
            batch.add(folder.resolve("%03d".formatted(n)), new byte[] {(byte) n});
        }
        batch.settle();

        assertThat(names()).hasSize(200);
        assertThat(folder.resolve("199")).hasBinaryContent(new byte[] {(byte) 199});
    }

    @Test
    void whereOneFlushFailsNoFileAppears() throws IOException {
        files.failFlushesOf("002.new");
        for (String name : List.of("001", "002", "003")) {
            batch.add(folder.resolve(name), new byte[] {1});
        }

        assertThatThrownBy(batch::settle).isInstanceOf(FlushFailedException.class);
        assertThat(names()).containsExactly("001.new", "002.new", "003.new");
    }

    @Test
    void afterAWriteThatFailedTheOthersAreNotLost() throws IOException {
        batch.add(folder.resolve("001"), new byte[] {1});
        files.leaveRoomFor(0);
        assertThatThrownBy(() -> batch.add(folder.resolve("002"), new byte[] {2}))
                .hasMessage("No space left on device");
        files.leaveRoomFor(Long.MAX_VALUE);

        batch.settle();
        assertThat(folder.resolve("001")).hasBinaryContent(new byte[] {1});
        assertThat(folder.resolve("002")).doesNotExist();

        batch.add(folder.resolve("002"), new byte[] {2});
        batch.settle();
        assertThat(names()).containsExactly("001", "002");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
