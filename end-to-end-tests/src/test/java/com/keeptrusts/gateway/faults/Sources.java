package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of a module's sources, to be changed. */
final class Sources {

    private final Path folder;

    private Sources(Path folder) {
        this.folder = folder;
    }

    static Sources copied(String module, Path to) throws IOException {
        Path from =
                Path.of("..", module, "src", "main", "java").toAbsolutePath().normalize();
        for (Path file : allIn(from, ".java")) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(Objects.requireNonNull(copy.getParent()));
            Files.copy(file, copy);
        }
        return new Sources(to);
    }

    List<Path> files() throws IOException {
        return allIn(folder, ".java");
    }

    /** Changes the class of this simple name. */
    void edit(String name, UnaryOperator<String> change) throws IOException {
        Path file = file(name);
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    /** Writes a class beside the others of the first package, whether it is there or not. */
    void write(String name, String text) throws IOException {
        Files.writeString(files().getFirst().resolveSibling(name + ".java"), text);
    }

    private Path file(String name) throws IOException {
        List<Path> found =
                files().stream().filter(file -> file.endsWith(name + ".java")).toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    static List<Path> allIn(Path folder, String suffix) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }
}
