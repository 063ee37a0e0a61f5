package com.keeptrusts.gateway.benchmarks;

import java.util.List;

/** Something that answers chat completions on a port, and the processes it consists of; none for the upstream itself. */
record Subject(String name, int port, List<ChildProcess> processes) implements AutoCloseable {

    Subject {
        processes = List.copyOf(processes);
    }

    List<Long> pids() {
        return processes.stream().flatMap(process -> process.pids().stream()).toList();
    }

    void requireRunning() {
        processes.forEach(ChildProcess::requireRunning);
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
