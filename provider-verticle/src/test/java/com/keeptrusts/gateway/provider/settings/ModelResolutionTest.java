package com.keeptrusts.gateway.provider.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelResolutionTest {

    private static final String FAST = "{\"id\":\"fast\",\"provider\":\"cerebras:chat:llama3.1-8b\"}";
    private static final String BIG = "{\"id\":\"big\",\"provider\":\"cerebras:chat:llama3.3-70b\"}";
    private static final String OTHER = "{\"id\":\"other\",\"provider\":\"openai\",\"model\":\"gpt-4o\"}";
    private static final String OPEN = "{\"id\":\"open\",\"provider\":\"openai\"}";

    @Test
    void theIdOfATargetChoosesIt() {
        assertThat(resolved("other", FAST, BIG, OTHER))
                .containsExactly("other=gpt-4o", "|", "fast=llama3.1-8b", "big=llama-3.3-70b");
    }

    @Test
    void theModelOfATargetChoosesItAndIsSpelledAsItsProviderDoes() {
        assertThat(resolved("llama3.3-70b", FAST, BIG, OTHER))
                .containsExactly("big=llama-3.3-70b", "|", "fast=llama3.1-8b", "other=gpt-4o");
    }

    @Test
    void anotherSpellingOfATargetsModelChoosesIt() {
        assertThat(resolved("llama-3.3-70b", FAST, BIG)).containsExactly("big=llama-3.3-70b", "|", "fast=llama3.1-8b");
    }

    @Test
    void anAliasChoosesTheTargetThatServesItsModel() {
        assertThat(resolvedWith("\"cheap\":\"gpt-4o\"", "cheap", FAST, OTHER))
                .containsExactly("other=gpt-4o", "|", "fast=llama3.1-8b");
    }

    @Test
    void anAliasThatNoTargetNamesGoesToTheFirst() {
        assertThat(resolvedWith("\"cheap\":\"qwen-3.8-27b\"", "cheap", FAST, OTHER))
                .containsExactly("fast=qwen-3.8-27b", "other=gpt-4o", "|");
    }

    @Test
    void anUnknownModelBecomesThatOfTheFirstTarget() {
        assertThat(resolved("gpt-5", FAST, OTHER)).containsExactly("fast=llama3.1-8b", "other=gpt-4o", "|");
    }

    @Test
    void aTargetWithoutModelPassesTheClientsThrough() {
        assertThat(resolved("gpt-5", OPEN, FAST)).containsExactly("open=gpt-5", "fast=llama3.1-8b", "|");
    }

    @Test
    void severalTargetsOfOneModelAreAllPreferred() {
        String twin = BIG.replace("big", "twin");

        assertThat(resolved("llama3.3-70b", FAST, BIG, twin))
                .containsExactly("big=llama-3.3-70b", "twin=llama-3.3-70b", "|", "fast=llama3.1-8b");
    }

    @Test
    void theOperatorsAliasStandsAboveTheKnownSpelling() {
        assertThat(resolvedWith("\"llama3.3-70b\":\"gpt-oss-120b\"", "llama3.3-70b", BIG))
                .containsExactly("big=gpt-oss-120b", "|");
    }

    private static List<String> resolved(String requested, String... targets) {
        return resolvedWith("", requested, targets);
    }

    private static List<String> resolvedWith(String aliases, String requested, String... targets) {
        ProviderConfig config = ProviderConfig.parse(Bytes.utf8("{\"providers\":{\"targets\":["
                + String.join(",", targets) + "]},\"model_aliases\":{" + aliases + "}}"));
        ModelResolution resolution = ModelResolution.of(config.providers(), config.aliases(), requested);
        var named = new ArrayList<String>();
        resolution.preferred().forEach(candidate -> named.add(name(candidate)));
        named.add("|");
        resolution.others().forEach(candidate -> named.add(name(candidate)));
        return named;
    }

    private static String name(Candidate candidate) {
        return candidate.target().id() + "=" + candidate.model();
    }
}
