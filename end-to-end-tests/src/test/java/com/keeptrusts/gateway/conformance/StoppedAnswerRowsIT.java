package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.DONE;
import static com.keeptrusts.gateway.conformance.Chats.chunk;
import static com.keeptrusts.gateway.conformance.Chats.finish;
import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventView;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a policy stops, or that it cannot judge: S10, S13, S14, E23, and E9 behind the first byte. */
class StoppedAnswerRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: stopped-answers, version: 0.1.0}
            policies: {chain: [attentive, audit-logger]}
            providers:
              targets: [{id: upstream, provider: cerebras}]
              retry: {max_retries: 0}
              circuit_breaker: {failure_threshold: 10000}
            """);

    @ParameterizedTest
    @ValueSource(strings = {"data: {broken\n\n", "data: {\"text\":\"jane@example.com\"}\n\n"})
    void s10_anEventThatNoPolicyCanReadEndsAStreamThatHasBegunWithTheFrame(String event) throws Exception {
        String harmless = chunk("This is a long and harmless beginning. ");
        Script script = Script.body(
                Script.write(harmless + chunk("And it goes on.")),
                new Step.Sleep(50_000),
                Script.write(event),
                new Step.Stall());

        Answer answer = GATEWAY.played(script, Chats.STREAMED);

        Envelope.server(502, "upstream_invalid_stream", true).assertEnds(harmless, answer);
        Await.until(() -> GATEWAY.upstream().counters().streamsCancelled() == 1);
    }

    @Test
    void s13_aStreamThatIsBlockedEndsAsFilteredAndIsCancelled() throws Exception {
        Script script = Script.body(
                Script.write(chunk("This is a long and harmless beginning. ")),
                new Step.Sleep(50_000),
                Script.write(chunk("stop-word")),
                new Step.Stall());

        Answer answer = GATEWAY.played(script, Chats.STREAMED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("stop-word").endsWith("\n\n" + DONE);
        String last = answer.body().substring(0, answer.body().length() - DONE.length());
        last = last.substring(last.lastIndexOf("data: ") + "data: ".length());
        JsonObject choice = new JsonObject(last).getJsonArray("choices").getJsonObject(0);
        assertThat(choice.getString("finish_reason")).isEqualTo("content_filter");
        assertThat(choice.getJsonObject("delta")).isEmpty();
        assertThat(answer.complete()).isTrue();
        Await.until(() -> GATEWAY.upstream().counters().streamsCancelled() == 1);
        EventView outcome = GATEWAY.ledger().of(answer.requestId());
        assertThat(outcome.code()).isEqualTo("output_blocked");
        assertThat(outcome.endedBy()).isEqualTo("policy");
    }

    @Test
    void s14_anAnswerThatIsBlockedIsAnError() throws Exception {
        Answer answer = GATEWAY.whole(Chats.answer("here is the stop-word"));

        new Envelope(400, "policy_violation", "output_blocked", null, false).assertIs(answer);
        assertThat(answer.json().getString("policy")).isEqualTo("attentive");
        assertThat(answer.header("x-keeptrusts-verdict")).isEqualTo("block");
        assertThat(answer.body()).doesNotContain("stop-word");
        assertThat(GATEWAY.ledger().of(answer.requestId()).code()).isEqualTo("output_blocked");
    }

    @Test
    void s14_anAnswerThatIsHeldForAPersonIsAnError() throws Exception {
        Answer answer = GATEWAY.whole(Chats.answer("here is the ask-word"));

        new Envelope(400, "policy_violation", "escalation_required", null, false).assertIs(answer);
        assertThat(GATEWAY.ledger().of(answer.requestId()).verdict()).isEqualTo("escalate");
    }

    @Test
    void e23_aPolicyThatFailsOnAnAnswerIsA500() throws Exception {
        Answer answer = GATEWAY.whole(Chats.answer("here is the fault-word"));

        Envelope.server(500, "policy_error", true).assertIs(answer);
        assertThat(answer.json().getString("policy")).isEqualTo("attentive");
        assertThat(answer.body()).doesNotContain("fault-word");
        assertThat(GATEWAY.ledger().of(answer.requestId()).code()).isEqualTo("policy_error");
    }

    @Test
    void e23_aPolicyThatFailsInTheMiddleOfAStreamEndsItWithTheFrame() throws Exception {
        String harmless = chunk("This is a long and harmless beginning. ");
        Script script = Script.body(
                Script.write(harmless + chunk("And it goes on.")),
                new Step.Sleep(50_000),
                Script.write(chunk("fault-word")),
                new Step.Stall());

        Answer answer = GATEWAY.played(script, Chats.STREAMED);

        Envelope.server(500, "policy_error", true).assertEnds(harmless, answer);
        assertThat(GATEWAY.ledger().of(answer.requestId()).endedBy()).isEqualTo("policy");
        Await.until(() -> GATEWAY.upstream().counters().streamsCancelled() == 1);
    }

    @Test
    void e23_aPolicyThatEditsWhatNobodySaidEndsTheStreamWithTheFrame() throws Exception {
        String harmless = chunk("This is a long and harmless beginning. ");
        Script script = Script.body(
                Script.write(harmless + chunk("And it goes on.")),
                new Step.Sleep(50_000),
                Script.write(chunk("edit-word") + chunk("and on and on and on") + finish() + DONE));

        Answer answer = GATEWAY.played(script, Chats.STREAMED);

        Envelope.server(500, "policy_error", true).assertEnds(harmless, answer);
    }

    @Test
    void e23_aPolicyThatFailsBeforeTheFirstByteHasAStatus() throws Exception {
        Answer answer = GATEWAY.streamed(chunk("fault-word"), finish(), DONE);

        Envelope.server(500, "policy_error", true).assertIs(answer);
    }

    @Test
    void e9_aPolicyThatIsLostInTheMiddleOfAStreamEndsItWithTheFrame() throws Exception {
        String harmless = chunk("This is a long and harmless beginning. ");
        Script script = Script.body(
                Script.write(harmless + chunk("And it goes on.")),
                new Step.Sleep(500_000),
                Script.write(chunk("more")),
                new Step.Stall());
        try (RawConnection connection = GATEWAY.connect()) {
            connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(script));
            String head = connection.head();
            String begun = connection.readUntil("\n\n");
            try (BusFault _ = BusFault.losing(
                    GATEWAY.live().node().vertx(),
                    address -> address.startsWith("policy.") && address.endsWith(".text"))) {
                String rest = connection.readUntil("[DONE]\n\n");

                assertThat(head).startsWith("HTTP/1.1 200");
                assertThat(begun).contains("harmless");
                assertThat(rest)
                        .contains("event: error\n", "\"code\":\"policy_unavailable\"")
                        .doesNotContain("more");
            }
        }
    }
}
