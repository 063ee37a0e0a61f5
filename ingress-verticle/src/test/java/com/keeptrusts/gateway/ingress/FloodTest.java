package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class FloodTest {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String PATH = "/v1/chat/completions";
    private static final String OTHER = "127.0.0.2";
    private static final int MOST = 8;

    private final List<RawClient> flood = new ArrayList<>();
    private House house;
    private FakeProvider provider;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx).opens();
        provider = FakeProvider.start(vertx, House.NODE, 0);
    }

    @AfterEach
    void endFlood() throws Exception {
        for (RawClient client : flood) {
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /v1/chat"})
    void aConnectionTooManyOfAClientIsClosedAtOnceAndTheOthersAreServed_C11(String sent) throws Exception {
        House strict = strict();
        try (var present = new RawClient(strict.port())) {
            ask(present);
            flood(strict, MOST, sent);

            assertThat(flood.getLast().isClosedByPeer()).isTrue();
            ask(present);
            assertThat(RawClient.chat(strict.port(), ASK).status()).isEqualTo(200);
            assertThat(refused(strict, "client")).isEqualTo(MOST - 4);
            assertThat(refused(strict, "node")).isZero();
        }
    }

    @Test
    void moreThanTheNodeMayHaveAreClosedAtOnce_C11() throws Exception {
        House strict = strict();
        for (int client = 2; client < 2 + MOST; client++) {
            flood.add(open(strict, "127.0.0." + client));
        }

        flood.add(open(strict, "127.0.0.99"));

        assertThat(flood.getLast().isClosedByPeer()).isTrue();
        assertThat(refused(strict, "node")).isOne();
        assertThat(connections(strict)).isEqualTo(MOST);
    }

    @Test
    void thePlacesOfAFloodAreFreeAgainWhenItIsCutOff_C11(Vertx vertx) throws Exception {
        House strict = strict(Times.of(Duration.ofMillis(300), Duration.ofSeconds(5)));
        flood(strict, MOST, "POST /v1/chat");

        for (RawClient client : flood) {
            assertThat(client.isClosedByPeer()).isTrue();
        }

        try (var after = RawClient.from(OTHER, strict.port())) {
            ask(after);
            assertThat(connections(strict)).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfHttp2FramesIsRefusedAtItsFirstLine_C11(Http2Flood frames) throws Exception {
        try (var client = new RawClient(house.port())) {
            assertThat(taken(client, frames.bytes(32 * 1024 * 1024))).isLessThan(24 * 1024 * 1024);
        }

        assertThat(badFraming()).isOne();
        assertThat(house.meters.find("keeptrusts.requests").counters()).isEmpty();
        assertThat(RawClient.chat(house.port(), ASK).status()).isEqualTo(200);
    }

    @Test
    void thePrefaceOfHttp2IsAnsweredInTheVersionThatIsSpokenHere_C11() throws Exception {
        try (var client = new RawClient(house.port())) {
            client.send(Http2Flood.PREFACE);

            assertThat(client.head()).startsWith("HTTP/1.1 505").contains("connection: close");
            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void aHeadThatCannotBeReadIsCounted_C8() throws Exception {
        try (var client = new RawClient(house.port())) {
            client.send("GET /healthz HTTP/1.1\r\nHost: test\r\nX A: one\r\n\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 400");
        }
        assertThat(badFraming()).isOne();
    }

    private House strict() throws Exception {
        return strict(IngressTimings.DEFAULT);
    }

    /** Has had two connections, after which the doorman stands at the port, and has none now. */
    private House strict(IngressTimings timings) throws Exception {
        House strict = House.beside(house, IngressLimits.DEFAULT.withConnections(MOST), timings);
        RawClient.chat(strict.port(), ASK);
        RawClient.chat(strict.port(), ASK);
        long until = System.nanoTime() + SECONDS.toNanos(5);
        while (strict.status.connections().size() > 0 && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return strict;
    }

    /** A client opens so many connections and sends the same on each. */
    private void flood(House strict, int connections, String sent) throws IOException {
        for (int i = 0; i < connections; i++) {
            RawClient client = open(strict, OTHER);
            flood.add(client);
            sendIfOpen(client, sent);
        }
    }

    private static RawClient open(House strict, String address) throws IOException {
        return RawClient.from(address, strict.port());
    }

    private static void sendIfOpen(RawClient client, String text) throws IOException {
        try {
            client.send(text);
        } catch (SocketException e) {
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    private static void ask(RawClient client) throws IOException {
        client.sendPost(PATH, ASK.getBytes(UTF_8));
        assertThat(client.read().status()).isEqualTo(200);
    }

    /** How much the peer lets us send. */
    private static int taken(RawClient client, byte[] bytes) {
        int sent = 0;
        try {
            while (sent < bytes.length) {
                client.send(Arrays.copyOfRange(bytes, sent, sent + 64 * 1024));
                sent += 64 * 1024;
            }
        } catch (IOException e) {
            return sent;
        }
        return sent;
    }

    private static double refused(House strict, String limit) {
        Counter counter = strict.meters
                .find("keeptrusts.connections.refused")
                .tag("limit", limit)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private double badFraming() {
        Counter counter = house.meters.find("keeptrusts.bad.framing").counter();
        return counter == null ? 0 : counter.count();
    }

    private static double connections(House strict) {
        return strict.meters.find("keeptrusts.connections.open").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }
}
