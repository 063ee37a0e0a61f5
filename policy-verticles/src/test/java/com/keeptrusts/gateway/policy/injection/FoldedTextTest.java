package com.keeptrusts.gateway.policy.injection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {

    @ParameterizedTest
    @CsvSource({
        "'Ignore  ALL, rules', 'ignore all rules'",
        "'One. Two!! Three?', 'one.two.three.'",
        "'see file.txt now', 'see file txt now'",
        "'don''t stop', 'dont stop'",
        "'say ''hello'' now', 'say \"hello\" now'",
        "'“quoted”', '\"quoted\"'",
        "'指示。無視', '指示.無視'",
    })
    void wordsStayAndEverythingElseIsSimple(String text, String folded) {
        assertThat(FoldedText.of(text).text()).isEqualTo(folded);
    }

    @ParameterizedTest
    @CsvSource({"'a\nb', 'a b'", "'a\n\nb', 'a.b'", "'a\n \nb', 'a.b'"})
    void aLineBreakIsASpaceAndAnEmptyLineEndsTheSentence(String text, String folded) {
        assertThat(FoldedText.of(text).text()).isEqualTo(folded);
    }
}
