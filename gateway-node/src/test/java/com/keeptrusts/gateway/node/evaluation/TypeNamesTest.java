package com.keeptrusts.gateway.node.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.policy.pii.PiiType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypeNamesTest {

    /** The security code of a card and the operator's own patterns have no name in labelled data. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CVV", "CUSTOM"})
    void everyTypeHasANameInLabelledData(PiiType type) {
        assertThat(TypeNames.counts(TypeNames.of(type))).isTrue();
    }
}
