package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.DONE;
import static com.keeptrusts.gateway.conformance.Chats.chunk;
import static com.keeptrusts.gateway.conformance.Chats.finish;
import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.LiveGateway;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that shuts down: E24. */
class EndRowsIT {

    private static final String CONFIG = """
            pack: {name: ends, version: 0.1.0}
            policies: {chain: [audit-logger]}
            providers: {targets: [{id: upstream, provider: cerebras}]}
            """;
    private static final Envelope SHUTTING_DOWN = Envelope.server(503, "shutting_down", true);
    private static final String SCRIPT = "x-sim-script: answer";

    @TempDir
    private Path folder;

    private LiveGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = LiveGateway.start(folder, CONFIG);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void e24_newRequestsAreRefusedAndRunningStreamsFinish() throws Exception {
        gateway.upstream()
                .script(
                        "answer",
                        Script.body(
                                Script.write(chunk("a")), new Step.Sleep(1_500_000), Script.write(finish() + DONE)));
        try (RawConnection running = connect();
                RawConnection open = connect();
                RawConnection other = connect()) {
            running.post(CHAT, Chats.STREAMED.getBytes(UTF_8), SCRIPT);
            String head = running.head();

            Future<Void> stopped = drain();

            open.post(CHAT, Chats.PLAIN.getBytes(UTF_8));
            Answer refused = open.read();
            SHUTTING_DOWN.assertIs(refused);
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(refused.header("retry-after-ms")).isEqualTo("100");
            assertThat(open.readToEnd()).isEqualTo(new RawConnection.Rest("", false));
            other.post(CHAT, Chats.STREAMED.getBytes(UTF_8));
            SHUTTING_DOWN.assertIs(other.read());
            assertThat(head).startsWith("HTTP/1.1 200");
            assertThat(running.readUntil(DONE))
                    .contains("\"finish_reason\":\"stop\"")
                    .doesNotContain("error");
            stopped.await(30, TimeUnit.SECONDS);
        }
        assertThat(new LedgerOutcomes(folder.resolve("data")).countWithCode("shutting_down"))
                .isEqualTo(2);
    }

    @Test
    void e24_whatDoesNotFinishInTimeEndsWithTheFrameOrTheStatus() throws Exception {
        gateway.upstream().script("answer", Script.body(Script.write(chunk("a")), new Step.Stall()));
        gateway.upstream().script("nothing", Script.raw(new Step.Stall()));
        try (RawConnection begun = connect();
                RawConnection silent = connect();
                RawConnection whole = connect()) {
            begun.post(CHAT, Chats.STREAMED.getBytes(UTF_8), SCRIPT);
            silent.post(CHAT, Chats.STREAMED.getBytes(UTF_8), "x-sim-script: nothing");
            whole.post(CHAT, Chats.PLAIN.getBytes(UTF_8), "x-sim-script: nothing");
            begun.head();
            Await.until(() -> gateway.upstream().counters().streamsStarted() == 3);

            Future<Void> stopped = drain();

            assertThat(begun.readUntil(DONE))
                    .contains("event: error\ndata: {", "\"code\":\"shutting_down\"")
                    .doesNotContain("finish_reason");
            SHUTTING_DOWN.assertIs(silent.read());
            SHUTTING_DOWN.assertIs(whole.read());
            stopped.await(30, TimeUnit.SECONDS);
        }
        assertThat(gateway.upstream().counters().streamsCancelled()).isEqualTo(3);
    }

    private RawConnection connect() throws Exception {
        return new RawConnection(gateway.node().port());
    }

    /** Begins the end; returns when it has begun. */
    private Future<Void> drain() throws Exception {
        try (RawConnection probe = connect()) {
            Future<Void> stopped = gateway.node().stop();
            Await.until(() -> {
                probe.write("GET /readyz HTTP/1.1\r\nhost: test\r\n\r\n");
                return probe.read().status() == 503;
            });
            return stopped;
        }
    }
}
