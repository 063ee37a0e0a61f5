package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static com.keeptrusts.gateway.conformance.RawConnection.COMPLETIONS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.script.Script;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Broken bodies: never a fault of the gateway, never silence, and never personal data past its redaction. */
class MutationIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: mutations, version: 0.1.0}
            policies: {chain: [pii-detector, audit-logger]}
            policy: {audit-logger: {durability: async, log_all_access: false}}
            providers: {targets: [{id: upstream, provider: cerebras}]}
            """);

    private static final Script ANSWER =
            new Script(false, 200, "application/json", List.of(Script.write(Chats.answer("hi"))));
    /** With a letter or a digit behind it, it is another address or none. */
    private static final Pattern PLANTED = Pattern.compile("jane\\.doe@example\\.com(?![\\p{L}\\p{N}])");

    private static final List<String> BODIES = List.of(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"mail jane.doe@example.com now\"}],\"n\":1}",
            "{ \"messages\":[{\"content\":[{\"type\":\"text\",\"text\":\" jane.doe@example.com \"}],\"role\":\"system\"}], \"model\":\"m\" }",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":"
                    + "{\"name\":\"f\",\"arguments\":\"{\\\"to\\\":\\\"jane.doe@example.com\\\"}\"}}]}],\"temperature\":1.10}",
            "{\"model\":\"m\",\"prompt\":[\"a\",\"jane.doe@example.com\"],\"messages\":[],\"user\":\"jane.doe@example.com\"}");
    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u0041",
        "\\ud800",
        "null",
        "true",
        "1e400",
        "-",
        "\u0000",
        "\ufeff",
        "\r\n",
        "//",
        "\"model\"",
        "\"content\"",
        "\"messages\":[]",
        "\"stream\":true,",
        "\u00e9"
    };

    @Test
    void r7_thousandsOfBrokenBodiesAreAnsweredAndNothingPlantedGetsThrough() throws Exception {
        run(3_000, 20261128);
    }

    @Test
    @Tag("slow")
    void r7_aHundredThousandBrokenBodiesAreAnsweredAndNothingPlantedGetsThrough() throws Exception {
        run(100_000, 20261129);
    }

    private static void run(int bodies, long seed) throws Exception {
        var random = new Random(seed);
        int refused = 0;
        int served = 0;
        RawConnection connection = GATEWAY.connect();
        for (int i = 0; i < bodies; i++) {
            if (i % 500 == 0) {
                GATEWAY.upstream().reset(); // forgets the requests, and the script
                GATEWAY.play(ANSWER);
            }
            byte[] body = mutated(random);
            connection.post(random.nextInt(4) == 0 ? COMPLETIONS : CHAT, body, "x-sim-script: answer");
            Answer answer = connection.read();

            if (answer.status() == 200) {
                served++;
                assertNothingPlanted(body);
            } else {
                refused++;
                boolean clear = answer.status() == 400 || isStreamForJson(answer);
                if (!clear) {
                    assertThat(answer.status()).as(new String(body, ISO_8859_1)).isEqualTo(400);
                }
            }
            if (answer.header("connection").equals("close")) {
                connection.close();
                connection = GATEWAY.connect();
            }
        }
        connection.close();
        assertThat(refused).isGreaterThan(bodies / 10);
        assertThat(served).isGreaterThan(bodies / 10);
    }

    /** A mutation asked for a stream, and the script gives none. */
    private static boolean isStreamForJson(Answer answer) {
        return answer.status() == 502 && answer.code().equals("upstream_invalid_stream");
    }

    /** The address may be broken by the mutation; whole it must not arrive. */
    private static void assertNothingPlanted(byte[] body) {
        String arrived = GATEWAY.forwarded().body().toString(UTF_8);
        if (PLANTED.matcher(arrived).find()) {
            throw new AssertionError("arrived: " + arrived + "\nsent: " + new String(body, UTF_8));
        }
    }

    private static byte[] mutated(Random random) {
        byte[] body = BODIES.get(random.nextInt(BODIES.size())).getBytes(UTF_8);
        for (int edits = 1 + random.nextInt(3); edits > 0 && body.length > 0; edits--) {
            body = mutated(body, random);
        }
        return body;
    }

    private static byte[] mutated(byte[] body, Random random) {
        int at = random.nextInt(body.length);
        int to = Math.min(body.length, at + 1 + random.nextInt(6));
        byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(body, at, random);
            case 1 -> joined(body, at, new byte[0], to); // removed
            case 2 -> joined(body, at, token, at); // inserted
            case 3 -> joined(body, at, token, to); // replaced
            case 4 -> joined(body, to, Arrays.copyOfRange(body, at, to), to); // doubled
            case 5 -> Arrays.copyOf(body, at); // cut off
            default -> joined(body, at, new byte[] {(byte) random.nextInt(256)}, Math.min(body.length, at + 1));
        };
    }

    private static byte[] flipped(byte[] body, int at, Random random) {
        byte[] changed = body.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private static byte[] joined(byte[] body, int end, byte[] middle, int from) {
        var out = new ByteArrayOutputStream(body.length + middle.length);
        out.write(body, 0, end);
        out.writeBytes(middle);
        out.write(body, from, body.length - from);
        return out.toByteArray();
    }
}
