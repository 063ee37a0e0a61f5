package com.keeptrusts.gateway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulatorCommandTest {

    private final StringWriter errors = new StringWriter();
    private final CommandLine line = new CommandLine(new SimulatorCommand()).setErr(new PrintWriter(errors));

    private SimulatorSettings settings(String... arguments) {
        SimulatorCommand.Run run = line.parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .commandLine()
                .getCommand();
        return run.settings();
    }

    @Test
    void withoutOptionsItPlaysCerebrasOnLoopback() {
        SimulatorSettings settings = settings("run");

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(41_010);
        assertThat(settings.persona()).isEqualTo(Persona.CEREBRAS);
        assertThat(settings.tls()).isEqualTo(Tls.OFF);
    }

    @Test
    void everyOptionArrivesInTheSettings() {
        SimulatorSettings settings = settings(
                "run",
                "--listen=0.0.0.0:7",
                "--persona=openai",
                "--seed=9",
                "--rate=500",
                "--api-key=a",
                "--api-key=b",
                "--set=ttft_ms=5-20",
                "--event-loops=2",
                "--requests-kept=0",
                "--tls=wrong-name");

        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(7);
        assertThat(settings.persona()).isEqualTo(Persona.OPENAI);
        assertThat(settings.seed()).isEqualTo(9);
        assertThat(settings.apiKeys()).containsExactlyInAnyOrder("a", "b");
        assertThat(settings.options().text("ttft_ms")).isEqualTo("5-20");
        assertThat(settings.options().number("rate", 0)).isEqualTo(500);
        assertThat(settings.eventLoops()).isEqualTo(2);
        assertThat(settings.requestsKept()).isZero();
        assertThat(settings.tls()).isEqualTo(Tls.WRONG_NAME);
    }

    @Test
    void aWrongOptionIsAUsageError() {
        assertThat(line.execute("run", "--set=ttfb=1")).isEqualTo(2);
        assertThat(errors.toString()).contains("ttfb");
        assertThat(line.execute()).isEqualTo(2);
    }
}
