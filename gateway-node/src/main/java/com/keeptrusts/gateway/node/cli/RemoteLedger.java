package com.keeptrusts.gateway.node.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The logs at a URL, copied: a log that any web server serves, or all those that a gateway's management port lists. The
 * copy is removed when this is closed, unless its place was named.
 */
final class RemoteLedger implements AutoCloseable {

    private static final int SMALL = 1 << 20;

    private final Path copy;
    private final boolean kept;

    private RemoteLedger(Path copy, boolean kept) {
        this.copy = copy;
        this.kept = kept;
    }

    static boolean isUrl(String place) {
        return place.startsWith("http://") || place.startsWith("https://");
    }

    /**
     * Copies everything.
     *
     * @param keep where to; a new directory of the system's if empty
     * @param tell hears what was copied
     */
    static RemoteLedger copy(String url, Optional<Path> keep, Consumer<String> tell) throws IOException {
        Path place = keep.isPresent() ? Files.createDirectories(keep.get()) : Files.createTempDirectory("kt-verify-");
        var remote = new RemoteLedger(place, keep.isPresent());
        try (var files = new HttpFiles(url)) {
            for (Log log : logs(files)) {
                long entries = new LogMirror(files, log.prefix(), place.resolve(log.name())).copy();
                tell.accept("copied " + log.name() + ": " + entries + " signed entries");
            }
            return remote;
        } catch (IOException | RuntimeException e) {
            remote.close();
            throw e;
        }
    }

    Path place() {
        return copy;
    }

    /** Where a log is below the URL, and the name of its copy. */
    private record Log(String prefix, String name) {}

    private static List<Log> logs(HttpFiles files) throws IOException {
        if (files.get("/log.json", SMALL).isPresent()) {
            return List.of(new Log("", "log"));
        }
        for (String root : List.of("", "/keeptrusts/audit")) {
            Optional<byte[]> list = files.get(root + "/logs", SMALL);
            if (list.isPresent()) {
                return listed(root, new String(list.get(), StandardCharsets.UTF_8));
            }
        }
        throw new IOException(
                "no log there (expected: the URL of a directory with log.json, or of a gateway's management port)");
    }

    private static List<Log> listed(String root, String list) throws IOException {
        try {
            var logs = new ArrayList<Log>();
            for (Object log : new JsonObject(list).getJsonArray("logs", new JsonArray())) {
                String name = log instanceof JsonObject one ? one.getString("name", "") : "";
                if (name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")) {
                    logs.add(new Log(root + "/logs/" + name, name));
                }
            }
            if (!logs.isEmpty()) {
                return logs;
            }
        } catch (DecodeException | ClassCastException e) {
            // said below
        }
        throw new IOException(root + "/logs: names no logs");
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
