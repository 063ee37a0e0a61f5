package com.keeptrusts.gateway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM holds on to, in MiB: objects that survive a collection, and memory outside the heap such as the buffers
 * of connections. The process must have been started with {@link #TRACKING}.
 */
record ProcessMemory(double liveHeap, double outsideHeap) {

    static final String TRACKING = "-XX:NativeMemoryTracking=summary";

    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");

    static ProcessMemory of(long pid) {
        jcmd(pid, "GC.run");
        return new ProcessMemory(
                mib(HEAP_USED, jcmd(pid, "GC.heap_info")), mib(OTHER, jcmd(pid, "VM.native_memory", "summary")));
    }

    double total() {
        return liveHeap + outsideHeap;
    }

    private static double mib(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024.0 : Double.NaN;
    }

    private static String jcmd(long pid, String... command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        var all = new String[command.length + 2];
        all[0] = jcmd.toString();
        all[1] = Long.toString(pid);
        System.arraycopy(command, 0, all, 2, command.length);
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
