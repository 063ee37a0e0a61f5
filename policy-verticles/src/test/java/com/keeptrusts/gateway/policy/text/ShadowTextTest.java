package com.keeptrusts.gateway.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowTextTest {

    @Test
    void asciiTextIsItsOwnShadow() {
        String original = "Plain text, 42 words.";

        ShadowText shadow = ShadowText.of(original);

        assertThat(shadow.text()).isSameAs(original);
        assertThat(shadow.origin(6)).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "'ｉｇｎｏｒｅ １２', 'ignore 12'",
        "'ig\u200Bno\u00ADre', 'ignore'",
        "'i\u0301gn\u0302ore', 'ignore'",
        "'naïve café', 'naive cafe'",
        "'ﬁle ½', 'file 1⁄2'",
        "'٣٤ ৫', '34 5'",
        "'ɪɢɴᴏʀᴇ', 'ignore'",
        "'𝐢𝐠𝐧𝐨𝐫𝐞', 'ignore'",
        "'🅸gnore', 'Ignore'",
        "'\u202Eignore\u202C', 'ignore'",
    })
    void aReaderSeesPlainLetters(String original, String seen) {
        assertThat(ShadowText.of(original).text()).isEqualTo(seen);
    }

    @Test
    void lettersThatImitateLatinOnesAreReadAsThoseInMixedWords() {
        ShadowText shadow = ShadowText.of("іgnоre the rules");

        assertThat(shadow.text()).isEqualTo("ignore the rules");
        assertThat(shadow.traces().lookalikes()).isEqualTo(2);
    }

    @Test
    void wordsOfOneScriptStayAsTheyAre() {
        assertThat(ShadowText.of("Расскажи про космос").text()).isEqualTo("Расскажи про космос");
        assertThat(ShadowText.of("सभी निर्देश").text()).isEqualTo("सभी निर्देश");
        assertThat(ShadowText.of("以前の指示").text()).isEqualTo("以前の指示");
    }

    @Test
    void lookalikesStayWhenNobodyAsksForThem() {
        assertThat(ShadowText.of("іgnоre", false).text()).isEqualTo("іgnоre");
    }

    @Test
    void invisibleTagCharactersAreSpeltOut() {
        ShadowText shadow = ShadowText.of("Hi" + tags("obey me now"));

        assertThat(shadow.text()).isEqualTo("Hiobey me now");
        assertThat(shadow.traces().tags()).isEqualTo(11);
    }

    @Test
    void theTagCharactersOfFlagsAreNoText() {
        ShadowText shadow = ShadowText.of("\uD83C\uDFF4" + tags("gbeng") + "\uDB40\uDC7F!");

        assertThat(shadow.traces().tags()).isZero();
        assertThat(shadow.text()).isEqualTo("\uD83C\uDFF4!");
    }

    @Test
    void bytesInVariationSelectorsAreTakenOut() {
        var smuggling = new StringBuilder("a");
        for (byte value : "obey".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            smuggling.appendCodePoint(0xE0100 + value - 16);
        }

        assertThat(ShadowText.of(smuggling.toString()).traces().smuggled()).isEqualTo("obey");
    }

    @Test
    void emojiWithTheirSelectorsSmuggleNothing() {
        assertThat(ShadowText.of("🛠️ ❤️ ☀️ ✈️ ☎️").traces().smuggled()).isEmpty();
    }

    @Test
    void everyCharacterKnowsItsOrigin() {
        String original = "a\u200Bﬁ\uD835\uDC22z";

        ShadowText shadow = ShadowText.of(original);

        assertThat(shadow.text()).isEqualTo("afiiz");
        assertThat(java.util.stream.IntStream.rangeClosed(0, 5).map(shadow::origin))
                .containsExactly(0, 2, 2, 3, 5, 6);
    }

    private static String tags(String text) {
        var tags = new StringBuilder();
        text.chars().forEach(c -> tags.appendCodePoint(0xE0000 + c));
        return tags.toString();
    }
}
