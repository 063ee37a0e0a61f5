package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.node.config.ConfigFiles;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.config.InvalidConfigException;
import com.keeptrusts.gateway.node.config.PlacedProblem;
import com.keeptrusts.gateway.node.config.UnreadableConfigException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kt policy}: checks a configuration without starting anything. */
@Command(
        name = "policy",
        description = "Check and test a policy configuration.",
        mixinStandardHelpOptions = true,
        subcommands = {PolicyCommand.Lint.class, PolicyTestCommand.class})
public final class PolicyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Exit code 0 valid, 2 invalid, 1 could not run. */
    @Command(
            name = "lint",
            description = "List every mistake of a configuration, with its line and the nearest valid spelling.",
            mixinStandardHelpOptions = true)
    static final class Lint implements Callable<Integer> {

        @Option(
                names = "--file",
                defaultValue = "policy-config.yaml",
                description = "Repeatable: later files win. Default: ${DEFAULT-VALUE}")
        private List<Path> files;

        @Option(names = "--json", description = "Print one JSON document.")
        private boolean json;

        @Option(names = "--effective", description = "Print the merged configuration as well.")
        private boolean effective;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            Vertx vertx = Vertx.vertx();
            try {
                GatewayConfig config = new ConfigFiles(vertx, files).load().await(1, TimeUnit.MINUTES);
                valid(out, config);
                return 0;
            } catch (InvalidConfigException e) {
                invalid(out, e.problems());
                return 2;
            } catch (UnreadableConfigException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return 1;
            } catch (java.util.concurrent.TimeoutException _) {
                spec.commandLine().getErr().println("the files could not be read within a minute");
                return 1;
            } finally {
                vertx.close();
            }
        }

        private void valid(PrintWriter out, GatewayConfig config) {
            if (json) {
                var report = new JsonObject()
                        .put("ok", true)
                        .put("digest", config.digest())
                        .put("errors", new JsonArray())
                        .put("warnings", new JsonArray(config.warnings()));
                out.println((effective ? report.put("effective", config.effective()) : report).encodePrettily());
                return;
            }
            out.println("valid: pack " + config.pack().label() + "  digest " + config.digest());
            config.warnings().forEach(warning -> out.println("warning: " + warning));
            if (effective) {
                out.println(config.effective().encodePrettily());
            }
        }

        private void invalid(PrintWriter out, List<PlacedProblem> problems) {
            if (json) {
                var errors = new JsonArray();
                problems.forEach(problem -> errors.add(problem.toJson()));
                out.println(new JsonObject()
                        .put("ok", false)
                        .put("errors", errors)
                        .put("warnings", new JsonArray())
                        .encodePrettily());
                return;
            }
            problems.forEach(problem -> out.println("error " + problem.problem().code() + " " + problem.describe()));
            out.println(problems.size() == 1 ? "1 error" : problems.size() + " errors");
        }
    }
}
