package com.keeptrusts.gateway.benchmarks.load;

import java.time.Duration;
import java.util.Collection;

/** The CPU time that processes have used; on Linux this reads {@code /proc/<pid>/stat}, in ticks of 10 ms. */
public final class ProcessCpu {

    private ProcessCpu() {}

    /** The sum over these processes; one that has ended counts nothing. */
    public static double seconds(Collection<Long> pids) {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(ProcessCpu::seconds)
                .sum();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
