package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.DONE;
import static com.keeptrusts.gateway.conformance.Chats.chunk;
import static com.keeptrusts.gateway.conformance.Chats.finish;
import static com.keeptrusts.gateway.conformance.GatewayUnderTest.steps;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventView;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that policies read: S1, S2, S10, S12, S14. */
class ReviewedAnswerRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: reviewed-answers, version: 0.1.0}
            policies: {chain: [pii-detector, audit-logger]}
            providers:
              targets: [{id: upstream, provider: cerebras}]
              retry: {max_retries: 0}
              circuit_breaker: {failure_threshold: 10000}
            """);

    @Test
    void s1_anAnswerInWhichNothingIsFoundIsTheSameBytes() throws Exception {
        String json =
                " {\"choices\":[{\"index\":0,\"message\":{\"content\":\"caf\\u00e9 \\/ \\ud800\"}}],\"x\":1.10,\"y\":1E2}\n";

        assertThat(GATEWAY.whole(json).body()).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("com.keeptrusts.gateway.conformance.StreamRowsIT#readableStreams")
    void s2_aStreamInWhichNothingIsFoundIsTheSameBytes(String events) throws Exception {
        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {broken\n\n",
                "data: not json\n\n",
                "data: []\n\n",
                "data: {\"choices\":{}}\n\n",
                "data: {\"text\":\"jane@example.com\"}\n\n",
                "data: {\"choices\":[\"jane@example.com\"]}\n\n",
                "data: {\"choices\":[],\"choices\":[{\"delta\":{\"content\":\"jane@example.com\"}}]}\n\n"
            })
    void s10_anEventThatNoPolicyCanReadEndsTheStream(String event) throws Exception {
        Answer answer = GATEWAY.played(
                Script.body(
                        Script.write(chunk("Mail jane@exam")),
                        new Step.Sleep(20_000),
                        Script.write(event),
                        new Step.Stall()),
                Chats.STREAMED);

        Envelope.server(502, "upstream_invalid_stream", true).assertIs(answer); // what came before is still held back
        Await.until(() -> GATEWAY.upstream().counters().streamsCancelled() == 1);
    }

    @Test
    void s10_anEventOfSeveralDataLinesCannotBeEditedAndEndsTheStream() throws Exception {
        String event = "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"two lines\"}}]}\n\n";

        Envelope.server(502, "upstream_invalid_stream", true).assertIs(GATEWAY.streamed(event, finish(), DONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": comment\n\n",
                "retry: 5\n\n",
                "data: {\"choices\":[],\"usage\":null}\n\n",
                "event: ping\ndata: {\"choices\":[]}\n\n"
            })
    void s10_eventsWithoutTextPassUnread(String event) throws Exception {
        String events = chunk("a") + event + chunk("b") + finish() + DONE;

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events);
    }

    @Test
    void s12_onlyTheLiteralOfTheEditedEventChanges() throws Exception {
        String first =
                "data: { \"x\":1.10, \"choices\":[{\"delta\":{ \"content\" : \"caf\\u00e9 j\\u0061ne@example.com \\/\" },\"index\":0}],\"usage\":null }\r\n\r\n";
        String events = first + chunk("and so on") + finish() + DONE;

        Answer answer = GATEWAY.streamed(events);

        assertThat(answer.body()).isEqualTo(events.replace("j\\u0061ne@example.com", "[EMAIL_REDACTED]"));
    }

    @Test
    void s12_whatIsHeldBackComesBeforeTheFinish() throws Exception {
        Answer answer = GATEWAY.played(
                Script.body(steps(chunk("mail ja"), chunk("ne@exam"), chunk("ple.com"), finish(), DONE)),
                Chats.STREAMED);

        assertThat(Deltas.of(answer.body(), 0)).isEqualTo("mail [EMAIL_REDACTED]");
        assertThat(answer.body()).endsWith(finish() + DONE).doesNotContain("ne@exam");
        EventView outcome = GATEWAY.ledger().of(answer.requestId());
        assertThat(outcome.verdict()).isEqualTo("redact");
        assertThat(outcome.completionTokens()).isEqualTo(5);
    }

    @Test
    void s12_everyTextOfAStreamIsRead() throws Exception {
        String text = "joe@example.com";
        String events = "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"" + text + "\"}}]}\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{\"refusal\":\"" + text + "\"}}]}\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":"
                + "\"{\\\"to\\\":\\\"" + text + "\\\"}\"}}]}}]}\n\n" + chunk(text) + finish() + DONE;

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events.replace(text, "[EMAIL_REDACTED]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'SPEAKER':{'content':[{'type':'text','text':'TEXT'}]}",
                "'SPEAKER':{'tool_calls':[{'index':0,'function':{'name':'TEXT','arguments':'{}'}}]}",
                "'SPEAKER':{'function_call':{'name':'f','arguments':'TEXT '}}",
                "'SPEAKER':{'tool_calls':[{'index':0,'type':'custom','custom':{'name':'f','input':'TEXT'}}]}",
                "'SPEAKER':{'audio':{'id':'a','transcript':'TEXT'}}",
                "'SPEAKER':{'content':'x','annotations':[{'type':'url_citation','url_citation':{'title':'TEXT'}}]}",
                "'SPEAKER':{'reasoning_details':[{'type':'reasoning.text','index':0,'text':'TEXT'}]}",
                "'SPEAKER':{'reasoning_content':'TEXT','reasoning':'TEXT'}",
                "'SPEAKER':{'role':'TEXT'}",
                "'SPEAKER':{'content':'x'},'note':'TEXT'",
                "'SPEAKER':{'content':'x'},'message_of_tomorrow':{'deep':[['TEXT']]}"
            })
    void s12_aTextIsReadInWhateverMemberItStands(String members) throws Exception {
        String text = "mail joe@example.com";
        String said = members.replace('\'', '"').replace("TEXT", text);
        String choice = "{\"choices\":[{\"index\":0," + said + ",\"finish_reason\":\"stop\"}]}";
        String whole = choice.replace("SPEAKER", "message");
        String event = "data: " + choice.replace("SPEAKER", "delta") + "\n\n" + DONE;

        assertThat(GATEWAY.whole(whole).body()).isEqualTo(redacted(whole)).doesNotContain("joe@");
        assertThat(GATEWAY.streamed(event).body()).isEqualTo(redacted(event)).doesNotContain("joe@");
    }

    private static String redacted(String said) {
        String marker = said.contains("\"arguments\":\"mail") ? "\\\"[EMAIL_REDACTED]\\\"" : "[EMAIL_REDACTED]";
        return said.replace("joe@example.com", marker);
    }

    @Test
    void s12_tokensThatComeInAnotherEventThanTheirTextAreReadToo() throws Exception {
        String tokens =
                "{\"content\":[{\"token\":\"joe@\",\"bytes\":[106]},{\"token\":\"example.com\",\"bytes\":[101]}]}";
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":" + tokens + "}]}\n\n";
        String events = chunk("fine ") + event + finish() + DONE;

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events.replace(tokens, "null"));
    }

    @Test
    void s12_theEndOfTheReasoningDoesNotHoldTheAnswerUp() throws Exception {
        String reasoning = "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"So I answer\"}}]}\n\n";
        String sentence = chunk("some forty characters of an answer, say ");
        Script script = Script.body(
                Script.write(reasoning), new Step.Sleep(20_000), Script.write(sentence.repeat(8)), new Step.Stall());

        try (RawConnection connection = GATEWAY.connect()) {
            connection.post(RawConnection.CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(script));

            assertThat(connection.readUntil("\n\n" + sentence.repeat(8)))
                    .contains(reasoning)
                    .doesNotContain("keep-alive", "error");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"jane@example.com\"}",
                "{\"choices\":[\"jane@example.com\"]}",
                "{\"choices\":[],\"choices\":[]}"
            })
    void s14_anAnswerThatNoPolicyCanReadIsNotPassedOn(String json) throws Exception {
        Answer answer = GATEWAY.whole(json);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("jane@example.com");
    }
}
