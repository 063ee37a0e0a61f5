package com.keeptrusts.gateway.simulator;

import com.keeptrusts.gateway.simulator.request.Options;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulator}: what the command line offers of the simulator. */
@Command(
        name = "simulator",
        description = "An upstream without a key and without a network.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SimulatorCommand.Run.class)
public final class SimulatorCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand (expected: run)");
    }

    /** {@code simulator run}: runs until it is interrupted. */
    @Command(name = "run", description = "Runs the simulator until interrupted.", mixinStandardHelpOptions = true)
    static final class Run implements Callable<Integer> {

        @Option(names = "--listen", paramLabel = "host:port", description = "Where to listen (127.0.0.1:41010).")
        private @Nullable String listen;

        @Option(names = "--port", paramLabel = "n", description = "The port alone; 0 takes a free one.")
        private @Nullable Integer port;

        @Option(names = "--persona", paramLabel = "cerebras|openai", description = "The service to play (cerebras).")
        private @Nullable String persona;

        @Option(names = "--seed", paramLabel = "n", description = "Seed of all texts and dice (1).")
        private long seed = 1;

        @Option(names = "--rate", paramLabel = "tokens/s", description = "Pace of every model; 0 = unpaced.")
        private @Nullable Double rate;

        @Option(
                names = "--api-key",
                paramLabel = "key",
                description = "A bearer key to accept; repeatable. Without it any key will do.")
        private List<String> apiKeys = List.of();

        @Option(
                names = "--set",
                paramLabel = "option=value",
                description = "Any x-sim option for all answers, such as ttft_ms=5-20; repeatable.")
        private Map<String, String> options = Map.of();

        @Option(names = "--event-loops", paramLabel = "n", description = "Threads that serve connections (1).")
        private int eventLoops = 1;

        @Option(names = "--requests-kept", paramLabel = "n", description = "Requests to remember (1000).")
        private int requestsKept = 1000;

        @Option(
                names = "--tls",
                paramLabel = "mode",
                description = "off, self_signed, expired, wrong_name or reset (off). With TLS there is HTTP/2.",
                converter = TlsMode.class)
        private Tls tls = Tls.OFF;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            SimulatorSettings settings = settings();
            var vertx = Vertx.vertx();
            var simulator = CerebrasSimulator.start(vertx, settings).await(20, TimeUnit.SECONDS);
            spec.commandLine().getOut().printf("%s simulator: %s%n", settings.persona(), simulator.baseUrl());
            spec.commandLine().getOut().flush();
            var stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "simulator-stop"));
            stopped.await();
            vertx.close().await(5, TimeUnit.SECONDS);
            return 0;
        }

        /** Reads a mode in lower case. */
        static final class TlsMode implements ITypeConverter<Tls> {

            @Override
            public Tls convert(String value) {
                return Tls.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
            }
        }

        SimulatorSettings settings() {
            try {
                var wishes = new LinkedHashMap<>(options);
                if (rate != null) {
                    wishes.put("rate", rate.toString());
                }
                return new SimulatorSettings(
                        host(),
                        port != null ? port : listenPort(),
                        chosenPersona(),
                        new LinkedHashSet<>(apiKeys),
                        Catalogue.of(chosenPersona()),
                        seed,
                        Options.of(wishes),
                        eventLoops,
                        requestsKept,
                        tls);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }

        private Persona chosenPersona() {
            return switch (persona == null ? "cerebras" : persona) {
                case "cerebras" -> Persona.CEREBRAS;
                case "openai" -> Persona.OPENAI;
                default ->
                    throw new IllegalArgumentException("--persona: " + persona + " (expected: cerebras or openai)");
            };
        }

        private String host() {
            return listen == null ? "127.0.0.1" : listen.substring(0, colon(listen));
        }

        private int listenPort() {
            return listen == null ? 41_010 : Integer.parseInt(listen.substring(colon(listen) + 1));
        }

        private static int colon(String address) {
            int colon = address.lastIndexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("--listen: " + address + " (expected: host:port)");
            }
            return colon;
        }
    }
}
