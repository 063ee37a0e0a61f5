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
        for (int i = 0; i < 40; i++) {
            byte[] megabyte = new byte[1 << 20];
            if (i % 2 == 0) {
                kept.add(megabyte);
            }
        }

        ProcessMemory after = ProcessMemory.of(pid);

        assertThat(kept).hasSize(20);
        assertThat(after.liveHeap() - before.liveHeap()).isBetween(15.0, 30.0);
    }
}
