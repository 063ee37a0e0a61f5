package com.keeptrusts.gateway.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ScriptTest {

    private static final String CALL = "{\"model\":\"wire:x\",\"stream\":true,\"messages\":[]}";

    private CerebrasSimulator simulator;
    private Caller caller;

    @BeforeEach
    void startSimulator(Vertx vertx) throws Exception {
        simulator = CerebrasSimulator.start(vertx, SimulatorSettings.cerebras()).await(10, SECONDS);
        caller = new Caller(vertx, simulator.port());
    }

    @Test
    void aRawScriptIsReplayedByteForByte() throws Exception {
        String wire = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1  200 OK\r\nodd\theader: \u00ff\r\n\r\nhalf a bo";
        simulator.script("x", Script.raw(Script.write(wire), new Step.Fin()));

        try (var call = new RawCall(simulator.port(), CALL)) {
            assertThat(call.rest()).isEqualTo(wire);
        }
    }

    @Test
    void aBodyScriptIsFramedByTheServer() throws Exception {
        String encoded = Base64.getEncoder().encodeToString("data: {\"a\":1}\n\n".getBytes(UTF_8));
        var stored = caller.put("/__sim/scripts/x", """
                {"steps":[{"write":"%s"},{"sleep":1500},{"text":"data: [DONE]\\n\\n"},"flush"]}""".formatted(encoded));

        var reply = caller.chat(CALL);

        assertThat(stored.status()).isEqualTo(200);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "text/event-stream; charset=utf-8");
        assertThat(reply.text()).isEqualTo("data: {\"a\":1}\n\ndata: [DONE]\n\n");
        assertThat(simulator.counters().streamsCompleted()).isEqualTo(1);
    }

    @Test
    void aScriptCanReset() throws Exception {
        simulator.script("x", Script.body(Script.write("data: 1\n\n"), new Step.Rst()));

        try (var call = new RawCall(simulator.port(), CALL)) {
            assertThatThrownBy(call::rest).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHalfClosedConnectionIsStillRead() throws Exception {
        simulator.script("x", Script.raw(Script.write("abc"), new Step.HalfClose(), new Step.Stall()));

        try (var call = new RawCall(simulator.port(), CALL)) {
            assertThat(call.rest()).isEqualTo("abc");
            assertThat(simulator.counters().streamsRunning()).isEqualTo(1);
        }
        Eventually.holds(() -> simulator.counters().streamsCancelled() == 1);
    }

    @Test
    void anotherModelCanBeMadeToPlayAScriptByAnOption() throws Exception {
        simulator.script("x", new Script(false, 201, "text/plain", List.of(Script.write("hi"))));

        var reply = caller.chat(Caller.HELLO, "x-sim-script", "x");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text()).isEqualTo("hi");
    }

    @Test
    void aStepThatIsUnknownIsRefused() throws Exception {
        assertThat(caller.put("/__sim/scripts/x", "[\"explode\"]").status()).isEqualTo(400);
    }
}
