package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Management;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a running JVM holds.
 *
 * @param heapBytes live after a collection that was asked for
 * @param descriptors open files and sockets
 */
record JvmState(long heapBytes, int descriptors, int threads) {

    private static final int MEBIBYTE = 1024 * 1024;

    static JvmState of(long pid, Management management) throws IOException, InterruptedException {
        Shell.run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), "GC.run");
        long heap = (long) management.metric("jvm_gc_live_data_size_bytes");
        return new JvmState(heap, entries(Path.of("/proc/" + pid + "/fd")), entries(Path.of("/proc/" + pid + "/task")));
    }

    private static int entries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return (int) all.count();
        }
    }

    long heapMebibytes() {
        return Math.round((double) heapBytes / MEBIBYTE);
    }

    @Override
    public String toString() {
        return heapMebibytes() + " MiB, " + descriptors + " descriptors, " + threads + " threads";
    }
}
