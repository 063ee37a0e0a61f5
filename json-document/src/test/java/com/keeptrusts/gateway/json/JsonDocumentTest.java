package com.keeptrusts.gateway.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.keeptrusts.gateway.json.JsonRefusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {

    private static final String CHAT = """
            { "mod\\u0065l" : "llama-3.3-70b", "stream":false,
              "messages":[ {"role":"user","content":"Grüße \\ud83d\\ude00 😀 \\/ \\"x\\""},
                           {"role":"tool","content":null} ], "max_tokens": 1e2, "temperature":0.5 }
            """;

    @Test
    void membersAreFoundByTheirDecodedNames() {
        JsonNode root = parse(CHAT);

        assertThat(member(root, "model").text()).isEqualTo("llama-3.3-70b");
        assertThat(member(root, "stream").kind()).isEqualTo(JsonKind.FALSE);
        assertThat(root.member("mod")).isNull();
        assertThat(root.member("absent")).isNull();
        assertThat(root.members())
                .extracting(JsonMember::name)
                .containsExactly("model", "stream", "messages", "max_tokens", "temperature");
    }

    @Test
    void offsetsAreThoseOfTheBytes() {
        byte[] bytes = ("xx" + CHAT + "yy").getBytes(UTF_8);
        JsonNode root = JsonDocument.parse(bytes, 2, bytes.length - 2, JsonLimits.DEFAULT)
                .root();

        JsonNode tokens = member(root, "max_tokens");
        JsonMember first = root.members().iterator().next();

        assertThat(new String(bytes, tokens.start(), tokens.end() - tokens.start(), UTF_8))
                .isEqualTo("1e2");
        assertThat(first.nameStart()).isEqualTo(4);
        assertThat(bytes[root.start()]).isEqualTo((byte) '{');
        assertThat(bytes[root.end() - 1]).isEqualTo((byte) '}');
    }

    @Test
    void stringsAreDecodedAndPathsAreNamed() {
        JsonNode root = parse(CHAT);
        List<JsonNode> messages = new ArrayList<>();
        member(root, "messages").elements().forEach(messages::add);

        JsonNode content = member(messages.get(0), "content");

        assertThat(content.text()).isEqualTo("Grüße 😀 😀 / \"x\"");
        assertThat(content.path()).isEqualTo("messages[0].content");
        assertThat(member(messages.get(1), "content").path()).isEqualTo("messages[1].content");
        assertThat(member(messages.get(1), "content").kind()).isEqualTo(JsonKind.NULL);
        assertThat(root.path()).isEmpty();
    }

    @Test
    void loneSurrogatesAreReadAsTheReplacementCharacter() {
        assertThat(parse("\"a\\ud800b\\udc00\\ud83d\"").text()).isEqualTo("a\ufffdb\ufffd\ufffd");
        assertThat(parse("\"\\ud83d\\ud83d\\ude00\"").text()).isEqualTo("\ufffd😀");
    }

    @Test
    void wholeNumbersAreReadHoweverTheyAreWritten() {
        assertThat(parse("-12").asLong(0)).isEqualTo(-12);
        assertThat(parse("1.5e1").asLong(0)).isEqualTo(15);
        assertThat(parse("9223372036854775807").asLong(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(parse("9223372036854775808").asLong(7)).isEqualTo(7);
        assertThat(parse("0.5").asLong(7)).isEqualTo(7);
        assertThat(parse("1e999999999").asLong(7)).isEqualTo(7);
        assertThat(parse("1e99999999999").asLong(7)).isEqualTo(7);
        assertThat(parse("\"1\"").asLong(7)).isEqualTo(7);
        assertThat(parse("0.5").asDouble(0)).isEqualTo(0.5);
        assertThat(parse("1e400").asDouble(7)).isEqualTo(7);
        assertThat(parse("true").asDouble(7)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "\"",
                "\"a",
                "\"\\",
                "\"\\u12",
                "[1,]",
                "{\"a\":1,}",
                "[,1]",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "[1 2]",
                "{\"a\":1 \"b\":2}",
                "01",
                "-01",
                "+1",
                "1.",
                ".5",
                "-",
                "1e",
                "1e+",
                "--1",
                "0x10",
                "1_0",
                "NaN",
                "Infinity",
                "-Infinity",
                "nul",
                "nulll",
                "True",
                "tru",
                "undefined",
                "1 2",
                "{} {}",
                "[]]",
                "{}}",
                "]",
                "}",
                "[}",
                "{]",
                "// c\n1",
                "/* c */ 1",
                "1 // c",
                "\"a\tb\"",
                "\"a\nb\"",
                "\"a\u0000b\"",
                "\"a\u001fb\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\U0041\"",
                "\ufeff{}",
                "\u00a01",
                "\u000b1",
                "\f1",
                "1\u0000",
                "{\"a\":}",
                "{1:2}"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThat(refusal(text.getBytes(UTF_8)).reason()).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ff",
                "\u00c0\u00af",
                "\u00c1\u00bf",
                "\u00e0\u009f\u00bf",
                "\u00f0\u008f\u00bf\u00bf",
                "\u00ed\u00a0\u0080",
                "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u0080",
                "\u00bf",
                "\u00c3",
                "\u00c3A",
                "\u00e2\u0082",
                "\u00e2\u0082A",
                "\u00f0\u009f\u0098",
                "\u00f0\u009f\u0098A",
                "\u00f8\u0088\u0080\u0080\u0080"
            })
    void whatIsNotUtf8IsRefusedInStringsAndInNames(String bytes) {
        assertThat(refusal(("\"" + bytes + "\"").getBytes(ISO_8859_1)).reason()).isEqualTo(Reason.INVALID_UTF8);
        assertThat(refusal(("{\"1234567" + bytes + "\":1}").getBytes(ISO_8859_1))
                        .reason())
                .isEqualTo(Reason.INVALID_UTF8);
    }

    @Test
    void sixteenBitTextIsRefused() {
        assertThat(refusal("{\"a\":1}".getBytes(UTF_16LE)).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void everyCodePointThatUtf8CanWriteIsAccepted() {
        for (int code = 0x80; code <= Character.MAX_CODE_POINT; code++) {
            if (code < 0xD800 || code > 0xDFFF) {
                String text = Character.toString(code);
                assertThat(parse("\"" + text + "\"").text()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"b\":2,\"\":3}",
                "[{\"a\":{\"b\":1,\"c\":[],\"b\":2}}]",
                "{\"é\":1,\"\\u00E9\":2}",
                "{\"😀\":1,\"\\uD83D\\uDE00\":2}",
                "{\"a\":{\"a\":1},\"b\":[1],\"a\":2}",
                "{\"\\ud800\":1,\"\\ud801\":1}",
                "{\"/\":1,\"\\/\":2}"
            })
    void aNameThatAnObjectHasAlreadyIsRefused(String text) {
        assertThat(refusal(text.getBytes(UTF_8)).reason()).isEqualTo(Reason.DUPLICATE_NAME);
    }

    @Test
    void theSameNameInOtherObjectsIsNoDuplicate() {
        assertThat(parse("{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":2}]}")
                        .kind())
                .isEqualTo(JsonKind.OBJECT);
    }

    @Test
    void theRefusalOfADuplicateSaysWhereAndItsMessageSaysNoContent() {
        JsonRefusal refusal =
                refusal("{\"messages\":[1,{\"role\":\"a\",\"secret x\":1,\"role\":\"b\"}]}".getBytes(UTF_8));

        assertThat(refusal.path()).isEqualTo("messages[1].role");
        assertThat(refusal.offset()).isEqualTo(40);
        assertThat(refusal).hasMessage("json: duplicate_name at byte 40");
    }

    @Test
    void depthAndValuesAreBounded() {
        var limits = new JsonLimits(3, 5, 4);

        assertThat(JsonDocument.parse("[[[1,2]]]".getBytes(UTF_8), 0, 9, limits)
                        .root()
                        .end())
                .isEqualTo(9);
        assertThat(refusal("[[[[]]]]", limits).reason()).isEqualTo(Reason.TOO_DEEP);
        assertThat(refusal("[[],[{\"a\":{}}]]", limits).path()).isEqualTo("[1][0].a");
        assertThat(refusal("[1,2,3,4,5]", limits).reason()).isEqualTo(Reason.TOO_MANY_VALUES);
        assertThat(refusal("12345", limits).reason()).isEqualTo(Reason.INVALID);
    }

    private static JsonRefusal refusal(String text, JsonLimits limits) {
        byte[] bytes = text.getBytes(UTF_8);
        return refused(() -> JsonDocument.parse(bytes, 0, bytes.length, limits));
    }

    private static JsonRefusal refusal(byte[] bytes) {
        return refused(() -> JsonDocument.parse(bytes));
    }

    private static JsonRefusal refused(ThrowingCallable parse) {
        return Objects.requireNonNull(catchThrowableOfType(JsonRefusal.class, parse), "was accepted");
    }

    private static JsonNode parse(String text) {
        return JsonDocument.parse(text.getBytes(UTF_8)).root();
    }

    private static JsonNode member(JsonNode object, String name) {
        return Objects.requireNonNull(object.member(name), name);
    }
}
