package com.keeptrusts.gateway.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.journeys.Management;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C11: one client floods the door, and the others keep what they had. */
@Tag("slow")
class FloodsIT {

    private static final int PER_SECOND = 50;
    private static final int ROUNDS = 3;
    private static final Times NONE = new Times(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final int SECONDS = 5;
    private static final int MOST = 6_000;
    private static final int FLOOD = 5_000;
    private static final String OFFENDER = "127.0.0.2";
    private static final Duration HEADERS = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MEBIBYTE = 1024 * 1024;

    /** The flood and the clients share the processors with the gateway. */
    private static final long SHARED_MILLIS = 150;

    @TempDir
    private Path folder;

    private LoadedGateway gateway;

    @BeforeEach
    void open() throws Exception {
        gateway = new LoadedGateway(folder, folder.resolve("data"));
        gateway.start("--max-connections", Integer.toString(MOST));
        gateway.warmUp();
        meanwhile(() -> {});
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    @Test
    void c11_aFloodOfConnections() throws Exception {
        Times calm = NONE;
        Times flooded = NONE;
        JvmState before = state();
        for (int round = 1; round < ROUNDS; round++) {
            calm = calm.best(meanwhile(() -> {}));
            try (var flood = flood()) {
                flooded = flooded.best(meanwhile(() -> flood.start(FLOOD)));
                Await.until(PATIENCE, () -> flood.openingMillis() > 0);
            }
            Await.until(PATIENCE, () -> gateway.metric("keeptrusts_connections_open") < MOST / 4.0);
        }
        calm = calm.best(meanwhile(() -> {}));
        double refusedBefore = gateway.metric("keeptrusts_connections_refused_total");

        try (var flood = flood()) {
            flooded = flooded.best(meanwhile(() -> flood.start(FLOOD)));
            Await.until(PATIENCE, () -> flood.openingMillis() > 0);
            double refused = gateway.metric("keeptrusts_connections_refused_total") - refusedBefore;
            Await.until(HEADERS.plus(PATIENCE), () -> flood.ended() == FLOOD);

            assertThat(flood.openingMillis()).as("the flood is one").isLessThan(5_000);
            assertThat(refused).isBetween(FLOOD - MOST / 2.0, FLOOD / 2.0);
            assertKept(calm, flooded);
            JvmState after = comesBackTo(before);
            FaultTable.holds(
                    "C11",
                    "5,000 connections in 1 s",
                    FLOOD + " connections from one address in " + flood.openingMillis()
                            + " ms, silent or with half a head, `--max-connections " + MOST + "`, beside " + PER_SECOND
                            + " requests/s",
                    (long) refused + " closed at once and counted, the others after " + HEADERS.toSeconds() + " s; "
                            + seen(calm, flooded) + "; " + before + " before, " + after + " afterwards");
        }
    }

    /** Half of them say nothing, the others half of what is needed. */
    private ConnectionFlood flood() throws IOException {
        byte[] half = "POST /v1/chat/completions HTTP/1.1\r\nhost: te".getBytes(ISO_8859_1);
        return new ConnectionFlood(OFFENDER, gateway.address(), List.of(new byte[0], half));
    }

    @Test
    void c11_floodsOfHttp2Frames() throws Exception {
        Times calm = NONE;
        Times flooded = NONE;
        JvmState before = state();
        double counted = gateway.metric("keeptrusts_bad_framing_total");

        try (var flood = new FrameFlood(OFFENDER, gateway.address())) {
            for (int round = 1; round <= ROUNDS; round++) {
                calm = calm.best(meanwhile(() -> {}));
                flooded = flooded.best(meanwhile(flood::start));
                flood.end();
            }

            assertThat(flood.connections()).isGreaterThan(100);
            assertThat(flood.answers()).containsOnly("HTTP/1.1 505 HTTP Version Not Supported");
            assertThat(gateway.metric("keeptrusts_bad_framing_total") - counted).isEqualTo(flood.connections());
            assertKept(calm, flooded);
            JvmState after = comesBackTo(before);
            FaultTable.holds(
                    "C11",
                    "HTTP/2 rapid reset, CONTINUATION flood",
                    flood.connections() + " connections in " + ROUNDS * (SECONDS + 1)
                            + " s that begin with HTTP/2's preface, then "
                            + flood.mebibytes() + " MiB of RST_STREAM and CONTINUATION, beside " + PER_SECOND
                            + " requests/s",
                    "each refused at its first line, closed and counted; " + seen(calm, flooded) + "; " + before
                            + " before, " + after + " afterwards");
        }
    }

    /** How long it took, nearly always, to be answered: on connections that are there, and on new ones. */
    private record Times(long present, long newcomer) {

        /** Others use the machine as well, so the quietest of some rounds counts. */
        Times best(Times other) {
            return new Times(Math.min(present, other.present), Math.min(newcomer, other.newcomer));
        }
    }

    /** Requests as ever for some seconds, in which something else happens; all are served. */
    private Times meanwhile(Runnable happens) throws Exception {
        try (MarkedLoad load = gateway.load(PER_SECOND);
                Newcomers newcomers = Newcomers.start(gateway.address())) {
            load.awaitSent(PER_SECOND);
            happens.run();
            load.awaitSent(SECONDS * PER_SECOND);
            List<MarkedAnswer> answers = load.finish();

            assertThat(answers).allMatch(MarkedAnswer::good);
            assertThat(newcomers.failures()).isEmpty();
            return new Times(MarkedAnswer.percentile(answers, 99), percentile(newcomers.millis()));
        }
    }

    private static long percentile(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * 0.99)));
    }

    private static void assertKept(Times calm, Times flooded) {
        assertThat(flooded.present()).isLessThan(2 * calm.present() + SHARED_MILLIS);
        assertThat(flooded.newcomer()).isLessThan(2 * calm.newcomer() + SHARED_MILLIS);
    }

    private static String seen(Times calm, Times flooded) {
        return "p99 of the others " + calm.present() + " ms before, " + flooded.present()
                + " ms meanwhile, on new connections " + calm.newcomer() + " and " + flooded.newcomer() + " ms";
    }

    private JvmState comesBackTo(JvmState before) throws Exception {
        Await.until(PATIENCE, () -> state().descriptors() <= before.descriptors() + PER_SECOND);
        JvmState after = state();
        assertThat(after.heapBytes()).isLessThan(before.heapBytes() + 16L * MEBIBYTE);
        return after;
    }

    private JvmState state() throws Exception {
        return JvmState.of(
                gateway.process().pid(), Management.of(gateway.process().adminPort()));
    }
}
