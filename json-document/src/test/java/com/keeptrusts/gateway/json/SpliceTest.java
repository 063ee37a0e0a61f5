package com.keeptrusts.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpliceTest {

    @Test
    void editsInAnyOrderChangeOnlyTheirRanges() {
        byte[] original = "xx0123456789yy".getBytes(UTF_8);

        byte[] result = Splice.apply(
                original,
                2,
                12,
                List.of(edit(9, 11, "Z"), edit(3, 5, "abc"), edit(3, 3, "<"), edit(3, 3, ">"), edit(12, 12, "!")));

        assertThat(new String(result, UTF_8)).isEqualTo("0<>abc3456Z9!");
    }

    @Test
    void overlappingOrOutlyingEditsAreRefused() {
        var bytes = new byte[10];

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Splice.apply(bytes, 0, 10, List.of(edit(0, 3, ""), edit(2, 4, ""))));
        assertThatIllegalArgumentException().isThrownBy(() -> Splice.apply(bytes, 2, 10, List.of(edit(1, 3, ""))));
        assertThatIllegalArgumentException().isThrownBy(() -> Splice.apply(bytes, 0, 9, List.of(edit(8, 10, ""))));
        assertThatIllegalArgumentException().isThrownBy(() -> edit(3, 2, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1}                 | a | {}
                    {"a":1,"b":2}           | a | {"b":2}
                    {"a":1,"b":2}           | b | {"a":1}
                    { "a" : 1 , "b" : 2 }   | a | {  "b" : 2 }
                    { "a" : 1 , "b" : 2 }   | b | { "a" : 1  }
                    {"x":[1,2],"a":{"b":","},"c":3} | a | {"x":[1,2],"c":3}
                    """)
    void aMemberLeavesWithExactlyOneComma(String text, String name, String expected) {
        JsonNode object = JsonDocument.parse(text.getBytes(UTF_8)).root();
        JsonMember member = member(object, name);

        assertThat(applied(text, List.of(Splice.removeMember(object, member)))).isEqualTo(expected);
    }

    @Test
    void aMemberIsAddedAtTheEnd() {
        assertThat(added("{}")).isEqualTo("{\"n\\\"\":[1]}");
        assertThat(added("{ }")).isEqualTo("{\"n\\\"\":[1] }");
        assertThat(added("{\"a\":1 }")).isEqualTo("{\"a\":1,\"n\\\"\":[1] }");
    }

    @Test
    void severalChangesToOneObjectKeepItsCommasRight() throws Exception {
        var random = new Random(5);
        var json = new RandomJson(random);
        var jackson = new ObjectMapper();

        for (int i = 0; i < 10_000; i++) {
            String text = json.object(2);
            JsonNode object = JsonDocument.parse(text.getBytes(UTF_8)).root();
            var expected = (ObjectNode) jackson.readTree(text);
            List<JsonMember> removed = new ArrayList<>();
            List<ByteEdit> edits = new ArrayList<>();
            for (JsonMember member : object.members()) {
                if (random.nextBoolean()) {
                    removed.add(member);
                    expected.remove(member.name());
                } else if (random.nextBoolean()) {
                    edits.add(edit(member.value().start(), member.value().end(), "{}"));
                    expected.putObject(member.name());
                }
            }
            Map<String, byte[]> added = new LinkedHashMap<>();
            for (int n = random.nextInt(3); n > 0; n--) {
                added.put("added " + n, "12".getBytes(UTF_8));
                expected.put("added " + n, 12);
            }
            edits.addAll(Splice.changeMembers(object, removed, added));

            assertThat(jackson.readTree(applied(text, edits))).isEqualTo(expected);
        }
    }

    private static String added(String text) {
        JsonNode object = JsonDocument.parse(text.getBytes(UTF_8)).root();
        return applied(text, List.of(Splice.insertMember(object, "n\"", "[1]".getBytes(UTF_8))));
    }

    private static String applied(String text, List<ByteEdit> edits) {
        byte[] bytes = text.getBytes(UTF_8);
        return new String(Splice.apply(bytes, 0, bytes.length, edits), UTF_8);
    }

    private static ByteEdit edit(int start, int end, String replacement) {
        return new ByteEdit(start, end, replacement.getBytes(UTF_8));
    }

    private static JsonMember member(JsonNode object, String name) {
        for (JsonMember member : object.members()) {
            if (member.name().equals(name)) {
                return member;
            }
        }
        throw new AssertionError(name);
    }
}
