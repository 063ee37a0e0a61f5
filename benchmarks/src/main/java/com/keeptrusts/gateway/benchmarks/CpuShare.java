package com.keeptrusts.gateway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A control group of Linux in which processes together get no more than a share of one core, in periods of ten milliseconds.
 * Needs root. Closing lets the processes go.
 */
final class CpuShare implements AutoCloseable {

    private static final long PERIOD_MICROS = 10_000;
    private static final Path FIRST = Path.of("/sys/fs/cgroup/cpu");
    private static final Path SECOND = Path.of("/sys/fs/cgroup");

    private final Path parent;
    private final Path group;

    private CpuShare(Path parent, Path group) {
        this.parent = parent;
        this.group = group;
    }

    /** Whether this process may make such groups. */
    static boolean available() {
        return Files.isWritable(FIRST.resolve("cgroup.procs")) || Files.isWritable(SECOND.resolve("cgroup.procs"));
    }

    /**
     * Confines running processes.
     *
     * @param share of one core, as in 0.25
     * @throws IOException when the system does not allow it
     */
    static CpuShare of(String name, double share, List<Long> pids) throws IOException {
        boolean first = Files.isWritable(FIRST.resolve("cgroup.procs"));
        Path parent = first ? FIRST : SECOND;
        Path group = parent.resolve("keeptrusts-" + ProcessHandle.current().pid() + "-" + name);
        Files.createDirectory(group);
        var made = new CpuShare(parent, group);
        long quota = Math.round(share * PERIOD_MICROS);
        if (first) {
            Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
            Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
        } else {
            Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
        }
        made.take(group, pids);
        return made;
    }

    private void take(Path into, List<Long> pids) throws IOException {
        for (long pid : pids) {
            Files.writeString(into.resolve("cgroup.procs"), Long.toString(pid));
        }
    }

    @Override
    public void close() throws IOException {
        take(
                parent,
                Files.readAllLines(group.resolve("cgroup.procs")).stream()
                        .map(Long::valueOf)
                        .toList());
        Files.delete(group);
    }
}
