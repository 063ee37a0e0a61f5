package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.script.Script;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway reads of a request, and what it lets be: R9 to R16. Every policy is on. */
class RequestTextRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: request-texts, version: 0.1.0}
            policies: {chain: [pii-detector, attentive, audit-logger]}
            size_limits: {max_body_bytes: 1048576}
            token_rate_limit: {max_tokens: 1000000, window_seconds: 3600, scope: user, header_names: [x-team]}
            providers:
              targets:
                - {id: upstream, provider: cerebras}
                - {id: other, provider: openai, model: gpt-4o-mini, secret_key_ref: {env: CEREBRAS_API_KEY}}
            """);

    private static final Script ANSWER =
            new Script(false, 200, "application/json", List.of(Script.write(Chats.answer("hi"))));
    private static final Script STREAM = Script.body(Script.write(Chats.chunk("hi") + Chats.finish() + Chats.DONE));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"messages\":[{\"role\":\"user\",\"content\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"system\",\"content\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"developer\",\"content\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"assistant\",\"content\":\"TEXT\"},{\"role\":\"user\",\"content\":\"go on\"}]",
                "\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"function\",\"name\":\"f\",\"content\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"new-role\",\"content\":\"TEXT\"}]",
                "\"messages\":[{\"content\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"TEXT\"}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"TEXT\"}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"TEXT\"}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"new_type\",\"said\":{\"deep\":[\"TEXT\"]}}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[\"TEXT\"]}]",
                "\"messages\":[{\"role\":\"tool\",\"content\":[{\"type\":\"text\",\"text\":\"TEXT\"}]}]",
                "\"messages\":[{\"role\":\"assistant\",\"reasoning\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"assistant\",\"reasoning_content\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"assistant\",\"refusal\":\"TEXT\"}]",
                "\"messages\":[{\"role\":\"user\",\"name\":\"TEXT\",\"content\":\"a\"}]",
                "\"messages\":[\"TEXT\"]",
                "\"messages\":[],\"prediction\":{\"type\":\"content\",\"content\":\"TEXT\"}",
                "\"messages\":[],\"prediction\":{\"type\":\"content\",\"content\":[{\"type\":\"text\",\"text\":\"TEXT\"}]}",
                "\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"TEXT\"}}]",
                "\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"properties\":{\"a\":{\"description\":\"TEXT\"}}}}}]",
                "\"messages\":[],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"description\":\"TEXT\"}}}",
                "\"messages\":[],\"user\":\"TEXT\"",
                "\"messages\":[],\"stop\":[\"TEXT\"]",
                "\"messages\":[],\"future_field\":{\"a\":[{\"b\":\"TEXT\"}]}"
            })
    void r9_everyTextReachesThePoliciesAndIsRedacted(String members) throws Exception {
        String body = "{\"model\":\"m\"," + members.replace("TEXT", "Mail jane.doe@example.com now") + "}";
        AttentivePolicy.seen();

        assertForwarded(body, body.replace("jane.doe@example.com", "[EMAIL_REDACTED]"));

        assertThat(AttentivePolicy.seen()).contains("Mail [EMAIL_REDACTED] now"); // behind pii-detector in the chain
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"TEXT\"}}]",
                "\"function_call\":{\"name\":\"f\",\"arguments\":\"TEXT\"}"
            })
    void r9_argumentsOfToolsReachThePoliciesAndStayJson(String call) throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":null,"
                + call.replace("TEXT", "{\\\"to\\\":\\\"jane.doe@example.com\\\"}") + "}]}";

        assertForwarded(body, body.replace("jane.doe@example.com", "[EMAIL_REDACTED]"));
    }

    @Test
    void r9_aRequestWhoseMessagesSayNothingIsServed() throws Exception {
        for (String message : List.of(
                "{\"role\":\"assistant\",\"content\":null}",
                "{\"role\":\"assistant\"}",
                "{\"role\":\"user\",\"content\":[]}",
                "{\"role\":\"user\",\"content\":\"\"}")) {
            String body = "{\"model\":\"m\",\"messages\":[" + message + "]}";
            GATEWAY.upstream().reset();
            assertForwarded(body, body);
        }
    }

    @Test
    void r10_imagesAndSoundsByValueAreNoText() throws Exception {
        String image = "jane@example.com".repeat(2_000);
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + image
                + "\",\"detail\":\"low\"}},"
                + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"" + image + "\",\"format\":\"wav\"}},"
                + "{\"type\":\"text\",\"text\":\"What is this?\"}]}]}";
        AttentivePolicy.seen();

        assertForwarded(body, body);

        assertThat(AttentivePolicy.seen()).contains("What is this?").noneMatch(text -> text.contains("jane"));
    }

    @Test
    void r10_anAddressOfAnImageIsText() throws Exception {
        String body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                        + "{\"url\":\"https://images.example/?mail=jane@example.com\"}}]}]}";

        assertForwarded(body, body.replace("jane@example.com", "[EMAIL_REDACTED]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"stream\":null,", "\"stream\":false,"})
    void r11_withoutStreamTheAnswerIsJson(String stream) throws Exception {
        Answer answer = GATEWAY.played(ANSWER, "{" + stream + "\"model\":\"m\",\"messages\":[]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void r11_withStreamTheAnswerIsAStreamWhateverIsAccepted() throws Exception {
        Answer answer = GATEWAY.played(STREAM, Chats.STREAMED, "accept: application/json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "0", "[]", "{}", "\"\""})
    void r11_aStreamThatIsNeitherTrueNorFalseIsRefused(String value) throws Exception {
        Envelope.invalid("invalid_type")
                .at("stream")
                .assertIs(GATEWAY.chat("{\"model\":\"m\",\"messages\":[],\"stream\":" + value + "}"));
    }

    @Test
    void r12_usageThatOnlyTheGatewayAskedForIsNotSeen() throws Exception {
        String usage = "data: {\"id\":\"c\",\"choices\":[],\"usage\":" + Chats.USAGE + "}\n\n";
        String finish = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        Script script = Script.body(GatewayUnderTest.steps(Chats.chunk("hi"), finish, usage, Chats.DONE));

        Answer answer = GATEWAY.played(script, "{\"model\":\"other\",\"stream\":true,\"messages\":[]}");

        assertThat(answer.body()).isEqualTo(Chats.chunk("hi") + finish + Chats.DONE);
        assertThat(GATEWAY.ledger().of(answer.requestId()).completionTokens()).isEqualTo(5);
    }

    @Test
    void r12_usageThatATargetSendsByItselfIsNotSeen() throws Exception {
        String usage = "data: {\"id\":\"c\",\"choices\":[],\"usage\":" + Chats.USAGE + "}\n\n";
        String finish = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        Script script = Script.body(GatewayUnderTest.steps(Chats.chunk("hi"), finish, usage, Chats.DONE));

        Answer answer = GATEWAY.played(script, Chats.STREAMED);

        assertThat(answer.body()).isEqualTo(Chats.chunk("hi") + finish + Chats.DONE);
        assertThat(GATEWAY.ledger().of(answer.requestId()).completionTokens()).isEqualTo(5);
    }

    @Test
    void r12_usageThatTheClientAskedForIsSeen() throws Exception {
        String usage = "data: {\"id\":\"c\",\"choices\":[],\"usage\":" + Chats.USAGE + "}\n\n";
        String finish = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        Script script = Script.body(GatewayUnderTest.steps(Chats.chunk("hi"), finish, usage, Chats.DONE));

        Answer answer = GATEWAY.played(
                script,
                "{\"model\":\"other\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}");

        assertThat(answer.body()).isEqualTo(Chats.chunk("hi") + finish + usage + Chats.DONE);
    }

    @Test
    void r13_severalChoicesToolsAndFormatsPass() throws Exception {
        String body =
                "{\"model\":\"m\",\"n\":3,\"logprobs\":true,\"top_logprobs\":5,\"messages\":[],\"tools\":[{\"type\":"
                        + "\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"auto\","
                        + "\"parallel_tool_calls\":false,\"response_format\":{\"type\":\"json_object\"}}";

        assertForwarded(body, body);
    }

    @Test
    void r13_eachChoiceOfAnAnswerIsReviewedOnItsOwn() throws Exception {
        String json = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ask jane@exam\"}},"
                + "{\"index\":1,\"message\":{\"content\":\"ple.com or joe@example.com\"}}]}";

        Answer answer = GATEWAY.played(
                new Script(false, 200, "application/json", List.of(Script.write(json))),
                "{\"model\":\"m\",\"n\":2,\"messages\":[]}");

        assertThat(answer.body()).isEqualTo(json.replace("joe@example.com", "[EMAIL_REDACTED]"));
    }

    @Test
    void r13_eachChoiceOfAStreamIsReviewedOnItsOwn() throws Exception {
        Script script = Script.body(GatewayUnderTest.steps(
                Chats.chunk(0, "mail jane@"),
                Chats.chunk(1, "mail joe@"),
                Chats.chunk(0, "example.com now"),
                Chats.chunk(1, "home"),
                Chats.finish(0),
                Chats.finish(1),
                Chats.DONE));

        Answer answer = GATEWAY.played(script, "{\"model\":\"m\",\"n\":2,\"stream\":true,\"messages\":[]}");

        assertThat(Deltas.of(answer.body(), 0)).isEqualTo("mail [EMAIL_REDACTED] now");
        assertThat(Deltas.of(answer.body(), 1)).isEqualTo("mail joe@home");
    }

    @Test
    void r14_bothTokenLimitsPass() throws Exception {
        String body = "{\"model\":\"m\",\"max_tokens\":17,\"max_completion_tokens\":18,\"messages\":[]}";

        assertForwarded(body, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
    void r14_aTokenLimitIsReserved(String member) throws Exception {
        String body = "{\"model\":\"m\",\"" + member + "\":999900,\"messages\":[]}";
        String[] headers = GATEWAY.play(ANSWER, "x-team: " + member);

        Answer refused = GATEWAY.chat("{\"model\":\"m\",\"" + member + "\":1000001,\"messages\":[]}", headers);
        Answer served = GATEWAY.chat(body, headers);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_limit_exceeded");
        assertThat(served.status()).isEqualTo(200);
        assertThat(GATEWAY.chat(body, headers).status()).isEqualTo(200); // what was not used has been given back
    }

    @Test
    void r15_userAndMetadataAreReadAndMetadataIsStrippedForCerebras() throws Exception {
        AttentivePolicy.seen();

        assertForwarded(
                "{\"model\":\"m\",\"user\":\"u-17\",\"metadata\":{\"ticket\":\"T-4\"},\"messages\":[]}",
                "{\"model\":\"m\",\"user\":\"u-17\",\"messages\":[]}");

        assertThat(AttentivePolicy.seen()).contains("u-17", "T-4", "ticket");
    }

    @Test
    void r15_theLedgerKnowsTheUserByAPseudonym() throws Exception {
        Answer answer = GATEWAY.played(ANSWER, "{\"model\":\"m\",\"user\":\"u-17\",\"messages\":[]}");

        assertThat(GATEWAY.ledger().acceptance(answer.requestId()).toUtf8())
                .contains("\"subject\":\"")
                .doesNotContain("u-17");
    }

    @Test
    void r16_anEmptyBodyIsNoJson() throws Exception {
        Envelope.invalid("invalid_json").assertIs(GATEWAY.chat(""));
        Envelope.invalid("invalid_json").assertIs(GATEWAY.chat(" \n"));
        Envelope.invalid("invalid_json").assertIs(GATEWAY.ask("POST", CHAT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "null", "true"})
    void r16_aBodyThatIsNoObjectIsRefused(String body) throws Exception {
        Envelope.invalid("invalid_type").assertIs(GATEWAY.chat(body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"messages":[]}                                | model
            {"model":null,"messages":[]}                   | model
            {"model":5,"messages":[]}                      | model
            {"model":"m"}                                  | messages
            {"model":"m","messages":null}                  | messages
            {"model":"m","messages":{}}                    | messages
            {"model":"m","messages":"hello"}               | messages
            """)
    void r16_aBodyWithoutModelOrMessagesIsRefused(String body, String param) throws Exception {
        Envelope.invalid("invalid_type").at(param).assertIs(GATEWAY.chat(body));
    }

    @Test
    void r16_aBodyThatIsAnnouncedTooLargeIsRefusedBeforeItIsRead() throws Exception {
        try (RawConnection connection = GATEWAY.connect()) {
            connection.write("POST " + CHAT + " HTTP/1.1\r\nhost: test\r\ncontent-length: 1048577\r\n\r\n");

            tooLarge().assertIs(connection.read());
        }
    }

    @Test
    void r16_aBodyThatBecomesTooLargeIsRefused() throws Exception {
        try (RawConnection connection = GATEWAY.connect()) {
            connection.write("POST " + CHAT + " HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n");
            byte[] chunk = ("20000\r\n" + " ".repeat(0x20000) + "\r\n").getBytes(UTF_8);
            for (int i = 0; i < 9; i++) {
                connection.write(chunk);
            }

            tooLarge().assertIs(connection.read());
        }
    }

    @Test
    void r16_aBodyOfJustTheLimitIsServed() throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[]" + " ".repeat(1_048_576 - 27) + "}";
        assertThat(body).hasSize(1_048_576);

        assertForwarded(body, body);
    }

    private static Envelope tooLarge() {
        return new Envelope(413, "invalid_request_error", "request_too_large", null, false);
    }

    private static void assertForwarded(String sent, String forwarded) throws Exception {
        Answer answer = GATEWAY.played(ANSWER, sent, "x-team: " + Sha256.of(sent.getBytes(UTF_8)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(GATEWAY.upstream().requests()).hasSize(1);
        assertThat(GATEWAY.forwarded().bodyText()).isEqualTo(forwarded);
    }
}
