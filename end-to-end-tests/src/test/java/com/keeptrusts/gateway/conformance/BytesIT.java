package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.DONE;
import static com.keeptrusts.gateway.conformance.Chats.chunk;
import static com.keeptrusts.gateway.conformance.Chats.finish;
import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random documents and streams, cut anywhere: what nobody changes arrives as it was, what is edited changes there only. */
class BytesIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: bytes, version: 0.1.0}
            policies: {chain: [pii-detector, audit-logger]}
            policy: {pii-detector: {categories: [EMAIL]}}
            providers: {targets: [{id: upstream, provider: openrouter, base_url: "http://127.0.0.1:1", secret_key_ref: {env: CEREBRAS_API_KEY}}]}
            """);

    private static final Script ANSWER =
            new Script(false, 200, "application/json", List.of(Script.write(Chats.answer("hi"))));
    private static final int DOCUMENTS = 150;
    private static final int STREAMS = 100;

    @Test
    void r1_randomDocumentsArriveAsTheyWereHoweverTheyAreCut() throws Exception {
        var random = new Random(20261125);
        var documents = new RandomChat(random);
        String[] headers = GATEWAY.play(ANSWER);
        try (RawConnection connection = GATEWAY.connect()) {
            for (int i = 0; i < DOCUMENTS; i++) {
                byte[] body = documents.next("").getBytes(UTF_8);
                send(connection, body, random, headers);

                assertThat(connection.read().status())
                        .as(new String(body, UTF_8))
                        .isEqualTo(200);
                assertThat(Sha256.of(GATEWAY.forwarded().body().getBytes()))
                        .as(new String(body, UTF_8))
                        .isEqualTo(Sha256.of(body));
            }
        }
    }

    @Test
    void r1_aDocumentArrivesAsItWasForEveryCutInTwo() throws Exception {
        byte[] body =
                "{\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"\u00e9\ud83d\ude00\\u00e9\\n\"}],\"x\":-1.0E+2}"
                        .getBytes(UTF_8);
        String head = "POST " + CHAT + " HTTP/1.1\r\nhost: test\r\ncontent-length: " + body.length + "\r\n"
                + RawConnection.lines(GATEWAY.play(ANSWER)) + "\r\n";
        byte[] request = Buffer.buffer(head).appendBytes(body).getBytes();
        try (RawConnection connection = GATEWAY.connect()) {
            for (int cut = 1; cut < request.length; cut++) {
                connection.write(Arrays.copyOfRange(request, 0, cut));
                connection.write(Arrays.copyOfRange(request, cut, request.length));

                assertThat(connection.read().status()).isEqualTo(200);
                assertThat(GATEWAY.forwarded().body().getBytes()).isEqualTo(body);
            }
        }
    }

    @Test
    void r1_deepNestingAndLongStringsArriveAsTheyWere() throws Exception {
        String nested = "[{\"a\":".repeat(30) + "1" + "}]".repeat(30);
        String body = "{\"model\":\"m\",\"messages\":[],\"x\":" + nested + ",\"y\":\"" + "\\u00e9\u00e9".repeat(200_000)
                + "\"}";

        Answer answer = GATEWAY.chat(body, GATEWAY.play(ANSWER));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(Sha256.of(GATEWAY.forwarded().body().getBytes())).isEqualTo(Sha256.of(body.getBytes(UTF_8)));
    }

    @Test
    void r7_nestingWithoutEndIsRefused() throws Exception {
        for (String nested :
                List.of("[".repeat(100_000), "[".repeat(5_000) + "]".repeat(5_000), "{\"a\":".repeat(50_000))) {
            Envelope.invalid("invalid_json")
                    .assertIs(GATEWAY.chat("{\"model\":\"m\",\"messages\":[],\"x\":" + nested + "}"));
        }
        assertThat(GATEWAY.upstream().requests()).isEmpty();
    }

    @Test
    void r2_ofRandomDocumentsOnlyTheFindingChanges() throws Exception {
        var random = new Random(20261126);
        var documents = new RandomChat(random);
        String[] headers = GATEWAY.play(ANSWER);
        try (RawConnection connection = GATEWAY.connect()) {
            for (int i = 0; i < DOCUMENTS; i++) {
                String body = documents.next(" jane.doe@example.com ");
                send(connection, body.getBytes(UTF_8), random, headers);

                assertThat(connection.read().status()).as(body).isEqualTo(200);
                assertThat(GATEWAY.forwarded().bodyText())
                        .isEqualTo(body.replace("jane.doe@example.com", "[EMAIL_REDACTED]"));
            }
        }
    }

    @Test
    void s2_randomStreamsArriveAsTheyWereHoweverTheyAreCut() throws Exception {
        var random = new Random(20261127);
        for (int i = 0; i < STREAMS; i++) {
            String events = new RandomStream(random).next();

            Answer answer = GATEWAY.played(Script.body(pieces(events, random)), Chats.STREAMED);

            assertThat(Sha256.of(answer.bytes().array())).as(events).isEqualTo(Sha256.of(events.getBytes(UTF_8)));
        }
    }

    @Test
    void s2_aStreamArrivesAsItWasForEveryCutInTwo() throws Exception {
        byte[] events = ("\ufeff: hi\r\n\r\n" + chunk("\u00e9\ud83d\ude00").replace("\n", "\r\n")
                        + chunk("b").replace("\n", "\r") + finish() + DONE)
                .getBytes(UTF_8);
        byte[] wanted = Arrays.copyOfRange(events, 3, events.length);
        for (int cut = 1; cut < events.length; cut++) {
            Script script = Script.body(
                    new Step.Write(Buffer.buffer(Arrays.copyOfRange(events, 0, cut))),
                    new Step.Sleep(100),
                    new Step.Write(Buffer.buffer(Arrays.copyOfRange(events, cut, events.length))));

            assertThat(GATEWAY.played(script, Chats.STREAMED).bytes().array())
                    .as("cut at %s", cut)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void s12_whatIsFoundInAStreamIsTakenOutForEveryCutOfItsText() throws Exception {
        String text = "Write to jane.doe@example.com or call.";
        for (int first = 1; first < text.length() - 1; first++) {
            int second = first + 1 + (first * 7) % (text.length() - first - 1);
            String[] parts = {text.substring(0, first), text.substring(first, second), text.substring(second)};

            Answer answer = GATEWAY.streamed(chunk(parts[0]), chunk(parts[1]), chunk(parts[2]), finish(), DONE);

            assertThat(Deltas.of(answer.body(), 0)).isEqualTo("Write to [EMAIL_REDACTED] or call.");
            assertThat(answer.body()).endsWith(finish() + DONE);
        }
    }

    private static void send(RawConnection connection, byte[] body, Random random, String... headers) throws Exception {
        boolean chunked = random.nextBoolean();
        connection.write("POST " + CHAT + " HTTP/1.1\r\nhost: test\r\n"
                + (chunked ? "transfer-encoding: chunked" : "content-length: " + body.length) + "\r\n"
                + RawConnection.lines(headers) + "\r\n");
        for (byte[] piece : cut(body, random)) {
            if (chunked) {
                connection.write(Buffer.buffer(Integer.toHexString(piece.length) + "\r\n")
                        .appendBytes(piece)
                        .appendString("\r\n")
                        .getBytes());
            } else {
                connection.write(piece);
            }
        }
        connection.write(chunked ? "0\r\n\r\n" : "");
    }

    private static List<byte[]> cut(byte[] bytes, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        int most = 1 + random.nextInt(bytes.length);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces;
    }

    private static Step[] pieces(String events, Random random) {
        List<Step> steps = new ArrayList<>();
        for (byte[] piece : cut(events.getBytes(UTF_8), random)) {
            steps.add(new Step.Write(Buffer.buffer(piece)));
            steps.add(random.nextInt(4) == 0 ? new Step.Sleep(50) : new Step.Flush());
        }
        return steps.toArray(Step[]::new);
    }
}
