package com.keeptrusts.gateway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What figures were measured on, in words. */
final class Machine {

    private Machine() {}

    static String described() {
        return Runtime.getRuntime().availableProcessors() + " processors, "
                + cpuName().orElse("unknown model") + ", Java " + Runtime.version();
    }

    private static Optional<String> cpuName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
