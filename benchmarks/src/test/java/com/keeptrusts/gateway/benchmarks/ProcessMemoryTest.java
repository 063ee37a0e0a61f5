package com.keeptrusts.gateway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void whatSurvivesACollectionIsCountedAndGarbageIsNot() {
        long pid = ProcessHandle.current().pid();
        ProcessMemory before = ProcessMemory.of(pid);
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            byte[] block = new byte[100_000];
            if (i % 2 == 0) {
                kept.add(block);
            }
        }

        ProcessMemory after = ProcessMemory.of(pid);

        assertThat(kept).hasSize(200);
        assertThat(after.liveHeap() - before.liveHeap()).isBetween(15.0, 30.0);
    }
}
