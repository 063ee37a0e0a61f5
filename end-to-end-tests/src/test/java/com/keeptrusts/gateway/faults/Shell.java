package com.keeptrusts.gateway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Commands of the operating system, most of which need root. */
public final class Shell {

    private Shell() {}

    /** Whether the commands may be used at all. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The process keeps its memory and its connections and does nothing. */
    static void freeze(long pid) throws IOException, InterruptedException {
        run("kill", "-STOP", Long.toString(pid));
    }

    /** The process goes on. */
    static void thaw(long pid) throws IOException, InterruptedException {
        run("kill", "-CONT", Long.toString(pid));
    }

    /** Returns what it printed; fails when it fails. */
    public static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}
