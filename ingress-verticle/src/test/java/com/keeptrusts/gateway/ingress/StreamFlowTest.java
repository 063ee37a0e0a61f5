package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Cancel;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFailed;
import com.keeptrusts.gateway.contract.Credit;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Window;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class StreamFlowTest {

    private static final String STREAM = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
    private static final String EVENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";

    private House house;
    private FakeProvider provider;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx).opens();
        provider = FakeProvider.start(vertx, House.NODE, 0);
    }

    @Test
    void aClientThatReadsNothingStopsTheCreditAndIsCutOff_S19_C2(Vertx vertx) throws Exception {
        House strict = House.beside(house, times(Duration.ofMillis(800), Duration.ofSeconds(15)));
        String big = "data: " + "x".repeat(32 * 1024) + "\n\n";
        provider.does(line -> {
            line.started(true);
            sendWithinCredit(line, big);
        });
        try (var client = new RawClient(strict.port(), 4 * 1024)) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));

            Cancel cancel = provider.cancel();

            assertThat(cancel.reason()).isEqualTo("client_too_slow");
            assertThat(sent.get()).as("bytes taken from the provider").isLessThan(8 << 20);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void aClientThatReadsGetsEverythingHoweverMuchItIs() throws Exception {
        String big = "data: " + "x".repeat(32 * 1024) + "\n\n";
        provider.does(line -> {
            line.started(true);
            sendWithinCredit(line, big);
        });

        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));

            assertThat(client.read().bytes().length()).isEqualTo(TOTAL * big.length() + Answers.LAST.length());
        }
    }

    @Test
    void aSilentStreamIsKeptAliveByComments_S15(Vertx vertx) throws Exception {
        House quick = House.beside(house, times(Duration.ofSeconds(30), Duration.ofMillis(300)));
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
        });
        try (var client = new RawClient(quick.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));

            assertThat(client.readUntil(": keep-alive\n\n")).contains(EVENT);
        }
    }

    @Test
    void nothingIsSentWhileNothingIsKnown_S16(Vertx vertx) throws Exception {
        House quick = House.beside(house, times(Duration.ofSeconds(30), Duration.ofMillis(100)));
        provider.does(line ->
                vertx.setTimer(600, _ -> line.fails(Failure.of(ErrorCode.UPSTREAM_TIMEOUT, "No answer in time."))));

        var got = RawClient.chat(quick.port(), STREAM);

        assertThat(got.status()).isEqualTo(504);
        assertThat(got.header("x-should-retry")).isEqualTo("true");
    }

    @Test
    void aLostNodeEndsItsStreamsWithTheErrorFrame_N6() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
        });
        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            client.readUntil("\"a\"");

            house.verticle().nodeLeft(House.NODE);

            assertThat(client.readUntil("[DONE]")).contains("event: error").contains("worker_lost");
        }
    }

    @Test
    void aWorkerThatDoesNotTakeTheCallUpIsReplacedAndItsLateNewsIgnored_N5_N7(Vertx vertx) throws Exception {
        FakeProvider other = FakeProvider.start(vertx, "other-node", 0);
        other.does(line -> {
            line.started(true);
            line.last(Answers.LAST);
        });
        provider.isDeaf();

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body()).isEqualTo(Answers.LAST);
        CompletionCall second = other.call();
        assertThat(second.epoch()).isEqualTo(1);
        assertThat(provider.cancel().epoch()).isZero();
    }

    @Test
    void ofACallThatIsSilentTheWorkerIsAskedAndALostEndIsAFailure_N17(Vertx vertx) throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
        });
        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            client.readUntil("\"a\"");
            Credit question = Objects.requireNonNull(provider.credits.poll(10, SECONDS));
            while (question.asks() == null) {
                question = Objects.requireNonNull(provider.credits.poll(10, SECONDS));
            }

            Bus.of(vertx)
                    .tell(
                            Address.ofIngress(Objects.requireNonNull(question.asks())),
                            new CompletionFailed(
                                    question.requestId(),
                                    question.epoch(),
                                    Long.MAX_VALUE,
                                    Failure.of(ErrorCode.WORKER_LOST, "lost"),
                                    List.of(),
                                    List.of()));

            assertThat(client.readUntil("[DONE]")).contains("event: error").contains("worker_lost");
        }
    }

    @Test
    void aStreamThatWaitsForALostCreditGoesOnWhenItsWorkerIsAsked_N17() throws Exception {
        provider.does(line -> {
            line.started(true);
            sendUntilCreditIsLost(line);
        });

        assertThat(RawClient.chat(house.port(), STREAM).body()).isEqualTo(EVENT.repeat(17) + Answers.LAST);
    }

    /** A worker with room for sixteen frames whose first credit the bus loses. */
    private void sendUntilCreditIsLost(FakeProvider.Line line) {
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 16; i++) {
                    line.events(EVENT);
                }
                Credit lost = provider.credits.take();
                Credit next = provider.credits.take();
                if (next.totalFrames() == lost.frames() && next.totalBytes() == lost.bytes()) {
                    line.events(EVENT);
                    line.last(Answers.LAST);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void whenANodeIsLostItsOtherWorkersAreNotAskedInstead_N5(Vertx vertx) throws Exception {
        List<FakeProvider> there = new ArrayList<>(List.of(provider));
        for (int n = 1; n < 6; n++) {
            there.add(FakeProvider.start(vertx, House.NODE, n));
        }
        there.forEach(FakeProvider::isDeaf);
        FakeProvider other = FakeProvider.start(vertx, "other-node", 0);
        other.does(line -> {
            line.started(true);
            line.last(Answers.LAST);
        });

        var answer = vertx.executeBlocking(() -> RawClient.chat(house.port(), STREAM));
        vertx.executeBlocking(
                        () -> {
                            while (there.stream().allMatch(one -> one.calls.isEmpty())) {
                                Thread.onSpinWait();
                            }
                            return null;
                        },
                        false)
                .await(5, SECONDS);
        house.verticle().nodeLeft(House.NODE);

        assertThat(answer.await(5, SECONDS).body()).isEqualTo(Answers.LAST);
    }

    @Test
    void doneAndTheTerminatorComeInOneRead() throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.last(Answers.LAST);
        });
        for (int i = 0; i < 20; i++) {
            try (var client = new RawClient(house.port())) {
                client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));

                assertThat(client.readOnceFrom("[DONE]")).endsWith("data: [DONE]\n\n\r\n0\r\n\r\n");
            }
        }
    }

    @Test
    void stoppingWaitsForTheStreamsThatRun_N11(Vertx vertx) throws Exception {
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            vertx.setTimer(700, _ -> line.last(Answers.LAST));
        });
        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            client.readUntil("\"a\"");

            var stopped = vertx.undeploy(vertx.deploymentIDs().iterator().next());

            assertThat(client.readUntil("[DONE]")).doesNotContain("error");
            stopped.await(10, SECONDS);
        }
    }

    @Test
    void anAnswerLargerThanTheLimitIsCut() throws Exception {
        IngressConfig plain = Objects.requireNonNull(house.config.get());
        house.config.set(new IngressConfig(
                plain.digest(),
                plain.packName(),
                plain.packVersion(),
                true,
                plain.chain(),
                plain.outputKinds(),
                plain.audit(),
                plain.providerDigest(),
                plain.targets(),
                plain.models(),
                new SizeLimits(1000, EVENT.length() + 1),
                plain.gateway(),
                plain.rateLimits()));
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.events(EVENT);
        });

        assertThat(RawClient.chat(house.port(), STREAM).body()).contains("max_response_bytes");
        assertThat(provider.cancel().reason()).isEqualTo("too_large");
    }

    private static final int TOTAL = 400;
    private final AtomicLong sent = new AtomicLong();

    /** Behaves as a provider must: no more than its window, and more when it gets credit. */
    private void sendWithinCredit(FakeProvider.Line line, String frame) {
        Thread.ofVirtual().start(() -> {
            try {
                int frames = Window.INITIAL.frames();
                int bytes = Window.INITIAL.bytes();
                for (int i = 0; i < TOTAL; i++) {
                    while (frames <= 0 || bytes <= 0) {
                        Credit credit = provider.credits.take();
                        frames += credit.frames();
                        bytes += credit.bytes();
                    }
                    frames--;
                    bytes -= frame.length();
                    sent.addAndGet(frame.length());
                    line.events(frame);
                }
                line.last(Answers.LAST);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static IngressTimings times(Duration stall, Duration comment) {
        IngressTimings usual = IngressTimings.DEFAULT;
        return new IngressTimings(
                usual.policyHop(),
                usual.streamHop(),
                Duration.ofMillis(300),
                usual.auditAppend(),
                usual.workerWait(),
                usual.total(),
                usual.headers(),
                usual.keepAlive(),
                usual.bodyGrace(),
                stall,
                comment,
                usual.linger());
    }
}
