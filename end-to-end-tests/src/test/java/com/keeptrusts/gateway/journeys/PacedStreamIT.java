package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of a thousand events at the pace of the chip: the same bytes, and hardly a delay more than without a gateway. */
class PacedStreamIT {

    private static final int EVENTS = 1_000;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int ROUNDS = 5;
    private static final long ALLOWED_NANOS = 5_000_000;
    private static final Map<String, String> PACE = new TreeMap<>(Map.of(
            "x-sim-rate", "2100", "x-sim-tokens", String.valueOf(EVENTS), "x-sim-ttft-ms", "5", "x-sim-seed", "7"));

    @TempDir
    private Path folder;

    private record Reading(String text, long gapP99Nanos) {}

    @Test
    void aThousandEventsArriveWithTheSameBytesAtTheSamePace() throws Exception {
        String config = """
                pack: {name: pace, version: 0.1.0}
                policies: {chain: [prompt-injection, audit-logger]}
                providers: {targets: [{id: c, provider: "cerebras:chat:llama-3.3-70b"}]}
                """;
        try (LiveGateway gateway = LiveGateway.start(folder, config)) {
            int upstream = gateway.upstream().port();
            int door = gateway.node().port();
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                read(door);
            }

            long leastAdded =
                    Long.MAX_VALUE; // what a gateway adds it adds in each round, what else the machine does not
            for (int round = 0; round < ROUNDS; round++) { // in turns, so that what else the machine does befalls both
                Reading direct = read(upstream);
                Reading through = read(door);
                assertThat(events(through.text()))
                        .isEqualTo(events(direct.text()))
                        .isGreaterThan(EVENTS);
                assertThat(texts(through.text())).isEqualTo(texts(direct.text()));
                leastAdded = Math.min(leastAdded, through.gapP99Nanos() - direct.gapP99Nanos());
            }

            assertThat(leastAdded).isLessThan(ALLOWED_NANOS);
        }
    }

    private static Reading read(int port) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer x")
                .POST(
                        BodyPublishers.ofString(
                                "{\"model\":\"llama-3.3-70b\",\"messages\":[{\"role\":\"user\",\"content\":\"Go on.\"}],\"stream\":true}"));
        new HashMap<>(PACE).forEach(request::header);
        try (InputStream in = HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofInputStream())
                .body()) {
            return read(in);
        }
    }

    private static Reading read(InputStream in) throws IOException {
        var text = new ByteArrayOutputStream();
        long[] gaps = new long[100_000];
        int count = 0;
        byte[] piece = new byte[64 * 1024];
        long last = 0;
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            long now = System.nanoTime();
            if (last != 0) {
                gaps[count++] = now - last;
            }
            last = now;
            text.write(piece, 0, length);
        }
        long[] sorted = Arrays.copyOf(gaps, count);
        Arrays.sort(sorted);
        return new Reading(text.toString(UTF_8), sorted[(int) (count * 0.99)]);
    }

    private static long events(String text) {
        return text.lines().filter(line -> line.startsWith("data:")).count();
    }

    /** Everything but what differs between two calls: the id, the moment, and the measured times. */
    private static String texts(String text) {
        return text.replaceAll("\"id\":\"[^\"]*\"", "")
                .replaceAll("\"created\":[0-9.]+", "")
                .replaceAll("\"time_info\":\\{[^}]*\\}", "");
    }
}
