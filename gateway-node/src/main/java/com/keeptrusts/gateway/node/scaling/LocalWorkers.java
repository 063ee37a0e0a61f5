package com.keeptrusts.gateway.node.scaling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes of this program on this machine, each a member of the cluster. They are told to end with SIGTERM and have their
 * time to finish; only one that does not end by itself is killed. Not thread-safe, save {@link #close()}.
 */
public final class LocalWorkers implements AutoCloseable {

    private final List<String> arguments;
    private final Path folder;
    private final Duration farewell;
    private final List<Process> running = new ArrayList<>();
    private final List<Process> ending = new ArrayList<>();
    private int started;
    private boolean closed;

    /**
     * @param arguments of {@code kt} for each of them, but for its data directory
     * @param folder for their data directories
     * @param farewell how long one that was told to end may take
     */
    public LocalWorkers(List<String> arguments, Path folder, Duration farewell) {
        this.arguments = List.copyOf(arguments);
        this.folder = folder;
        this.farewell = farewell;
    }

    /** Starts one more, with the JVM and the options of this process; it is heard when it is ready. */
    public synchronized void start() throws IOException {
        if (closed) {
            return;
        }
        started++;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agentlib:") && !option.startsWith("-javaagent:"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.keeptrusts.gateway.node.Kt"));
        command.addAll(arguments);
        command.addAll(List.of("--data-dir", folder.resolve("worker-" + started).toString()));
        running.add(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Tells the youngest to end; returns at once. Does nothing when there is none. */
    public synchronized void stopOne() {
        if (!running.isEmpty()) {
            Process youngest = running.removeLast();
            youngest.destroy();
            ending.add(youngest);
            Thread.ofVirtual().start(() -> await(youngest, farewell));
        }
    }

    /** How many are meant to run and do. */
    public synchronized int size() {
        ending.removeIf(process -> !process.isAlive());
        return running.size();
    }

    /** Forgets those that have ended although nobody told them to; how many. */
    public synchronized int lost() {
        int before = running.size();
        running.removeIf(process -> !process.isAlive());
        return before - running.size();
    }

    /** Ends all of them; returns when they have ended. */
    @Override
    public synchronized void close() {
        closed = true;
        running.forEach(Process::destroy);
        ending.addAll(running);
        running.clear();
        long until = System.nanoTime() + farewell.toNanos();
        ending.forEach(process -> await(process, Duration.ofNanos(until - System.nanoTime())));
    }

    private static void await(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
