package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static com.keeptrusts.gateway.conformance.RawConnection.COMPLETIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.script.Script;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the bytes of a request: R1 to R8. Every policy is on. */
class RequestBytesRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: request-bytes, version: 0.1.0}
            policies: {chain: [prompt-injection, pii-detector, attentive, audit-logger]}
            model_aliases: {quick: llama3.1-8b}
            providers:
              targets:
                - {id: upstream, provider: cerebras, field_rules: {reject: ["messages[].name"]}}
                - {id: other, provider: openai, model: gpt-4o-mini, secret_key_ref: {env: CEREBRAS_API_KEY}}
            """);

    private static final Script ANSWER =
            new Script(false, 200, "application/json", List.of(Script.write(Chats.answer("hi"))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}",
                " \t\r\n{ \"messages\" : [ { \"content\" : \"hello\" , \"role\" : \"user\" } ] ,\r\n\t\"model\" : \"m\" } \n",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"caf\\u00e9 \\/ \\ud83d\\ude00 \u00e9 \\b\\f\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\u6f22\u5b57 \ud83d\ude00 \u2028\u2029\u0085\ufeff\"}]}",
                "{\"z\":[],\"a\":{},\"model\":\"m\",\"stream\":false,\"messages\":[],\"stop\":null,\"n\":1}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"}]}]}"
            })
    void r1_anUnchangedRequestReachesTheUpstreamByteForByte(String body) throws Exception {
        assertForwarded(CHAT, body, body);
    }

    @Test
    void r1_anUnchangedCompletionReachesTheUpstreamByteForByte() throws Exception {
        String body = "{ \"prompt\" : \"Once \\u0075pon\" , \"model\":\"m\",\"suffix\": \" a\\/b \" }";

        assertForwarded(COMPLETIONS, body, body);
    }

    @Test
    void r1_aBodyOfMebibytesReachesTheUpstreamByteForByte() throws Exception {
        String line = "The quick brown fox jumps over the lazy dog. \\u00e9 \u00e9 ";
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"tools\":[{\"type\":"
                + "\"function\",\"function\":{\"name\":\"f\",\"x\":[" + "1.10, ".repeat(400_000) + "0]}}],\"y\":\""
                + line.repeat(100) + "\"}";

        assertForwarded(CHAT, body, body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"x":1.0, "model" : "quick" ,"messages":[]}      | {"x":1.0, "model" : "llama3.1-8b" ,"messages":[]}
            {"messages":[],"mod\\u0065l":"qu\\u0069ck"}      | {"messages":[],"mod\\u0065l":"llama3.1-8b"}
            {"messages":[], "model":"other", "y":1E2 }       | {"messages":[], "model":"gpt-4o-mini", "y":1E2 }
            """)
    void r2_ofAnAliasOrATargetOnlyTheModelChanges(String sent, String forwarded) throws Exception {
        assertForwarded(CHAT, sent, forwarded);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"store":true,"model":"m", "messages":[]}                        | {"model":"m", "messages":[]}
            {"model":"m", "store":true , "messages":[]}                      | {"model":"m",  "messages":[]}
            {"model":"m","messages":[], "stor\\u0065" : {"a":[1,2]} }        | {"model":"m","messages":[] }
            {"model":"m","metadata":{},"messages":[ ],"verbosity":"low"}     | {"model":"m","messages":[ ]}
            """)
    void r2_ofAStrippedFieldOnlyItsRangeGoes(String sent, String forwarded) throws Exception {
        assertForwarded(CHAT, sent, forwarded);
    }

    @Test
    void r2_ofARedactedTextOnlyTheFindingChanges() throws Exception {
        assertForwarded(
                CHAT,
                "{\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"a\\/b j\\u0061ne@example.com caf\\u00e9 \u00e9\"} ]}",
                "{\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"a\\/b [EMAIL_REDACTED] caf\\u00e9 \u00e9\"} ]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"other","stream":true,"messages":[ ],"x":1.0}                                | {"model":"gpt-4o-mini","stream":true,"messages":[ ],"x":1.0,"stream_options":{"include_usage":true}}
            {"model":"other","stream":true,"stream_options":{ "y":1 },"messages":[]}              | {"model":"gpt-4o-mini","stream":true,"stream_options":{ "y":1,"include_usage":true },"messages":[]}
            {"model":"other","stream":true,"stream_options":{"include_usage":false},"messages":[]}| {"model":"gpt-4o-mini","stream":true,"stream_options":{"include_usage":true},"messages":[]}
            {"model":"other","stream":true,"stream_options":{"include_usage":true},"messages":[]} | {"model":"gpt-4o-mini","stream":true,"stream_options":{"include_usage":true},"messages":[]}
            """)
    void r2_usageIsAskedForWithoutTouchingAnythingElse(String sent, String forwarded) throws Exception {
        Script stream = Script.body(Script.write(Chats.chunk("hi") + Chats.finish() + Chats.DONE));
        Answer answer = GATEWAY.played(stream, sent);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(GATEWAY.forwarded().bodyText()).isEqualTo(forwarded);
    }

    @Test
    void r3_unknownFieldsAreKeptAtAnyDepth() throws Exception {
        String body =
                "{\"new_field\":{\"a\":[{\"b\":null}]},\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"mood\":{\"x\":[]},"
                        + "\"content\":[{\"type\":\"text\",\"text\":\"hi\",\"cache_control\":{\"type\":\"ephemeral\"}}]}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"x-y\":[true]}}]}";

        assertForwarded(CHAT, body, body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"m","messages":[],"functions":[]}                                        | functions
            {"model":"m","messages":[],"web_search_options":{}}                               | web_search_options
            {"model":"m","messages":[{"role":"user","content":"a"},{"name":"n","role":"user"}]} | messages[1].name
            """)
    void r3_aFieldThatTheProviderRejectsIsRefusedWithItsPath(String body, String param) throws Exception {
        Envelope.invalid("unsupported_field").at(param).assertIs(GATEWAY.chat(body));
        assertThat(GATEWAY.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1E2",
                "1e-7",
                "100000000.0",
                "1.10",
                "-0",
                "3.141592653589793238",
                "12345678901234567890",
                "1e400",
                "-0.0e-0"
            })
    void r4_aNumberIsNeverRenderedAnew(String number) throws Exception {
        String body =
                "{\"model\":\"quick\",\"temperature\":" + number + ",\"messages\":[{\"role\":\"user\",\"content\":"
                        + "\"jane@example.com\",\"x\":" + number + "}],\"seed\":" + number + "}";

        assertForwarded(
                CHAT, body, body.replace("quick", "llama3.1-8b").replace("jane@example.com", "[EMAIL_REDACTED]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"a","model":"b","messages":[]}                                                        | model
            {"model":"a","mod\\u0065l":"b","messages":[]}                                                  | model
            {"model":"a","messages":[],"messages":[]}                                                      | messages
            {"model":"a","messages":[{"role":"user","content":"a","content":"b"}]}                         | messages[0].content
            {"model":"a","messages":[{"role":"user"},{"role":"user","r\\u006fle":"system"}]}               | messages[1].role
            {"model":"a","messages":[{"content":[{"type":"text","text":"a","text":"b"}]}]}                 | messages[0].content[0].text
            {"model":"a","messages":[{"tool_calls":[{"id":"1","id":"2"}]}]}                                | messages[0].tool_calls[0].id
            {"model":"a","messages":[{"tool_calls":[{"function":{"arguments":"","arguments":""}}]}]}       | messages[0].tool_calls[0].function.arguments
            {"model":"a","messages":[],"unknown":{"deep":[{"x":1,"x":1}]}}                                 | unknown.deep[0].x
            """)
    @Tag("C7")
    void r5_aMemberThatStandsTwiceIsRefused(String body, String param) throws Exception {
        Envelope.invalid("duplicate_field").at(param).assertIs(GATEWAY.chat(body));
        assertThat(GATEWAY.upstream().requests()).isEmpty();
    }

    @Test
    @Tag("C7")
    void r6_anEscapedNameIsTheNameThatItSpells() throws Exception {
        Script stream = Script.body(Script.write(Chats.chunk("hi") + Chats.finish() + Chats.DONE));
        String body =
                "{\"\\u006dodel\":\"m\",\"\\u0073tream\":true,\"m\\u0065ssages\":[{\"role\":\"user\",\"c\\u006fntent\":"
                        + "\"jane@example.com\"}]}";

        Answer answer = GATEWAY.played(stream, body);

        assertThat(answer.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(GATEWAY.forwarded().bodyText()).isEqualTo(body.replace("jane@example.com", "[EMAIL_REDACTED]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a byte that is no UTF-8                | 7b 22 61 22 3a 22 ff 22 7d
            a surrogate in CESU-8                  | 7b 22 61 22 3a 22 ed a0 bd ed b8 80 22 7d
            an overlong slash                      | 7b 22 61 22 3a 22 c0 af 22 7d
            an overlong slash in three bytes       | 7b 22 61 22 3a 22 e0 80 af 22 7d
            beyond the last character              | 7b 22 61 22 3a 22 f4 90 80 80 22 7d
            a letter that breaks off               | 7b 22 61 22 3a 22 c3 22 7d
            a lone continuation                    | 7b 22 61 22 3a 22 80 22 7d
            invalid bytes in a name                | 7b 22 ff 22 3a 31 7d
            UTF-16, big end first                  | fe ff 00 7b 00 7d
            UTF-16, little end first, no mark      | 7b 00 7d 00
            UTF-32                                 | 00 00 00 7b 00 00 00 7d
            a byte order mark                      | ef bb bf 7b 7d
            """)
    void r7_whatIsNotUtf8IsRefused(String what, String hex) throws Exception {
        Answer answer = GATEWAY.post(CHAT, HexFormat.ofDelimiter(" ").parseHex(hex));

        Envelope.invalid("invalid_json").assertIs(answer);
        assertThat(answer.body()).as(what).doesNotContain("\ufffd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"messages\":[]} // a comment",
                "{/* a comment */\"model\":\"m\",\"messages\":[]}",
                "# a comment\n{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[],\"n\":NaN}",
                "{\"model\":\"m\",\"messages\":[],\"n\":Infinity}",
                "{\"model\":\"m\",\"messages\":[],\"n\":-Infinity}",
                "{\"model\":\"m\",\"messages\":[],\"n\":01}",
                "{\"model\":\"m\",\"messages\":[],\"n\":+1}",
                "{\"model\":\"m\",\"messages\":[],\"n\":.5}",
                "{\"model\":\"m\",\"messages\":[],\"n\":5.}",
                "{\"model\":\"m\",\"messages\":[],}",
                "{\"model\":\"m\",\"messages\":[1,]}",
                "{\"model\":\"m\",\"messages\":[]}{}",
                "{\"model\":\"m\",\"messages\":[]} x",
                "{\"model\":\"m\",\"messages\":[]}\u0000",
                "{'model':'m','messages':[]}",
                "{model:\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[\"a\tb\"]}",
                "{\"model\":\"m\",\"messages\":[\"a\nb\"]}",
                "{\"model\":\"m\",\"messages\":[\"\\x41\"]}",
                "{\"model\":\"m\",\"messages\":[\"\\u00g1\"]}",
                "{\"model\":\"m\",\"messages\":[\"a]}",
                "{\"model\":\"m\",\"messages\":[tru]}",
                "{\"model\":\"m\",\"messages\":[True]}",
                "{\"model\":\"m\",\"messages\":[\u00a01]}"
            })
    void r7_whatIsAlmostJsonIsRefused(String body) throws Exception {
        Envelope.invalid("invalid_json").assertIs(GATEWAY.chat(body));
        assertThat(GATEWAY.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800", "\\ud83d \\ude00", "\\uD800\\u0041"})
    void r8_aLoneSurrogateTravelsAsItCameAndPoliciesSeeAReplacement(String lone) throws Exception {
        String body = Chats.saying("a" + lone + "b");
        AttentivePolicy.seen();

        assertForwarded(CHAT, body, body);

        assertThat(AttentivePolicy.seen())
                .anySatisfy(
                        text -> assertThat(text).startsWith("a").endsWith("b").contains("\ufffd"))
                .noneMatch(text -> text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    }

    @Test
    void r8_aLoneSurrogateInAModelOrAUserIsNoFaultOfTheGateway() throws Exception {
        String body = "{\"model\":\"m\\ud800\",\"user\":\"u\\udc00\",\"messages\":[]}";

        assertForwarded(CHAT, body, body);
    }

    private static void assertForwarded(String path, String sent, String forwarded) throws Exception {
        Answer answer = GATEWAY.post(path, sent.getBytes(UTF_8), GATEWAY.play(ANSWER));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(GATEWAY.upstream().requests()).hasSize(1);
        byte[] arrived = GATEWAY.forwarded().body().getBytes();
        assertThat(new String(arrived, UTF_8)).isEqualTo(forwarded);
        assertThat(Sha256.of(arrived)).isEqualTo(Sha256.of(forwarded.getBytes(UTF_8)));
    }
}
