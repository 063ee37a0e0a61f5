package com.keeptrusts.gateway.node.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kt cluster drain}: exit code 0 when the node has said that it drains; it ends by itself afterwards. */
@Command(
        name = "drain",
        description = "Let a node of the cluster finish what it has, then end.",
        mixinStandardHelpOptions = true)
final class DrainNodeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NODE", description = "Its name, as kt cluster status shows it.")
    private String node;

    @Option(
            names = "--admin",
            defaultValue = AdminClient.DEFAULT_URL,
            description = "Management address of any node of the cluster. Default: ${DEFAULT-VALUE}")
    private String admin;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonObject answer = new AdminClient(admin).post("/keeptrusts/cluster/nodes/" + node + "/drain");
        if (answer.containsKey("status")) {
            spec.commandLine().getErr().println(answer.getString("error", answer.encode()));
            return 1;
        }
        spec.commandLine().getOut().println(answer.getString("node") + " is draining");
        return 0;
    }
}
