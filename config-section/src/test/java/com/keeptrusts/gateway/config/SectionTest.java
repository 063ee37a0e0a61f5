package com.keeptrusts.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionTest {

    @Test
    void everyMistakeOfASectionIsListedAtOnce() {
        var json = new JsonObject(
                "{\"retention_days\":0,\"imutable\":true,\"durability\":\"dispach\",\"log_all_access\":3}");

        ConfigException refusal = catchThrowableOfType(
                ConfigException.class,
                () -> Section.read("policy.audit-logger", json, section -> {
                    section.bool("immutable", true);
                    section.bool("log_all_access", true);
                    section.choice("durability", "dispatch", List.of("dispatch", "answer", "async"));
                    return section.integer("retention_days", 365, 1, 36500);
                }));

        assertThat(refusal.problems())
                .extracting(ConfigProblem::describe)
                .containsExactlyInAnyOrder(
                        "policy.audit-logger.retention_days: 0 (expected: 1 to 36500)",
                        "policy.audit-logger.imutable: unknown key (expected: immutable, log_all_access, durability,"
                                + " retention_days); did you mean 'immutable'?",
                        "policy.audit-logger.durability: 'dispach' (expected: dispatch, answer, async);"
                                + " did you mean 'dispatch'?",
                        "policy.audit-logger.log_all_access: 3 (expected: true or false)");
    }

    @Test
    void nestedSectionsAndListsKeepTheirPlaceInThePath() {
        var json = new JsonObject("{\"targets\":[{\"id\":\"a\"},{\"idd\":\"b\"},5]}");

        ConfigException refusal = catchThrowableOfType(
                ConfigException.class,
                () -> Section.read(
                        "providers",
                        json,
                        section -> section.sections("targets", target -> target.requiredText("id"))));

        assertThat(refusal.problems())
                .extracting(ConfigProblem::path)
                .containsExactlyInAnyOrder(
                        "providers.targets[1].id", "providers.targets[1].idd", "providers.targets[2]");
    }

    @Test
    void aRecordsOwnInvariantIsAProblemOfItsSection() {
        ConfigException refusal = catchThrowableOfType(
                ConfigException.class,
                () -> Section.read("a.b", new JsonObject(), _ -> {
                    throw new IllegalArgumentException("lo: 0.9 (expected: at most hi)");
                }));

        assertThat(refusal).hasMessage("a.b: lo: 0.9 (expected: at most hi)");
    }

    @Test
    void aNullValueIsAMistakeAndNotADefault() {
        ConfigException refusal = catchThrowableOfType(
                ConfigException.class,
                () -> Section.read("pack", new JsonObject("{\"name\":null}"), section -> section.text("name", "x")));

        assertThat(refusal).hasMessage("pack.name: nothing (expected: a string)");
    }
}
