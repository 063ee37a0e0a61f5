package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DrainTest {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private Vertx vertx;
    private House house;
    private FakeProvider provider;

    @BeforeEach
    void open(Vertx vertx) throws Exception {
        this.vertx = vertx;
        house = House.on(vertx);
        house.opens(house.options(FailMode.BLOCK).withNotice(NOTICE));
        provider = FakeProvider.start(vertx, House.NODE, 0);
    }

    @Test
    void aNodeThatGivesNoticeServesOnAndEndsEachConnectionWithItsAnswer() throws Exception {
        try (var open = new RawClient(house.port());
                var streaming = new RawClient(house.port())) {
            house.status.leave();

            assertThat(RawClient.get(house.port(), "/readyz").status()).isEqualTo(503);
            open.sendPost("/v1/chat/completions", ASK.getBytes(UTF_8));
            RawClient.Answer answer = open.read();
            provider.does(line -> {
                line.started(true);
                line.last("data: [DONE]\n\n");
            });
            streaming.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            RawClient.Answer streamed = streaming.read();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(open.isClosedByPeer()).isTrue();
            assertThat(streamed.header("connection")).isEqualTo("close");
            assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
            assertThat(streaming.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void afterTheNoticeConnectionsAreRefusedIdleOnesClosedAndRunningStreamsFinish() throws Exception {
        BlockingQueue<FakeProvider.Line> lines = new LinkedBlockingQueue<>();
        provider.does(line -> {
            line.started(true);
            line.events("data: first\n\n");
            lines.add(line);
        });
        try (var running = new RawClient(house.port());
                var idle = new RawClient(house.port())) {
            running.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            running.readUntil("data: first");

            Future<?> stopped = vertx.undeploy(house.deployment());

            assertThat(idle.isClosedByPeer()).isTrue();
            assertThatThrownBy(() -> new RawClient(house.port())).isInstanceOf(ConnectException.class);
            assertThat(stopped.isComplete()).isFalse();
            lines.take().last("data: [DONE]\n\n");
            assertThat(running.readUntil("[DONE]")).contains("data: [DONE]");
            assertThat(running.isClosedByPeer()).isTrue();
            stopped.await(5, SECONDS);
        }
    }

    @Test
    void withoutANoticeThePortStaysOpenAndSaysWhyUntilTheLastStreamHasEnded() throws Exception {
        House abrupt = House.beside(house, FailMode.BLOCK);
        BlockingQueue<FakeProvider.Line> lines = new LinkedBlockingQueue<>();
        provider.does(line -> {
            line.started(true);
            line.events("data: first\n\n");
            lines.add(line);
        });
        try (var running = new RawClient(abrupt.port())) {
            running.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            running.readUntil("data: first");

            Future<?> stopped = vertx.undeploy(abrupt.deployment());

            RawClient.Answer refused = RawClient.chat(abrupt.port(), ASK);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("shutting_down");
            lines.take().last("data: [DONE]\n\n");
            assertThat(running.readUntil("[DONE]")).contains("data: [DONE]");
            stopped.await(5, SECONDS);
            assertThatThrownBy(() -> new RawClient(abrupt.port())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aRequestThatArrivesWhileThePortIsBeingClosedIsServed() throws Exception {
        try (var open = new RawClient(house.port())) {
            Future<?> stopped = vertx.undeploy(house.deployment());
            awaitRefusal();

            open.sendPost("/v1/chat/completions", ASK.getBytes(UTF_8));

            assertThat(open.read().status()).isEqualTo(200);
            assertThat(open.isClosedByPeer()).isTrue();
            stopped.await(5, SECONDS);
        }
    }

    /** The test's own time limit ends a vain wait. */
    private void awaitRefusal() throws Exception {
        while (true) {
            try {
                new RawClient(house.port()).close();
            } catch (ConnectException _) {
                return;
            }
            vertx.timer(5).await(5, SECONDS);
        }
    }

    @Test
    void aCallThatAProviderWorkerRefusesBecauseItStopsGoesToAnother() throws Exception {
        provider.refuses(Failure.of(ErrorCode.SHUTTING_DOWN, "the provider worker is stopping"));
        FakeProvider.start(vertx, "another-node", 0);

        assertThat(RawClient.chat(house.port(), ASK).status()).isEqualTo(200);
        assertThat(provider.calls).hasSize(1);
    }
}
