package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.journeys.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lets system calls of a running process fail, be late or lie, from its start to its close. */
final class Strace implements AutoCloseable {

    private final Process process;
    private final Path log;

    private Strace(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Returns when every thread of the process is under it.
     *
     * @param inject as strace's option {@code -e inject=} has it
     * @param files the only ones whose calls are meant; all when empty
     */
    static Strace attach(long pid, Path folder, String inject, List<Path> files) throws Exception {
        Path log = Files.createTempFile(folder, "strace", ".log");
        Path said = Files.createTempFile(folder, "strace", ".err");
        String calls = inject.substring(0, inject.indexOf(':'));
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-o",
                log.toString(),
                "-p",
                Long.toString(pid),
                "-e",
                "trace=" + calls,
                "-e",
                "inject=" + inject));
        files.forEach(file -> command.addAll(List.of("-P", file.toString())));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said.toFile())
                .start();
        Await.until(() -> Files.readString(said).contains("attached"));
        return new Strace(process, log);
    }

    /** How many calls it has tampered with. */
    long injected() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("(INJECTED)") || line.contains("(DELAYED)"))
                    .count();
        }
    }

    /** The process goes on without it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
