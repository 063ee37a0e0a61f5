package com.keeptrusts.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.json.JsonRefusal.Reason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents made to cost more than they weigh: each takes well under a second, a quadratic scan takes minutes. */
@Timeout(value = 15, unit = TimeUnit.SECONDS)
class HostileJsonTest {

    private static final int MANY = 999_999;

    @Test
    void aMillionNamesInOneObject() {
        var text = new StringBuilder("{");
        for (int i = 0; i < MANY; i++) {
            text.append(i == 0 ? "" : ",").append('"').append(i).append("\":1");
        }
        String names = text.toString();

        assertThat(parse(names + "}").end()).isEqualTo(names.length() + 1);
        assertRefused(names + ",\"0\":1}", JsonLimits.DEFAULT.values() + 1, Reason.DUPLICATE_NAME);
    }

    @Test
    void aMillionEscapedNamesInOneObject() {
        var text = new StringBuilder("{");
        for (int i = 0; i < MANY; i++) {
            text.append(i == 0 ? "" : ",").append("\"\\u0061").append(i).append("\":1");
        }

        assertThat(parse(text + "}").end()).isEqualTo(text.length() + 1);
        assertRefused(text + ",\"a7\":1}", JsonLimits.DEFAULT.values() + 1, Reason.DUPLICATE_NAME);
    }

    @Test
    void manyObjectsWithTheSameManyNames() {
        String names = "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,"
                + "\"l\":1,\"m\":1,\"n\":1,\"o\":1,\"p\":1,\"q\":1,\"r\":1}";
        String text = "[" + (names + ",").repeat(50_000) + names + "]";

        assertThat(parse(text).end()).isEqualTo(text.length());
    }

    @Test
    void longNamesThatDifferAtTheEnd() {
        var text = new StringBuilder("{");
        String prefix = "x".repeat(10_000);
        for (int i = 0; i < 1_000; i++) {
            text.append(i == 0 ? "\"" : ",\"").append(prefix).append(i).append("\":1");
        }

        assertThat(parse(text + "}").end()).isEqualTo(text.length() + 1);
    }

    @Test
    void nestingWithoutEnd() {
        assertRefused("[".repeat(16_000_000), 1_000, Reason.TOO_DEEP);
        assertRefused("{\"a\":".repeat(3_000_000), 1_000, Reason.TOO_DEEP);
    }

    @Test
    void nestingToTheLimitOfTheLimits() {
        int depth = 10_000;
        byte[] bytes = ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(UTF_8);
        JsonNode node = JsonDocument.parse(bytes, 0, bytes.length, new JsonLimits(depth, depth + 1, 10))
                .root();
        for (JsonNode inner = node.member("a"); inner != null; inner = inner.member("a")) {
            node = inner;
        }

        assertThat(node.asLong(0)).isEqualTo(1);
        assertThat(node.path()).hasSize(2 * depth - 1);
    }

    @Test
    void moreValuesThanAllowed() {
        assertRefused("[" + "1,".repeat(8_000_000), 1_000_000, Reason.TOO_MANY_VALUES);
    }

    @Test
    void aNumberWithoutEnd() {
        assertRefused("1".repeat(16_000_000), 10, Reason.INVALID);
        assertRefused("[1e" + "9".repeat(16_000_000) + "]", 10, Reason.INVALID);
    }

    @Test
    void stringsOfNothingButEscapesOrWideCharacters() {
        String text =
                "\"" + "\\ud83d\\ude00".repeat(500_000) + "漢😀é".repeat(500_000) + "\\ud800".repeat(500_000) + "\"";

        assertThat(parse(text).text()).hasSize(500_000 * 2 + 500_000 * 4 + 500_000);
    }

    private static JsonNode parse(String text) {
        return JsonDocument.parse(text.getBytes(UTF_8)).root();
    }

    private static void assertRefused(String text, int values, Reason reason) {
        byte[] bytes = text.getBytes(UTF_8);
        var limits = new JsonLimits(JsonLimits.DEFAULT.depth(), values, JsonLimits.DEFAULT.numberLength());
        assertThatThrownBy(() -> JsonDocument.parse(bytes, 0, bytes.length, limits))
                .isInstanceOfSatisfying(
                        JsonRefusal.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
