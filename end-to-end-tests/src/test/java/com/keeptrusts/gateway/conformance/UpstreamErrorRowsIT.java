package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.DONE;
import static com.keeptrusts.gateway.conformance.Chats.chunk;
import static com.keeptrusts.gateway.conformance.Chats.finish;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventView;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an error of the upstream: E11 to E22. The gateway tries once. */
class UpstreamErrorRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: upstream-errors, version: 0.1.0}
            policies: {chain: [audit-logger]}
            providers:
              targets: [{id: upstream, provider: cerebras, timeouts: {first_token_ms: 1000, idle_ms: 1000}}]
              retry: {max_retries: 0}
              circuit_breaker: {failure_threshold: 10000}
            """);

    private static final String BEGINNING = chunk("a");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"message":"messages.2.assistant.reasoning_content: property 'x' is unsupported","type":"invalid_request_error","param":"validation_error","code":"wrong_api_format"} | wrong_api_format        | messages[2].reasoning_content
            {"message":"something is wrong","type":"invalid_request_error","param":"validation_error","code":"wrong_api_format"}                                          | wrong_api_format        |
            {"message":"Please reduce the length of the messages or completion.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}      | context_length_exceeded | messages
            {"error":{"message":"nested","type":"invalid_request_error","param":null,"code":"new_code"}}                                                                  | new_code                |
            {"error":{"message":"nested","type":"invalid_request_error","param":"","code":""}}                                                                            | upstream_invalid_request |
            {"error":{"message":"code is a number","code":17}}                                                                                                            | upstream_invalid_request |
            {"error":"just a text"}                                                                                                                                       | upstream_invalid_request |
            {"detail":"Something"}                                                                                                                                        | upstream_invalid_request |
            <html>Bad Request</html>                                                                                                                                      | upstream_invalid_request |
            """)
    void e11_anInvalidRequestKeepsTheCodeOfTheUpstream(String body, String code, String param) throws Exception {
        Answer answer = failing(400, body);

        Envelope.invalid(code).at(param).assertIs(answer);
        assertRecorded(answer, code);
    }

    @Test
    void e11_theMessageOfTheUpstreamIsTold() throws Exception {
        Answer answer =
                failing(400, "{\"message\":\"Please reduce\\nthe length.\",\"code\":\"context_length_exceeded\"}");

        assertThat(answer.json().getString("message")).isEqualTo("Please reduce the length.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"message":"Wrong API Key","type":"invalid_request_error","param":"api_key","code":"wrong_api_key"} | upstream_auth
            403 | {"detail":"Not authenticated"}                                                                     | upstream_auth
            402 | {"error":{"message":"You owe us","code":"insufficient_quota"}}                                       | upstream_billing
            """)
    void e12_theGatewaysOwnKeyAndBillAreNotTheClients(int status, String body, String code) throws Exception {
        Answer answer = failing(status, body);

        Envelope.server(502, code, false).assertIs(answer);
        assertThat(answer.body()).doesNotContain("Wrong API Key").doesNotContain("You owe us");
        assertRecorded(answer, code);
    }

    @Test
    void e13_anUnknownModelIsA404() throws Exception {
        Answer answer = failing(
                404,
                "{\"message\":\"Model x does not exist\",\"type\":\"not_found_error\",\"param\":\"model\",\"code\":\"model_not_found\"}");

        new Envelope(404, "invalid_request_error", "model_not_found", "model", false).assertIs(answer);
        assertRecorded(answer, "model_not_found");
    }

    @Test
    void e13_anUnknownPathOfTheUpstreamIsNotTheClientsFault() throws Exception {
        Answer answer = GATEWAY.played(new Script(false, 404, "text/plain", List.of()), Chats.PLAIN);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("upstream_error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            413 | 413 | {"message":"too large","code":"request_too_large"} | request_too_large
            413 | 413 |                                                    | upstream_request_too_large
            422 | 400 | {"detail":[{"loc":["body"],"msg":"field required"}]} | upstream_invalid_request
            422 | 400 | {"error":{"message":"x","code":"unprocessable"}}   | unprocessable
            409 | 400 | {}                                                 | upstream_invalid_request
            """)
    void e14_whatTheUpstreamDoesNotTakeIsTheRequests(int status, int told, String body, String code) throws Exception {
        Answer answer = failing(status, body == null ? "" : body);

        new Envelope(told, "invalid_request_error", code, null, false).assertIs(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            request_quota_exceeded | too_many_requests_error | retry-after: 7                              | true  | 7
            token_quota_exceeded   | too_many_tokens_error   | x-ratelimit-reset-tokens-minute: 12.4       | true  | 13
            token_quota_exceeded   | too_many_tokens_error   | retry-after: 60                             | true  | 60
            token_quota_exceeded   | too_many_tokens_error   | retry-after: 61                             | false |
            request_quota_exceeded | too_many_requests_error | retry-after: 86400                          | false |
            request_quota_exceeded | too_many_requests_error | retry-after-ms: 1500                        | true  | 2
            request_quota_exceeded | too_many_requests_error | retry-after: Wed, 21 Oct 2099 07:28:00 GMT  | false |
            request_quota_exceeded | too_many_requests_error | retry-after: soon                           | true  |
            """)
    @Tag("P1")
    void e15_aQuotaSaysWhenToComeBackUpToAMinute(String code, String type, String header, boolean retry, String wait)
            throws Exception {
        Answer answer = failing(
                429,
                "{\"message\":\"limit\",\"type\":\"" + type + "\",\"param\":\"quota\",\"code\":\"" + code + "\"}",
                header);

        new Envelope(429, "rate_limit_error", code, null, retry).assertIs(answer);
        assertThat(answer.header("retry-after")).isEqualTo(wait == null ? "" : wait);
        assertRecorded(answer, code);
    }

    @Test
    void e15_theQuotasOfTheSimulatorAreTold() throws Exception {
        String[] limits = {"x-sim-rpm: 1"};
        GATEWAY.chat(Chats.PLAIN, limits);

        Answer answer = GATEWAY.chat(Chats.PLAIN, limits);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("request_quota_exceeded");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void e16_aFullQueueMayBeTriedAgain(boolean stream) throws Exception {
        Answer answer = GATEWAY.chat(stream ? Chats.STREAMED : Chats.PLAIN, "x-sim-error: queue_exceeded");

        new Envelope(429, "rate_limit_error", "queue_exceeded", null, true).assertIs(answer);
        assertRecorded(answer, "queue_exceeded");
    }

    @ParameterizedTest
    @CsvSource({"500, 502", "501, 502", "502, 502", "503, 503", "504, 502", "520, 502", "529, 502", "599, 502"})
    @Tag("P2")
    void e17_aFailureOfTheUpstreamIsA502AndABreakIsKept(int status, int told) throws Exception {
        Answer answer = failing(status, "<html>cloudflare secret-of-the-upstream</html>");

        Envelope.server(told, "upstream_error", true).assertIs(answer);
        assertThat(answer.body()).doesNotContain("secret-of-the-upstream");
        assertRecorded(answer, "upstream_error");
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "307", "308", "304"})
    @Tag("P16")
    void e17_aRedirectIsNotFollowed(int status) throws Exception {
        Answer answer = GATEWAY.played(
                Script.raw(Script.write(
                        "HTTP/1.1 " + status + " Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n")),
                Chats.PLAIN);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("upstream_error");
    }

    @Test
    void e17_anAnswerThatIsNoJsonIsAFailure() throws Exception {
        for (String body : List.of("", "[]", "{\"choices\":", "<html>", "\"text\"")) {
            assertThat(GATEWAY.whole(body).code()).as(body).isEqualTo("upstream_error");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-sim-refuse: fin", "x-sim-refuse: rst"})
    @Tag("P3")
    void e18_aConnectionThatBreaksBeforeTheHeadIsA502(String refusal) throws Exception {
        for (String body : List.of(Chats.PLAIN, Chats.STREAMED)) {
            Answer answer = GATEWAY.chat(body, refusal);

            Envelope.server(502, "upstream_unreachable", true).assertIs(answer);
            assertRecorded(answer, "upstream_unreachable");
        }
    }

    @Test
    void e18_anAnswerThatIsNoHttpIsA502() throws Exception {
        Answer answer = GATEWAY.played(Script.raw(Script.write("220 smtp ready\r\n\r\n")), Chats.PLAIN);

        assertThat(answer.status()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void e19_noFirstByteInTimeIsA504(boolean stream) throws Exception {
        Answer answer = GATEWAY.chat(stream ? Chats.STREAMED : Chats.PLAIN, "x-sim-refuse: hang");

        Envelope.server(504, "upstream_timeout", true).assertIs(answer);
        EventView outcome = GATEWAY.ledger().of(answer.requestId());
        assertThat(outcome.code()).isEqualTo("upstream_timeout");
        assertThat(outcome.endedBy()).isEqualTo("deadline");
    }

    @Test
    @Tag("P8")
    void e20_aStallBehindTheFirstByteEndsWithTheFrame() throws Exception {
        for (String half : List.of("", "data: {\"choices\"")) {
            Answer answer =
                    GATEWAY.played(Script.body(Script.write(BEGINNING + half), new Step.Stall()), Chats.STREAMED);

            Envelope.server(504, "upstream_timeout", true).assertEnds(BEGINNING, answer);
            assertRecorded(answer, "upstream_timeout", 200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fin", "rst", "clean"})
    @Tag("P10")
    void e21_aCutBehindTheFirstByteEndsWithTheFrame(String cut) throws Exception {
        Answer answer = GATEWAY.chat(
                Chats.STREAMED, "x-sim-cut-after-events: 4", "x-sim-cut: " + cut, "x-sim-rate: 0", "x-sim-tokens: 50");

        String events = answer.body().substring(0, answer.body().indexOf("event: error"));
        assertThat(events.split("\n\n", -1)).hasSize(5);
        Envelope.server(502, "upstream_truncated", true).assertEnds(events, answer);
        assertRecorded(answer, "upstream_truncated", 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "utf8"})
    void e21_aCutInsideAnEventLeavesNothingOfIt(String inside) throws Exception {
        Answer answer = GATEWAY.chat(
                Chats.STREAMED,
                "x-sim-cut-after-events: 4",
                "x-sim-cut-inside: " + inside,
                "x-sim-rate: 0",
                "x-sim-tokens: 50");

        String events = answer.body().substring(0, answer.body().indexOf("event: error"));
        assertThat(events).endsWith("}\n\n");
        Envelope.server(502, "upstream_truncated", true).assertEnds(events, answer);
    }

    @Test
    void e21_anAnswerInOnePieceThatIsCutIsAnErrorWithAStatus() throws Exception {
        Script cut = Script.raw(Script.write(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"choices\":["));

        Answer answer = GATEWAY.played(cut, Chats.PLAIN);

        Envelope.server(502, "upstream_truncated", true).assertIs(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"error":{"message":"m","type":"t","param":"p","code":"queue_exceeded","id":"1"},"status_code":429}      | 429 | rate_limit_error      | queue_exceeded
            {"error":{"message":"m","type":"t","param":null,"code":"context_length_exceeded"},"status_code":400}     | 400 | invalid_request_error | context_length_exceeded
            {"error":{"message":"m","code":"wrong_api_key"},"status_code":401}                                       | 502 | server_error          | upstream_auth
            {"error":{"message":"m"},"status_code":503}                                                              | 503 | server_error          | upstream_error
            {"error":{"message":"m","type":"too_many_tokens_error","code":"token_quota_exceeded"}}                   | 429 | rate_limit_error      | token_quota_exceeded
            {"error":{"message":"m"}}                                                                                | 502 | server_error          | upstream_error
            {"error":{}}                                                                                             | 502 | server_error          | upstream_error
            {"message":"m","type":"invalid_request_error","param":null,"code":"c"}                                   | 400 | invalid_request_error | c
            """)
    @Tag("P14")
    void e22_anErrorAsTheFirstEventHasItsStatusAndALaterOneIsTheFrame(
            String error, int status, String type, String code) throws Exception {
        String event = "event: error\ndata: " + error + "\n\n";

        Answer first = GATEWAY.streamed(event);
        Answer later = GATEWAY.streamed(BEGINNING, event, chunk("late"), finish(), DONE);

        assertThat(first.status()).isEqualTo(status);
        assertThat(first.json().getString("type")).isEqualTo(type);
        assertThat(first.code()).isEqualTo(code);
        assertRecorded(first, code);
        assertEndsWith(type, code, later);
        assertRecorded(later, code, 200);
    }

    @Test
    void e22_anErrorWithoutANameIsAnErrorToo() throws Exception {
        String event = "data: {\"error\":{\"message\":\"m\",\"code\":\"queue_exceeded\"},\"status_code\":429}\n\n";

        assertThat(GATEWAY.streamed(event).status()).isEqualTo(429);
        assertEndsWith("rate_limit_error", "queue_exceeded", GATEWAY.streamed(BEGINNING, event));
    }

    @Test
    void e22_aNamedErrorThatIsNoJsonIsAnErrorToo() throws Exception {
        String event = "event: error\ndata: out of memory\n\n";

        assertThat(GATEWAY.streamed(event).code()).isEqualTo("upstream_error");
        assertEndsWith("server_error", "upstream_error", GATEWAY.streamed(BEGINNING, event));
    }

    @Test
    void e22_aNullErrorIsNone() throws Exception {
        String events = "data: {\"error\":null,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n"
                + finish() + DONE;

        assertThat(GATEWAY.streamed(events).body()).isEqualTo(events);
    }

    @Test
    void e22_anErrorInAWholeAnswerHasItsStatus() throws Exception {
        Answer answer =
                GATEWAY.whole("{\"error\":{\"message\":\"m\",\"code\":\"queue_exceeded\"},\"status_code\":429}");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("queue_exceeded");
    }

    private static void assertEndsWith(String type, String code, Answer answer) {
        new Envelope(0, type, code, null, false).assertEnds(BEGINNING, answer);
    }

    /** The upstream answers with this status and body. */
    private static Answer failing(int status, String body, String... headers) throws Exception {
        var script = Script.raw(Script.write("HTTP/1.1 " + status + " Failed\r\ncontent-type: application/json\r\n"
                + RawConnection.lines(headers) + "content-length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body));
        return GATEWAY.played(script, Chats.PLAIN);
    }

    private static void assertRecorded(Answer answer, String code) throws Exception {
        assertRecorded(answer, code, answer.status());
    }

    private static void assertRecorded(Answer answer, String code, int status) throws Exception {
        EventView outcome = GATEWAY.ledger().of(answer.requestId());
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.status()).isEqualTo(status);
    }
}
