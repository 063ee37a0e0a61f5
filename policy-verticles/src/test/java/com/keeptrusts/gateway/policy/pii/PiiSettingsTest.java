package com.keeptrusts.gateway.policy.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.ConfigProblem;
import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiiSettingsTest {

    @Test
    void anEmptyBlockHasTheDefaults() {
        PiiSettings settings = read("{}");

        assertThat(settings.block()).isFalse();
        assertThat(settings.output()).isTrue();
        assertThat(settings.restore()).isFalse();
        assertThat(settings.redaction()).isEqualTo(Redaction.DEFAULT);
        assertThat(settings.types())
                .contains(PiiType.EMAIL, PiiType.CREDIT_CARD)
                .doesNotContain(PiiType.MEDICAL_ID);
        assertThat(settings.regions()).contains("US", "DE", "IN");
    }

    @Test
    void theHealthcareModeAddsMedicalNumbers() {
        assertThat(read("{'healthcare_mode':true}").types()).contains(PiiType.MEDICAL_ID);
        assertThat(read("{'healthcare_mode':true,'categories':['email']}").types())
                .containsExactlyInAnyOrder(PiiType.EMAIL, PiiType.MEDICAL_ID, PiiType.CUSTOM);
    }

    @Test
    void withoutThePciModeCardsStay() {
        assertThat(read("{'pci_mode':false}").types()).doesNotContainAnyElementsOf(PiiType.PAYMENT);
        assertThat(read("{'pci_mode':false,'categories':['credit_card']}").types())
                .contains(PiiType.CREDIT_CARD);
    }

    @Test
    void anUnknownCategoryIsRefusedWithTheNearestOne() {
        ConfigProblem problem =
                problems("{'categories':['email','credit_crad']}").getFirst();

        assertThat(problem.code()).isEqualTo("unknown_value");
        assertThat(problem.path()).isEqualTo("policy.pii-detector.categories[1]");
        assertThat(problem.suggestion()).isEqualTo("credit_card");
    }

    @Test
    void everyMistakeIsNamedWithItsPath() {
        List<ConfigProblem> problems = problems(
                "{'action':'mask','redaction':{'marker_format':'stars','size':1,"
                        + "'custom_markers':{'e-mial':'x'}},'detect_patterns':['(?=a)b','a*'],'regions':['Germany'],'ouput':true}");

        assertThat(problems)
                .extracting(ConfigProblem::path)
                .containsExactlyInAnyOrder(
                        "policy.pii-detector.action",
                        "policy.pii-detector.redaction.marker_format",
                        "policy.pii-detector.redaction.size",
                        "policy.pii-detector.redaction.custom_markers.e-mial",
                        "policy.pii-detector.detect_patterns[0]",
                        "policy.pii-detector.detect_patterns[1]",
                        "policy.pii-detector.regions[0]",
                        "policy.pii-detector.ouput");
    }

    @Test
    void aMarkerHasABound() {
        assertThat(problems("{'redaction':{'custom_markers':{'email':'" + "x".repeat(129) + "'}}}"))
                .extracting(ConfigProblem::path)
                .containsExactly("policy.pii-detector.redaction.custom_markers.email");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'marker_format':'asterisks'}",
                "{'marker_format':'partial'}",
                "{'preserve_length':true}",
                "{'include_metadata':true}"
            })
    void markersThatCannotBePutBackAreRefusedWithRestore(String redaction) {
        assertThat(problems("{'restore':true,'redaction':" + redaction + "}"))
                .extracting(ConfigProblem::path)
                .containsExactly("policy.pii-detector.restore");
    }

    private static PiiSettings read(String json) {
        return Section.read("policy.pii-detector", new JsonObject(json.replace('\'', '"')), PiiSettings::from);
    }

    private static List<ConfigProblem> problems(String json) {
        return assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(json))
                .actual()
                .problems();
    }
}
