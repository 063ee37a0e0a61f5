package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.journeys.GatewayProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A second build of this program, as a later version might be: compiled from these sources with other messages (components
 * more and one less, a message that nobody else knows, sent to everyone each second), another schema of audit entries and
 * another version number.
 */
final class LaterBuild {

    static final String VERSION = "9.9.9";

    /** Records that have one component more. */
    private static final List<String> GROWN =
            List.of("PolicyCall", "PolicyVerdict", "CompletionCall", "StreamText", "AppendEntries", "SettingsCall");

    private static final String STEP = """
            package com.keeptrusts.gateway.contract;

            public record PolicyStep(String kind, String settingsDigest) {
                public PolicyStep(String kind, String settingsDigest, int noMore) {
                    this(kind, settingsDigest);
                }

                public int patienceMillis() {
                    return 0;
                }
            }
            """;

    private static final String NEWS = """
            package com.keeptrusts.gateway.contract;

            public record LaterNews(String text) implements BusMessage {
                static void tellEachSecond(io.vertx.core.Vertx vertx) {
                    var everyone = new Address<>("gateway.presence", LaterNews.class, LaterNews.class);
                    vertx.setPeriodic(1_000, _ -> Bus.of(vertx).publish(everyone, new LaterNews("of a later build")));
                }
            }
            """;

    private final Path folder;
    private final Path libraries;

    private LaterBuild(Path folder) {
        this.folder = folder;
        this.libraries = folder.resolve("lib");
    }

    /** Builds it; returns the folder with its libraries. */
    static Path in(Path folder) throws IOException {
        var build = new LaterBuild(folder);
        build.copyLibraries();
        build.contract();
        build.ingress();
        build.version();
        return build.libraries;
    }

    private void copyLibraries() throws IOException {
        Files.createDirectories(libraries);
        try (Stream<Path> jars = Files.list(GatewayProcess.LIBRARIES)) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, libraries.resolve(jar.getFileName().toString()));
            }
        }
    }

    private void contract() throws IOException {
        Sources sources = Sources.copied("gateway-contract", folder.resolve("contract"));
        for (String name : GROWN) {
            sources.edit(name, text -> RecordGrowth.of(text, name, "laterComponent"));
        }
        sources.write("PolicyStep", STEP);
        sources.write("LaterNews", NEWS);
        sources.edit("BusMessage", text -> replaced(text, "permits ", "permits LaterNews, "));
        sources.edit(
                "Bus",
                text -> replaced(
                        text,
                        "public static void prepare(Vertx vertx) {",
                        "public static void prepare(Vertx vertx) { LaterNews.tellEachSecond(vertx);"));
        compile("gateway-contract", sources);
    }

    /** Its audit entries say another schema version, and have a member more. */
    private void ingress() throws IOException {
        Sources sources = Sources.copied("ingress-verticle", folder.resolve("ingress"));
        sources.edit(
                "JourneyEntries",
                text -> replaced(
                        text, "leaf.put(\"v\", 1);", "leaf.put(\"v\", 2); leaf.put(\"later\", \"a member more\");"));
        compile("ingress-verticle", sources);
    }

    private void version() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, VERSION);
        repack("gateway-node", folder.resolve("no-classes"), manifest);
    }

    private void compile(String module, Sources sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(module + "-classes"));
        List<String> options = new ArrayList<>(List.of("--release", "25", "-proc:none", "-nowarn"));
        options.addAll(List.of("-d", classes.toString(), "-cp", classPath()));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var said = new StringWriter();
            boolean compiled = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources.files()))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
        repack(module, classes, null);
    }

    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(libraries)) {
            return String.join(
                    System.getProperty("path.separator"),
                    jars.map(Path::toString).toList());
        }
    }

    /** The module's library with these classes in place of those of the same name, and the manifest, where there is one. */
    private void repack(String module, Path classes, @Nullable Manifest manifest) throws IOException {
        Path old = library(module);
        Path made = libraries.resolve("later-" + old.getFileName());
        try (var from = new JarFile(old.toFile());
                OutputStream file = Files.newOutputStream(made);
                var to = new JarOutputStream(file, manifest == null ? from.getManifest() : manifest)) {
            for (var entry : from.stream().toList()) {
                String name = entry.getName();
                if (!name.equals(JarFile.MANIFEST_NAME) && !entry.isDirectory()) {
                    Path own = classes.resolve(name);
                    put(
                            to,
                            name,
                            Files.exists(own)
                                    ? Files.readAllBytes(own)
                                    : from.getInputStream(entry).readAllBytes());
                }
            }
            for (Path own : Sources.allIn(classes, ".class")) {
                String name = classes.relativize(own).toString();
                if (from.getEntry(name) == null) {
                    put(to, name, Files.readAllBytes(own));
                }
            }
        }
        Files.delete(old);
    }

    private static void put(JarOutputStream to, String name, byte[] bytes) throws IOException {
        to.putNextEntry(new ZipEntry(name));
        to.write(bytes);
        to.closeEntry();
    }

    private Path library(String module) throws IOException {
        try (Stream<Path> jars = Files.list(libraries)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(module + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String replaced(String text, String old, String later) {
        assertThat(text).contains(old);
        return text.replace(old, later);
    }
}
