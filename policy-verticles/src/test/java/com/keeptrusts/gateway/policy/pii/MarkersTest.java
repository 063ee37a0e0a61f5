package com.keeptrusts.gateway.policy.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MarkersTest {

    private static final String LETTERS = "abcXYZ0123456789@.-+ äßЖ中😀\"\\/:";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    label      | EMAIL       | ann@example.org     | [EMAIL_REDACTED]
                    label      | IP_ADDRESS  | 8.8.8.8             | [IP_ADDRESS_REDACTED]
                    asterisks  | EMAIL       | ann@example.org     | ********
                    partial    | EMAIL       | ann@example.org     | a***@example.org
                    partial    | EMAIL       | al@example.org      | ***@example.org
                    partial    | EMAIL       | ann%40example.org   | ***%********e.org
                    partial    | CREDIT_CARD | 4012-8888-8888-1881 | ****-****-****-1881
                    partial    | SSN         | 512-73-4057         | ***-**-4057
                    partial    | NATIONAL_ID | AB12345             | *******
                    partial    | PASSPORT    | ЖЖ 1234567          | ** ***4567
                    partial    | SECRET      | hunter2hunter2      | ********
                    partial    | CVV         | 123                 | ********
                    """)
    void eachFormatHasItsMarkers(String format, PiiType type, String value, String marker) {
        assertThat(markers("{'marker_format':'" + format + "'}").replacement(span(type, value), value))
                .isEqualTo(marker);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    label     | EMAIL       | annabelle@example.org | [EMAIL_REDACTED]*****
                    label     | EMAIL       | a@b.example           | ***********
                    asterisks | EMAIL       | ann@example.org       | ***************
                    partial   | EMAIL       | ann@example.org       | a**@example.org
                    partial   | CREDIT_CARD | 4012888888881881      | ************1881
                    partial   | SECRET      | hunter2               | *******
                    """)
    void theLengthCanBeKept(String format, PiiType type, String value, String marker) {
        String settings = "{'preserve_length':true,'marker_format':'" + format + "'}";

        assertThat(markers(settings).replacement(span(type, value), value)).isEqualTo(marker);
    }

    @ParameterizedTest
    @EnumSource(PiiType.class)
    void noMarkerSaysMoreThanItsFormatAllows(PiiType type) {
        var random = new Random(20);
        for (int i = 0; i < 500; i++) {
            String value = value(random);
            for (String format : List.of("label", "asterisks", "partial")) {
                for (boolean kept : new boolean[] {false, true}) {
                    for (boolean metadata : new boolean[] {false, true}) {
                        String settings = "{'marker_format':'" + format + "','preserve_length':" + kept
                                + ",'include_metadata':" + metadata + "}";
                        String marker = markers(settings).replacement(span(type, value), value);
                        assertHides(format, type, value, marker);
                        if (kept) {
                            assertThat(marker).as("%s of %s", settings, value).hasSameSizeAs(value);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aFurtherPieceOfAValueAddsNothingButItsLength() {
        var piece = new PiiSpan(0, 5, PiiType.SECRET, 1, true);

        assertThat(markers("{}").replacement(piece, "aB3dE")).isEmpty();
        assertThat(markers("{'preserve_length':true}").replacement(piece, "aB3dE"))
                .isEqualTo("*****");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [MAIL] | to [MAIL_1] and [MAIL_2] and [MAIL_1]
                    <mail> | to <mail_1> and <mail_2> and <mail_1>
                    (a) b) | to (a) b_1) and (a) b_2) and (a) b_1)
                    mail   | to [mail_1] and [mail_2] and [mail_1]
                    """)
    void numberedMarkersKeepTheOperatorsLabels(String label, String redacted) {
        List<TextPart> texts = List.of(part("to ann@b.example and bob@b.example and ann@b.example"));
        var numbering = new Numbering(texts, Map.of(PiiType.EMAIL, label));

        String written = "to " + numbering.marker(span(PiiType.EMAIL, "x"), "ann@b.example") + " and "
                + numbering.marker(span(PiiType.EMAIL, "x"), "bob@b.example") + " and "
                + numbering.marker(span(PiiType.EMAIL, "x"), "ann@b.example");

        assertThat(written).isEqualTo(redacted);
    }

    @Test
    void noNumberIsGivenThatStandsInATextAlready() {
        var numbering =
                new Numbering(List.of(part("[EMAIL_1], [EMAIL_3"), part("x [EMAIL_0002] [EMAIL_[EMAIL_5")), Map.of());

        List<String> given = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            given.add(numbering.marker(span(PiiType.EMAIL, "x"), "value " + i));
        }

        assertThat(given).containsExactly("[EMAIL_4]", "[EMAIL_6]", "[EMAIL_7]");
    }

    @Test
    void tenThousandValuesInAMebibyteAreNumberedWithoutReadingItForEach() {
        var numbering = new Numbering(List.of(part("[EMAIL_ x ".repeat(100_000))), Map.of());
        Set<String> given = new HashSet<>();

        for (int i = 0; i < 10_000; i++) {
            given.add(numbering.marker(span(PiiType.EMAIL, "x"), "value " + i));
        }

        assertThat(given).hasSize(10_000).contains("[EMAIL_1]", "[EMAIL_10000]");
    }

    @Test
    void argumentsOfToolsStayJsonWhateverTheLabel() {
        var random = new Random(21);
        for (int i = 0; i < 2_000; i++) {
            String label = value(random);
            var custom = new JsonObject()
                    .put("email", label)
                    .put("credit_card", label)
                    .put("ip_address", label);
            var settings = new JsonObject().put("redaction", new JsonObject().put("custom_markers", custom));
            String arguments = new JsonObject()
                    .put("to", value(random) + " ann@example.org " + value(random))
                    .put(
                            "say",
                            "password: hunter2xyz!" + value(random) + "\"q\" http://u:p4ss@h.example/" + value(random))
                    .put("card", 4012888888881881L)
                    .put("a b", List.of("8.8.4.4", 7))
                    .encode();

            assertThat(Json.decodeValue(redacted(settings, arguments))).isInstanceOf(JsonObject.class);
        }
    }

    private static String redacted(JsonObject settings, String arguments) {
        PiiSettings read = Section.read("policy.pii-detector", settings, PiiSettings::from);
        var markers = new Markers(read.redaction());
        var redactor = new Redactor(Channel.TOOL_ARGUMENTS, markers::replacement);
        var out = new StringBuilder();
        int kept = 0;
        int written = 0;
        for (PiiSpan span : new PiiScanner(read).scan(arguments)) {
            redactor.keep(arguments.substring(kept, span.start()));
            Redactor.Replacement with = redactor.replace(span, arguments.substring(span.start(), span.end()));
            out.append(arguments, written, with.start()).append(with.text());
            kept = span.end();
            written = with.end();
        }
        return out.append(arguments, written, arguments.length()).toString();
    }

    private static void assertHides(String format, PiiType type, String value, String marker) {
        if (format.equals("partial") && type == PiiType.EMAIL && value.indexOf('@') >= 0) {
            int sign = value.lastIndexOf('@');
            assertThat(marker).endsWith(value.substring(sign));
            assertThat(marker.substring(0, marker.length() - (value.length() - sign)))
                    .matches("(?s).{0,2}\\**");
        } else if (format.equals("partial")) {
            long shown = marker.chars().filter(Character::isLetterOrDigit).count();
            assertThat(shown).as("%s of %s", marker, value).isLessThanOrEqualTo(4);
        } else {
            assertThat(marker.replaceAll("\\[[A-Z_]+( length=\\d+)?]", "")).matches("\\**");
        }
    }

    private static String value(Random random) {
        var value = new StringBuilder();
        int[] letters = LETTERS.codePoints().toArray();
        for (int i = 1 + random.nextInt(30); i > 0; i--) {
            value.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return value.toString();
    }

    private static Markers markers(String redaction) {
        var settings = new JsonObject().put("redaction", new JsonObject(redaction.replace('\'', '"')));
        return new Markers(
                Section.read("policy.pii-detector", settings, PiiSettings::from).redaction());
    }

    private static PiiSpan span(PiiType type, String value) {
        return new PiiSpan(0, value.length(), type, 1, false);
    }

    private static TextPart part(String text) {
        return new TextPart(0, 0, Channel.USER, "messages[0]", new UserText(text));
    }
}
