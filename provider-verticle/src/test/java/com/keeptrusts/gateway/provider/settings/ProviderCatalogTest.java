package com.keeptrusts.gateway.provider.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderCatalogTest {

    @ParameterizedTest
    @CsvSource({
        "cerebras, https://api.cerebras.ai, CEREBRAS_API_KEY, store, functions",
        "openai, https://api.openai.com, OPENAI_API_KEY, clear_thinking, ''",
        "some-llm.v2, , SOME_LLM_V2_API_KEY, '', ''"
    })
    void everyProviderHasItsRow(String name, String baseUrl, String variable, String stripped, String rejected) {
        ProviderProfile profile = ProviderCatalog.profile(name);

        assertThat(profile.baseUrl()).isEqualTo(baseUrl);
        assertThat(profile.keyVariable()).isEqualTo(variable);
        assertThat(profile.rules().strip().contains(stripped)).isEqualTo(!stripped.isEmpty());
        assertThat(profile.rules().reject().contains(rejected)).isEqualTo(!rejected.isEmpty());
    }

    @Test
    void noFieldIsBothLeftOutAndRefused() {
        assertThat(ProviderCatalog.known())
                .isNotEmpty()
                .allSatisfy(profile -> assertThat(profile.rules().strip())
                        .noneMatch(field -> profile.rules().reject().contains(field)));
    }
}
