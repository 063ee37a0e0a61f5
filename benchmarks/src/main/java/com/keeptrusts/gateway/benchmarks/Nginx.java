package com.keeptrusts.gateway.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx as a reverse proxy with kept upstream connections, where the machine has it or the script put it. */
final class Nginx {

    private Nginx() {}

    /** Empty where there is no nginx. */
    static Optional<Subject> start(Path home, Path folder, int port, int upstreamPort) {
        return executable(home).map(nginx -> {
            Path absolute = folder.toAbsolutePath();
            Path config = configure(home, absolute, port, upstreamPort);
            var process = ChildProcess.start(
                    "nginx",
                    folder,
                    List.of(nginx.toString(), "-p", absolute.toString(), "-c", config.toString()),
                    Map.of());
            return new Subject("nginx", port, List.of(process));
        });
    }

    private static Path configure(Path home, Path folder, int port, int upstreamPort) {
        boolean root = "root".equals(System.getProperty("user.name"));
        try {
            Files.createDirectories(folder);
            String text = Files.readString(home.resolve("benchmarks/config/nginx.conf"))
                    .replace("@FOLDER@", folder.toString())
                    .replace("@USER@", root ? "user root;" : "")
                    .replace("@UPSTREAM@", Integer.toString(upstreamPort))
                    .replace("@PORT@", Integer.toString(port));
            return Files.writeString(folder.resolve("nginx.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> executable(Path home) {
        return Stream.of(
                        home.resolve("benchmarks/target/nginx/usr/sbin/nginx"),
                        Path.of("/usr/sbin/nginx"),
                        Path.of("/usr/local/sbin/nginx"),
                        Path.of("/usr/local/bin/nginx"),
                        Path.of("/opt/homebrew/bin/nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
