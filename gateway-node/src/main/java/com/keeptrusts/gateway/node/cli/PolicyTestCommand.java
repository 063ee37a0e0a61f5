package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.node.config.ConfigFiles;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.config.InvalidConfigException;
import com.keeptrusts.gateway.node.config.TestSuites;
import com.keeptrusts.gateway.node.config.TestSuites.Case;
import com.keeptrusts.gateway.node.config.TestSuites.Suite;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt policy test}: the cases of {@code testing.suites} and of {@code tests/*.json}, judged without a network. */
@Command(
        name = "test",
        description = "Run the configuration's own test cases. Exit code 0 when all pass, 1 when one does not.",
        mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {

    @Option(
            names = "--file",
            defaultValue = "policy-config.yaml",
            description = "Repeatable: later files win. Default: ${DEFAULT-VALUE}")
    private List<Path> files;

    @Option(names = "--pack-dir", description = "Folder with tests/*.json. Default: the folder of the first file")
    private @Nullable Path packDir;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, TimeoutException {
        Vertx vertx = Vertx.vertx();
        try {
            GatewayConfig config = new ConfigFiles(vertx, files).load().await(1, TimeUnit.MINUTES);
            List<Suite> suites = new ArrayList<>(config.testing().suites());
            suites.addAll(suitesOfPack());
            return report(new ChainTrial(config).run(suites));
        } catch (InvalidConfigException | ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        } finally {
            vertx.close();
        }
    }

    private int report(List<ChainTrial.Result> results) {
        PrintWriter out = spec.commandLine().getOut();
        boolean ok = results.stream().allMatch(ChainTrial.Result::ok);
        if (json) {
            var cases = new JsonArray();
            results.forEach(result -> cases.add(result.toJson()));
            out.println(new JsonObject().put("ok", ok).put("cases", cases).encodePrettily());
        } else {
            results.forEach(result -> out.println((result.ok() ? "ok   " : "FAIL ") + result.describe()));
            out.println(
                    results.stream().filter(ChainTrial.Result::ok).count() + " of " + results.size() + " cases passed");
        }
        return ok ? 0 : 1;
    }

    private List<Suite> suitesOfPack() throws IOException {
        Path tests = packDir == null ? files.getFirst().resolveSibling("tests") : packDir.resolve("tests");
        if (!Files.isDirectory(tests)) {
            return List.of();
        }
        List<Suite> suites = new ArrayList<>();
        try (Stream<Path> found = Files.list(tests)) {
            for (Path file : found.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                suites.add(suite(file));
            }
        }
        return suites;
    }

    /** A file is one case, or a suite with {@code cases}. */
    private static Suite suite(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            var content = new JsonObject(Files.readString(file));
            if (content.containsKey("cases")) {
                var section = new JsonObject().put("suites", new JsonArray().add(content));
                return Section.read(name, section, TestSuites::from).suites().getFirst();
            }
            Case one = Section.read(name, content, TestSuites::testCase);
            return new Suite(name, "", null, List.of(one));
        } catch (DecodeException _) {
            throw new ConfigException("invalid_json", name, "no JSON object (expected: a case or a suite of cases)");
        }
    }
}
