package com.keeptrusts.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.json.JsonRefusal.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same documents read by an independent parser. */
class JsonDifferentialTest {

    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Test
    void randomDocumentsReadAlike() throws Exception {
        var json = new RandomJson(new Random(1));

        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = json.document().getBytes(UTF_8);

            assertSame(JsonDocument.parse(bytes).root(), JACKSON.readTree(bytes), bytes);
        }
    }

    @Test
    void aDocumentCutAnywhereIsRefused() {
        var json = new RandomJson(new Random(2));

        for (int i = 0; i < 300; i++) {
            byte[] bytes = json.object(3).getBytes(UTF_8);
            for (int length = 0; length < bytes.length; length++) {
                int end = length;
                assertThatThrownBy(() -> JsonDocument.parse(bytes, 0, end, JsonLimits.DEFAULT))
                        .isInstanceOf(JsonRefusal.class);
            }
        }
    }

    @Test
    void damagedDocumentsAreReadAlikeOrRefusedForAReasonThatHolds() {
        var random = new Random(3);
        var json = new RandomJson(random);
        int accepted = 0;
        int refused = 0;

        for (int i = 0; i < 60_000; i++) {
            byte[] bytes = damage(json.document().getBytes(UTF_8), random);
            JsonNode root = null;
            try {
                root = JsonDocument.parse(bytes).root();
                accepted++;
            } catch (JsonRefusal refusal) {
                refused++;
                assertRightlyRefused(refusal, bytes);
            }
            if (root != null && !hasHalfAPairInAName(root)) { // Jackson refuses those, only in names
                assertSame(root, readByJackson(bytes), bytes);
                assertThat(isUtf8(bytes)).isTrue();
            }
        }
        assertThat(accepted).isGreaterThan(5_000);
        assertThat(refused).isGreaterThan(5_000);
    }

    private static boolean hasHalfAPairInAName(JsonNode node) {
        for (JsonMember member : node.members()) {
            if (member.name().contains("\ufffd") || hasHalfAPairInAName(member.value())) {
                return true;
            }
        }
        for (JsonNode element : node.elements()) {
            if (hasHalfAPairInAName(element)) {
                return true;
            }
        }
        return false;
    }

    private static void assertRightlyRefused(JsonRefusal refusal, byte[] bytes) {
        assertThat(refusal.offset()).isBetween(0, bytes.length);
        if (refusal.reason() == Reason.INVALID_UTF8) {
            assertThat(isUtf8(bytes)).isFalse();
        } else if (isUtf8(bytes) && !new String(bytes, UTF_8).startsWith("\ufeff")) {
            assertThat(readByJackson(bytes))
                    .as("refused %s at %d", Arrays.toString(bytes), refusal.offset())
                    .isNull();
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        byte[] structural = "{}[]:,\"\\0e-. u".getBytes(UTF_8);
        byte other = random.nextBoolean() ? (byte) random.nextInt(256) : structural[random.nextInt(structural.length)];
        return switch (random.nextInt(3)) {
            case 0 -> Splice.apply(bytes, 0, bytes.length, List.of(new ByteEdit(at, at + 1, new byte[0])));
            case 1 -> Splice.apply(bytes, 0, bytes.length, List.of(new ByteEdit(at, at, new byte[] {other})));
            default -> Splice.apply(bytes, 0, bytes.length, List.of(new ByteEdit(at, at + 1, new byte[] {other})));
        };
    }

    private static com.fasterxml.jackson.databind.@Nullable JsonNode readByJackson(byte[] bytes) {
        try {
            var tree = JACKSON.readTree(bytes);
            return tree.isMissingNode() ? null : tree;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).capacity() >= 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void assertSame(
            JsonNode ours, com.fasterxml.jackson.databind.@Nullable JsonNode theirs, byte[] bytes) {
        if (theirs == null) {
            throw new AssertionError("accepted: " + Arrays.toString(bytes));
        }
        switch (ours.kind()) {
            case OBJECT -> assertSameMembers(ours, theirs, bytes);
            case ARRAY -> {
                int index = 0;
                for (JsonNode element : ours.elements()) {
                    assertSame(element, theirs.get(index++), bytes);
                }
                assertThat(theirs.isArray()).isTrue();
                assertThat(index).isEqualTo(theirs.size());
            }
            case STRING -> assertThat(ours.text()).isEqualTo(withoutLoneSurrogates(theirs.textValue()));
            case NUMBER -> assertSameNumber(ours, theirs);
            case TRUE -> assertThat(theirs.booleanValue()).isTrue();
            case FALSE ->
                assertThat(theirs.isBoolean() && !theirs.booleanValue()).isTrue();
            case NULL -> assertThat(theirs.isNull()).isTrue();
        }
    }

    private static void assertSameMembers(JsonNode ours, com.fasterxml.jackson.databind.JsonNode theirs, byte[] bytes) {
        List<String> names = new ArrayList<>();
        for (JsonMember member : ours.members()) {
            names.add(member.name());
            assertThat(bytes[member.nameStart()]).isEqualTo((byte) '"');
            JsonNode found = ours.member(member.name());
            assertThat(found).isNotNull();
            assertThat(found.start()).isEqualTo(member.value().start());
            assertThat(member.value().end()).isLessThan(ours.end());
        }
        List<String> expected = new ArrayList<>();
        theirs.fieldNames().forEachRemaining(name -> expected.add(withoutLoneSurrogates(name)));
        assertThat(names).isEqualTo(expected);
        var values = theirs.elements();
        for (JsonMember member : ours.members()) {
            assertSame(member.value(), values.next(), bytes);
        }
    }

    private static void assertSameNumber(JsonNode ours, com.fasterxml.jackson.databind.JsonNode theirs) {
        if (theirs.isIntegralNumber()) {
            assertThat(new BigInteger(ours.text())).isEqualTo(theirs.bigIntegerValue());
            assertThat(ours.asLong(7)).isEqualTo(theirs.canConvertToLong() ? theirs.longValue() : 7);
        }
        double expected = theirs.doubleValue();
        assertThat(ours.asDouble(7)).isEqualTo(Double.isInfinite(expected) ? 7 : expected);
    }

    private static String withoutLoneSurrogates(String text) {
        return text.codePoints()
                .map(code -> code >= 0xD800 && code <= 0xDFFF ? 0xFFFD : code)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
