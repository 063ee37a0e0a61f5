package com.keeptrusts.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    @Test
    void namesAreSortedByUtf16Units() {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name : List.of("\u20ac", "\r", "\ufb33", "1", "😀", "\u0080", "ö")) {
            object.put(name, 1);
        }

        assertThat(written(object)).isEqualTo("{\"\\r\":1,\"1\":1,\"\u0080\":1,\"ö\":1,\"€\":1,\"😀\":1,\"\ufb33\":1}");
    }

    @Test
    void everyKindOfValueHasItsForm() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("z", Arrays.asList(null, true, false, 0, -1L, 9007199254740991L, "a/\"\\\u0007\u007f\u2028"));
        object.put("b", Map.of());
        object.put("a", List.of());
        object.put("c", Map.of("y", 1, "x", List.of(Map.of())));

        assertThat(written(object))
                .isEqualTo("{\"a\":[],\"b\":{},\"c\":{\"x\":[{}],\"y\":1},\"z\":[null,true,false,0,-1,9007199254740991,"
                        + "\"a/\\\"\\\\\\u0007\u007f\u2028\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0,0",
        "-0.0,0",
        "1.0,1",
        "-1.5,-1.5",
        "0.1,0.1",
        "4.9E-324,5e-324",
        "1.7976931348623157E308,1.7976931348623157e+308",
        "9007199254740992,9007199254740992",
        "295147905179352830000,295147905179352830000",
        "1E21,1e+21",
        "1E23,1e+23",
        "9.999999999999997E22,9.999999999999997e+22",
        "1E-6,0.000001",
        "1E-7,1e-7",
        "0.0000033333333333333333,0.0000033333333333333333",
        "333333333.33333329,333333333.3333333",
        "2E-323,2e-323",
        "123E-20,1.23e-18"
    })
    void doublesAreWrittenAsEcmaScriptDoes(double number, String expected) {
        String form = written(Map.of("n", number));

        assertThat(form).isEqualTo("{\"n\":" + expected + "}");
    }

    @Test
    void whatHasNoCanonicalFormIsRefused() {
        for (Object value :
                List.of(Double.NaN, Double.POSITIVE_INFINITY, 1L << 53, Long.MIN_VALUE, 1.5f, "\ud800", new Object())) {
            assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(Map.of("v", value)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(Map.of("\udc00", 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(Map.of("m", Map.of(1, 1))));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(nested(100)));
    }

    @Test
    void theOrderOfTheMapDoesNotMatter() {
        var random = new Random(11);
        var json = new RandomJson(random);
        for (int i = 0; i < 1_000; i++) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int n = 0; n < 10; n++) {
                object.put(json.text().replaceAll("\\p{Cs}", "") + n, random.nextInt());
            }
            List<String> names = new ArrayList<>(object.keySet());
            Collections.shuffle(names, random);
            Map<String, Object> shuffled = new LinkedHashMap<>();
            names.forEach(name -> shuffled.put(name, object.get(name)));

            byte[] form = CanonicalJson.write(object);

            assertThat(CanonicalJson.write(shuffled)).isEqualTo(form);
            assertThat(JsonDocument.parse(form).root().members())
                    .extracting(JsonMember::name)
                    .containsExactlyElementsOf(object.keySet().stream().sorted().toList());
        }
    }

    private static Map<String, Object> nested(int depth) {
        Map<String, Object> object = Map.of();
        for (int i = 0; i < depth; i++) {
            object = Map.of("o", object);
        }
        return object;
    }

    private static String written(Map<String, ?> object) {
        return new String(CanonicalJson.write(object), UTF_8);
    }
}
