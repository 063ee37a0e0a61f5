package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.benchmarks.load.BenchCommand;
import com.keeptrusts.gateway.node.cli.ClusterCommand;
import com.keeptrusts.gateway.node.cli.DoctorCommand;
import com.keeptrusts.gateway.node.cli.EvalCommand;
import com.keeptrusts.gateway.node.cli.EventsCommand;
import com.keeptrusts.gateway.node.cli.GatewayCommand;
import com.keeptrusts.gateway.node.cli.InitCommand;
import com.keeptrusts.gateway.node.cli.PolicyCommand;
import com.keeptrusts.gateway.node.cli.QuickstartCommand;
import com.keeptrusts.gateway.node.cli.TrainCommand;
import com.keeptrusts.gateway.simulator.SimulatorCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code kt}. Exit codes: 0 done, 1 the command could not do it, 2 it was called or configured wrongly. */
@Command(
        name = "kt",
        description = "Keeptrusts Gateway: policies, audit and real-time streaming in front of Cerebras.",
        mixinStandardHelpOptions = true,
        versionProvider = Kt.Version.class,
        subcommands = {
            QuickstartCommand.class,
            GatewayCommand.class,
            PolicyCommand.class,
            InitCommand.class,
            DoctorCommand.class,
            EventsCommand.class,
            EvalCommand.class,
            TrainCommand.class,
            ClusterCommand.class,
            SimulatorCommand.class,
            BenchCommand.class,
            GenerateCompletion.class
        })
public final class Kt implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty("hazelcast.logging.type", "slf4j"); // before its first class is loaded
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Kt())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(command.getColorScheme().errorText("kt: " + failure.getMessage()));
                    return failure instanceof IllegalArgumentException ? 2 : 1;
                });
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What {@code kt --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "kt " + Build.version() + " (Java " + Runtime.version().feature() + ")"
            };
        }
    }
}
