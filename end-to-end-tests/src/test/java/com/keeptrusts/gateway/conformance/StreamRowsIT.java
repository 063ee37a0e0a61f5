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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that no policy reads: S2 to S11, S16, S18. */
class StreamRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: streams, version: 0.1.0}
            policies: {chain: [audit-logger]}
            providers:
              targets: [{id: upstream, provider: cerebras, timeouts: {first_token_ms: 1000, idle_ms: 1000}}]
              retry: {max_retries: 0}
              circuit_breaker: {failure_threshold: 10000}
            """);

    private static final Envelope TRUNCATED = Envelope.server(502, "upstream_truncated", true);
    private static final String ROLE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n";

    static Stream<String> streams() {
        return Stream.concat(
                readableStreams().stream(),
                Stream.of("data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"two lines\"}}]}\n\n"
                        + finish() + DONE));
    }

    /** Those in which policies find every text. */
    static List<String> readableStreams() {
        return List.of(
                ROLE + chunk("a") + chunk("b") + finish() + DONE,
                chunk("caf\\u00e9 \u00e9 \\/ \\ud83d\\ude00 \ud83d\ude00 \\ud800") + finish() + DONE,
                chunk("say [DONE] or data: [DONE]\\n\\n") + chunk("\u2028\u2029\u0085") + finish() + DONE,
                "data:{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"no space\"}}]}\n\n" + finish() + DONE,
                ROLE
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}]}}]}\n\n"
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n"
                        + DONE,
                ROLE
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"hm\"}}]}\n\n"
                        + chunk("a")
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"length\"}]}\n\n"
                        + DONE,
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"new_reason\"}]}\n\n"
                        + DONE);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void s2_aStreamThatNobodyChangesIsTheSameBytes(String events) throws Exception {
        Answer answer = GATEWAY.streamed(events);

        assertThat(answer.body()).isEqualTo(events);
        assertThat(answer.complete()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void s2_aStreamThatComesByteByByteIsTheSameBytes(String events) throws Exception {
        byte[] bytes = events.getBytes(UTF_8);
        Step[] steps = new Step[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            steps[2 * i] = new Step.Write(Buffer.buffer(new byte[] {bytes[i]}));
            steps[2 * i + 1] = new Step.Sleep(20);
        }

        Answer answer = GATEWAY.played(Script.body(steps), Chats.STREAMED);

        assertThat(answer.body()).isEqualTo(events);
    }

    @Test
    void s3_aCompleteEventLeavesThoughNothingFollows() throws Exception {
        try (RawConnection connection = GATEWAY.connect()) {
            Script script = Script.body(Script.write(chunk("first") + "data: {\"cho"), new Step.Stall());
            connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(script));
            connection.head();

            assertThat(connection.readUntil("\n\n")).contains("first");
        }
    }

    @Test
    void s3_eventsThatArriveTogetherLeaveInOneWrite() throws Exception {
        String together = chunk("a") + chunk("b") + chunk("c");

        Answer answer = GATEWAY.played(
                Script.body(
                        Script.write(ROLE + chunk("0")),
                        new Step.Sleep(30_000),
                        Script.write(together),
                        new Step.Sleep(30_000),
                        Script.write(finish() + DONE)),
                Chats.STREAMED);

        assertThat(answer.chunks()).containsExactly(ROLE + chunk("0"), together, finish() + DONE);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void s4_aMissingDoneIsAppendedWhereEveryChoiceHasEnded(int choices) throws Exception {
        String events = choices == 1
                ? chunk("a") + finish()
                : chunk(0, "a") + chunk(1, "b") + finish(1) + chunk(0, "c") + finish(0);
        Script script = Script.body(Script.write(events));

        Answer answer =
                GATEWAY.played(script, "{\"model\":\"m\",\"n\":" + choices + ",\"stream\":true,\"messages\":[]}");

        assertThat(answer.body()).isEqualTo(events + DONE);
        assertThat(GATEWAY.ledger().of(answer.requestId()).endedBy()).isEqualTo("complete");
    }

    @Test
    void s4_aMissingDoneIsAppendedWhereTheUpstreamBreaksOffBehindTheEnd() throws Exception {
        for (Step end : List.of(new Step.Fin(), new Step.Rst())) {
            Answer answer = GATEWAY.played(
                    Script.body(Script.write(chunk("a") + finish()), new Step.Sleep(20_000), end), Chats.STREAMED);

            assertThat(answer.body()).as(end.toString()).isEqualTo(chunk("a") + finish() + DONE);
        }
    }

    @Test
    void s4_aDoneWhoseBlankLineIsMissingIsCompleted() throws Exception {
        Answer answer = GATEWAY.streamed(chunk("a"), finish(), "data: [DONE]");

        assertThat(answer.body()).isEqualTo(chunk("a") + finish() + DONE);
    }

    static List<String> tails() {
        return List.of(
                "",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n",
                "dat",
                ": comment",
                DONE,
                "data: [DONE]");
    }

    @ParameterizedTest
    @MethodSource("tails")
    void s5_aStreamThatEndsBeforeItsFinishGetsTheFrameWithoutItsTail(String tail) throws Exception {
        Answer answer = GATEWAY.streamed(chunk("a"), tail);

        TRUNCATED.assertEnds(chunk("a"), answer);
        assertThat(GATEWAY.ledger().of(answer.requestId()).code()).isEqualTo("upstream_truncated");
        assertThat(GATEWAY.ledger().of(answer.requestId()).endedBy()).isEqualTo("upstream");
    }

    @Test
    void s5_aStreamThatBreaksOffGetsTheFrame() throws Exception {
        for (Step end : List.of(new Step.Fin(), new Step.Rst())) {
            Answer answer = GATEWAY.played(
                    Script.body(Script.write(chunk("a") + "data: {"), new Step.Sleep(20_000), end), Chats.STREAMED);

            TRUNCATED.assertEnds(chunk("a"), answer);
        }
    }

    @Test
    void s5_aChoiceThatHasNotEndedIsMissed() throws Exception {
        String events = chunk(0, "a") + chunk(1, "b") + finish(0);

        Answer answer = GATEWAY.played(
                Script.body(Script.write(events)), "{\"model\":\"m\",\"n\":2,\"stream\":true,\"messages\":[]}");

        TRUNCATED.assertEnds(events, answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ": hello\n\n", "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n"})
    void s5_aStreamThatEndsBeforeItBeginsIsAnErrorWithAStatus(String events) throws Exception {
        TRUNCATED.assertIs(GATEWAY.streamed(events));
    }

    @Test
    void s6_whatFollowsDoneIsNotSeen() throws Exception {
        String events = chunk("a") + finish() + DONE;

        assertThat(GATEWAY.streamed(events + chunk("late")).body()).isEqualTo(events);
        assertThat(GATEWAY.streamed(events, DONE + chunk("late")).body()).isEqualTo(events);
        assertThat(GATEWAY.streamed(events + "\u0000garbage").body()).isEqualTo(events);
    }

    @Test
    void s6_theAnswerEndsWithDoneThoughTheUpstreamStaysOpen() throws Exception {
        String events = chunk("a") + finish() + DONE;
        String[] headers = GATEWAY.play(Script.body(Script.write(events), new Step.Stall()));
        try (RawConnection connection = GATEWAY.connect()) {
            for (int i = 0; i < 3; i++) {
                connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), headers);
                Answer answer = connection.read();
                assertThat(answer.body()).isEqualTo(events);
                assertThat(answer.complete()).isTrue();
            }
        }
    }

    @Test
    void s6_doneAndTheTerminatorLeaveInOneWrite() throws Exception {
        Script script = Script.body(
                Script.write(chunk("a")),
                new Step.Sleep(50_000),
                Script.write(finish()),
                new Step.Sleep(50_000),
                Script.write(DONE));
        try (RawConnection connection = GATEWAY.connect()) {
            connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(script));
            String read = connection.readOnce();
            while (!read.contains("[DONE]")) {
                read = connection.readOnce();
            }

            assertThat(read).endsWith("data: [DONE]\n\n\r\n0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r", "\n"})
    void s7_everyLineEndIsForwardedAsItIs(String end) throws Exception {
        String events = (": hello\n\n" + chunk("a") + chunk("b") + finish() + DONE).replace("\n", end);

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events);
    }

    @Test
    void s7_mixedLineEndsAreForwardedAsTheyAre() throws Exception {
        String events = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\r\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}\r\r\n"
                + "\n\r" + finish().replace("\n\n", "\n\r\n") + "data: [DONE]\r\n\r\n";

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void s7_whatTheGatewayAddsUsesLf(String end) throws Exception {
        String events = (chunk("a") + finish()).replace("\n", end);

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events + DONE);
        TRUNCATED.assertEnds(
                chunk("a").replace("\n", end), GATEWAY.streamed(chunk("a").replace("\n", end)));
    }

    @Test
    void s8_aByteOrderMarkIsStripped() throws Exception {
        String events = chunk("a") + finish() + DONE;

        assertThat(GATEWAY.streamed("\ufeff" + events).body()).isEqualTo(events);
        assertThat(GATEWAY.streamed("\ufeff: hello\n\n" + events).body()).isEqualTo(": hello\n\n" + events);
    }

    @Test
    void s8_anyOtherMarkIsLeft() throws Exception {
        String events = chunk("\ufeffa") + finish() + DONE;

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": keep-alive\n\n",
                ":\n\n",
                "retry: 3000\n\n",
                "id: 17\n",
                "event: message\n",
                "event: ping\ndata: {}\n\n",
                "unknown-field: 5\n\n",
                "\n\n\n",
                "id\nretry\n"
            })
    void s9_linesThatAreNoDataAreForwarded(String line) throws Exception {
        String events = line + chunk("a") + line + chunk("b") + line + finish() + line + DONE;

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"x_groq\":{\"id\":\"1\"}}\n\n",
                "data: {broken\n\n",
                "data: not json\n\n",
                "data: []\n\n",
                "data:\n\n",
                "data: {\"choices\":{}}\n\n",
                "data: {\"a\":1,\"a\":2,\"usage\":{}}\n\n"
            })
    void s10_eventsThatMakeNoSensePassWhereNoPolicyReads(String event) throws Exception {
        String events = chunk("a") + event + finish() + DONE;

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events);
    }

    @Test
    void s11_everyMemberIsKeptAndUsageIsAudited() throws Exception {
        String last =
                "data: {\"id\":\"c\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"index\":0}],\"created\":1.5,"
                        + "\"system_fingerprint\":\"fp\",\"usage\":{\"prompt_tokens\":13,\"completion_tokens\":29,\"total_tokens\":42},"
                        + "\"time_info\":{\"queue_time\":0.00015170099999999998},\"service_tier\":\"flex\",\"new\":[1E2]}\n\n";
        String reasoning =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"so\"},\"reasoning_logprobs\":null}]}\n\n";

        Answer answer = GATEWAY.streamed(reasoning, chunk("a"), last, DONE);

        assertThat(answer.body()).isEqualTo(reasoning + chunk("a") + last + DONE);
        assertThat(GATEWAY.ledger().of(answer.requestId()).promptTokens()).isEqualTo(13);
        assertThat(GATEWAY.ledger().of(answer.requestId()).completionTokens()).isEqualTo(29);
    }

    @ParameterizedTest
    @CsvSource({
        "x-sim-error: queue_exceeded,        429",
        "x-sim-error: context_length_exceeded, 400",
        "x-sim-error: server_error,          502",
        "x-sim-status: 503,                  503",
        "x-sim-refuse: fin,                  502",
        "x-sim-refuse: hang,                 504"
    })
    void s16_beforeTheFirstEventAFailureHasItsStatus(String fault, int status) throws Exception {
        Answer answer = GATEWAY.chat(Chats.STREAMED, fault);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().getInteger("status_code")).isEqualTo(status);
    }

    @Test
    void s16_theStatusWaitsForTheFirstEventThatSaysSomething() throws Exception {
        String error =
                "data: {\"error\":{\"message\":\"busy\",\"type\":\"too_many_requests_error\",\"param\":\"quota\","
                        + "\"code\":\"queue_exceeded\"},\"status_code\":429}\n\n";

        Answer answer = GATEWAY.streamed(ROLE, ": hello\n\n", error);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("queue_exceeded");
    }

    @Test
    void s16_anUpstreamThatOnlySaysWhoSpeaksIsTooLate() throws Exception {
        Answer answer = GATEWAY.played(Script.body(Script.write(ROLE), new Step.Stall()), Chats.STREAMED);

        Envelope.server(504, "upstream_timeout", true).assertIs(answer);
    }

    @Test
    void s18_aStreamHasTheHeadersOfAStream() throws Exception {
        Answer answer = GATEWAY.streamed(chunk("a"), finish(), DONE);

        assertThat(answer.headers("content-type")).containsExactly("text/event-stream; charset=utf-8");
        assertThat(answer.headers("cache-control")).containsExactly("no-cache");
        assertThat(answer.headers("x-accel-buffering")).containsExactly("no");
        assertThat(answer.headers("content-encoding")).isEmpty();
        assertThat(answer.headers("content-length")).isEmpty();
        assertThat(answer.headers("transfer-encoding")).containsExactly("chunked");
        assertThat(answer.headers("set-cookie")).isEmpty();
        assertThat(answer.requestId()).isNotBlank();
    }

    @Test
    void s18_anAnswerInOneEventHasTheHeadersOfAStreamToo() throws Exception {
        String events =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n"
                        + DONE;

        Answer answer = GATEWAY.streamed(events);

        assertThat(answer.body()).isEqualTo(events);
        assertThat(answer.headers("content-length")).isEmpty();
        assertThat(answer.headers("transfer-encoding")).containsExactly("chunked");
    }

    @Test
    void s2_aStreamOfTheSimulatorIsTheSameBytes() throws Exception {
        String[] pace = {"x-sim-tokens: 300", "x-sim-rate: 0", "x-sim-seed: 5", "x-sim-flush-ms: 3-9"};

        List<String> throughTheGateway = lines(GATEWAY.chat(Chats.STREAMED, pace));
        List<String> direct;
        try (var connection = new RawConnection(GATEWAY.upstream().port())) {
            String[] key = Arrays.copyOf(pace, pace.length + 1);
            key[pace.length] = "authorization: Bearer k";
            connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), key);
            direct = lines(connection.read());
        }

        assertThat(throughTheGateway).hasSizeGreaterThan(300).isEqualTo(direct);
    }

    /** Without what is different in every answer of the simulator: its id, its time, and how long it took. */
    private static List<String> lines(Answer answer) {
        return answer.body()
                .lines()
                .map(line -> line.replaceAll("\"(id|created|time_info)\":(\"[^\"]*\"|[0-9.]+|\\{[^}]*})", ""))
                .toList();
    }
}
