package com.keeptrusts.gateway.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start one process of the gateway: everything on, but for what is said otherwise.
 *
 * @param layers files in {@code benchmarks/config} that go over {@code everything-on.yaml}
 * @param arguments further arguments of {@code kt gateway run}
 * @param jvm options of the JVM
 */
record GatewayProcess(String name, List<String> layers, List<String> arguments, String jvm) {

    GatewayProcess {
        layers = List.copyOf(layers);
        arguments = List.copyOf(arguments);
    }

    static GatewayProcess of(String name, String... layers) {
        return new GatewayProcess(name, List.of(layers), List.of(), "");
    }

    GatewayProcess with(String... more) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new GatewayProcess(name, layers, all, jvm);
    }

    GatewayProcess withJvm(String options) {
        return new GatewayProcess(name, layers, arguments, options);
    }

    Subject start(Path home, Path folder, int port, int upstreamPort) {
        var command = new ArrayList<>(List.of(
                home.resolve("kt").toString(),
                "gateway",
                "run",
                "--listen",
                "127.0.0.1:" + port,
                "--admin-listen",
                "127.0.0.1:" + Ports.free(),
                "--data-dir",
                folder.resolve(name + "-data").toString(),
                "--upstream",
                "http://127.0.0.1:" + upstreamPort,
                "--policy-config",
                home.resolve("benchmarks/config/everything-on.yaml").toString()));
        for (String layer : layers) {
            command.addAll(List.of(
                    "--policy-config",
                    home.resolve("benchmarks/config").resolve(layer).toString()));
        }
        command.addAll(arguments);
        Map<String, String> environment = new HashMap<>(Map.of("CEREBRAS_API_KEY", "test"));
        environment.put("KT_JAVA_OPTS", jvm);
        return new Subject(name, port, List.of(ChildProcess.start(name, folder, command, environment)));
    }
}
