package com.keeptrusts.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void aLiteralHasNoMoreEscapesThanItMust() {
        String text = "a\"\\/\b\t\n\f\r\u0001\u001f\u007fé漢\u2028😀";

        assertThat(new String(JsonText.literal(text), UTF_8))
                .isEqualTo("\"a\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\u007fé漢\u2028😀\"");
        assertThat(new String(JsonText.literal("\ud83dx\ude00"), UTF_8)).isEqualTo("\"\ufffdx\ufffd\"");
    }

    @Test
    void onlyTheGivenRangesChange() {
        assertThat(edit("\"\\u0041 \\/ mail a@b.c \\ud83d\\ude00 😀 é!\"", new TextEdit(9, 14, "[\"mail\"]")))
                .isEqualTo("\"\\u0041 \\/ mail [\\\"mail\\\"] \\ud83d\\ude00 😀 é!\"");
    }

    @Test
    void noEditKeepsTheLiteral() {
        assertThat(edit("\"\\u0041\\/\"")).isEqualTo("\"\\u0041\\/\"");
        assertThat(edit("\"\"", new TextEdit(0, 0, "x"))).isEqualTo("\"x\"");
    }

    @Test
    void anEditThatMeetsAPairTakesAllOfIt() {
        assertThat(edit("\"a😀b\"", new TextEdit(2, 3, "-"))).isEqualTo("\"a-b\"");
        assertThat(edit("\"a😀b\"", new TextEdit(0, 2, "-"))).isEqualTo("\"-b\"");
        assertThat(edit("\"a\\ud83d\\ude00b\"", new TextEdit(1, 2, "-"))).isEqualTo("\"a-b\"");
        assertThat(edit("\"a😀b\"", new TextEdit(1, 2, "-"), new TextEdit(2, 4, "+")))
                .isEqualTo("\"a-+\"");
    }

    @Test
    void removingWhatStandsBetweenLoneSurrogatesMakesNoNewCharacter() {
        assertThat(edit("\"\\ud83dx\\ude00\"", new TextEdit(1, 2, ""))).isEqualTo("\"\\ud83d\ufffd\\ude00\"");
        assertThat(edit("\"\\ud83dxy\\ude00\"", new TextEdit(1, 2, ""), new TextEdit(2, 3, "")))
                .isEqualTo("\"\\ud83d\ufffd\\ude00\"");
        assertThat(edit("\"\\ud83dxy\\ude00\"", new TextEdit(1, 2, "-"), new TextEdit(2, 3, "")))
                .isEqualTo("\"\\ud83d-\\ude00\"");
    }

    @Test
    void editsThatOverlapOrReachBeyondTheTextAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> edit("\"abc\"", new TextEdit(2, 4, "")));
        assertThatIllegalArgumentException().isThrownBy(() -> edit("\"abc\"", new TextEdit(4, 4, "")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> edit("\"abc\"", new TextEdit(0, 2, ""), new TextEdit(1, 3, "")));
        assertThatIllegalArgumentException().isThrownBy(() -> new TextEdit(2, 1, ""));
    }

    @Test
    void randomEditsKeepEveryOtherByte() {
        var random = new Random(7);
        var json = new RandomJson(random);

        for (int i = 0; i < 30_000; i++) {
            List<Unit> units = units(json, json.text());
            int length = units.stream().mapToInt(Unit::width).sum();
            List<TextEdit> edits = randomEdits(random, json, length);

            String expected = expected(units, edits);

            assertThat(edit(literal(units), edits.toArray(TextEdit[]::new))).isEqualTo(expected);
        }
    }

    /** One character of a literal: how it is written and how many UTF-16 units it has. */
    private record Unit(String raw, int width) {}

    private static List<Unit> units(RandomJson json, String text) {
        // Without lone surrogates: where removals join them is a test of its own.
        return text.codePoints()
                .filter(code -> code < 0xD800 || code > 0xDFFF)
                .mapToObj(code -> new Unit(json.encoded(code), Character.charCount(code)))
                .toList();
    }

    private static String literal(List<Unit> units) {
        var out = new StringBuilder("\"");
        units.forEach(unit -> out.append(unit.raw()));
        return out.append('"').toString();
    }

    private static List<TextEdit> randomEdits(Random random, RandomJson json, int length) {
        List<TextEdit> edits = new ArrayList<>();
        int free = 0;
        while (free <= length && random.nextInt(3) > 0) {
            int start = free + random.nextInt(length - free + 1);
            int end = start + random.nextInt(Math.min(4, length - start + 1));
            edits.add(new TextEdit(start, end, random.nextBoolean() ? "" : json.text()));
            free = end;
        }
        return edits;
    }

    /** The model: each unit is kept unless some edit covers a part of it or begins or ends within it. */
    private static String expected(List<Unit> units, List<TextEdit> edits) {
        var out = new StringBuilder("\"");
        int offset = 0;
        int next = 0;
        for (Unit unit : units) {
            int end = offset + unit.width();
            for (; next < edits.size() && edits.get(next).start() < end; next++) {
                out.append(inside(edits.get(next).replacement()));
            }
            int from = offset;
            boolean touched = edits.stream()
                    .anyMatch(edit -> edit.start() < end
                            && edit.end() > from
                            && (edit.start() < edit.end() || edit.start() > from));
            out.append(touched ? "" : unit.raw());
            offset = end;
        }
        for (; next < edits.size(); next++) {
            out.append(inside(edits.get(next).replacement()));
        }
        return out.append('"').toString();
    }

    private static String inside(String text) {
        String literal = new String(JsonText.literal(text), UTF_8);
        return literal.substring(1, literal.length() - 1);
    }

    private static String edit(String literal, TextEdit... edits) {
        byte[] document = ("[" + literal + "]").getBytes(UTF_8);
        JsonNode string =
                JsonDocument.parse(document).root().elements().iterator().next();
        byte[] edited = JsonText.edit(document, string.start(), string.end(), List.of(edits));
        JsonDocument.parse(edited);
        return new String(edited, UTF_8);
    }
}
