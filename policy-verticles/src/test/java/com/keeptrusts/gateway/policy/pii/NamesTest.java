package com.keeptrusts.gateway.policy.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and street addresses are found where a title or a label announces them, and only when somebody asks for them. */
class NamesTest {

    private static final PiiScanner ASKED = scanner("{\"names\":true}");
    private static final PiiScanner SHIPPED = scanner("{}");

    private static PiiScanner scanner(String settings) {
        return new PiiScanner(Section.read("policy.pii-detector", new JsonObject(settings), PiiSettings::from));
    }

    private static List<String> found(PiiScanner scanner, String text) {
        return scanner.scanWhole(text).stream()
                .map(span -> span.type() + " " + text.substring(span.start(), span.end()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My name is Anna Lindqvist and I need help. | PERSON Anna Lindqvist",
                "Please ask Mr. Okafor about it. | PERSON Okafor",
                "Frau Dr. Weber ist im Haus. | PERSON Dr. Weber",
                "Patient: Lucía Ferrer-Soto, room 4 | PERSON Lucía Ferrer-Soto",
                "{\"fullName\":\"Tomasz Zieliński\"} | PERSON Tomasz Zieliński",
                "Shipping address: 12 Harbour Lane, Bristol BS1 4QA | ADDRESS 12 Harbour Lane, Bristol BS1 4QA",
                "Anschrift: Lindenweg 7, 50667 Köln | ADDRESS Lindenweg 7, 50667 Köln",
            })
    void whatIsAnnouncedIsFound(String text, String expected) {
        assertThat(found(ASKED, text)).contains(expected);
        assertThat(found(SHIPPED, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The patient was asleep. I am happy. Mr. and mrs. are titles.",
                "Address: localhost, home address unknown, shipping address: see above",
                "Build And Test runs on Linux; Dear team, Monday is off.",
            })
    void ordinaryWordsStay(String text) {
        assertThat(found(ASKED, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "My name is Anna Lindqvist. Home address: 12 Harbour Lane, Bristol BS1 4QA\nThank you, Dr. Okafor!",
                "Frau Weber, wohnhaft Lindenweg 7, 50667 Köln, und Herr Nguyen"
            })
    void howATextIsCutMakesNoDifference(String text) {
        List<PiiSpan> whole = ASKED.scan(text);
        char[] chars = text.toCharArray();
        for (int cut = 1; cut < chars.length; cut++) {
            Scan scan = ASKED.open();
            List<PiiSpan> pieces = new ArrayList<>();
            scan.advance(chars, 0, cut, false, pieces);
            scan.advance(chars, 0, chars.length, true, pieces);
            assertThat(pieces).as("cut at " + cut).isEqualTo(whole);
        }
    }
}
