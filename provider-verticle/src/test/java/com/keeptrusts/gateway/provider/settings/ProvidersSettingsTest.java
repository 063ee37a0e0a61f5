package com.keeptrusts.gateway.provider.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.ConfigProblem;
import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Endpoint;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersSettingsTest {

    @Test
    void theShortestTargetIsComplete() {
        TargetSettings target = only("""
                {"id":"cerebras-llama","provider":"cerebras:chat:llama3.3-70b"}""");

        assertThat(target.model()).isEqualTo("llama3.3-70b");
        assertThat(target.baseUrl().origin()).isEqualTo("https://api.cerebras.ai:443");
        assertThat(target.baseUrl().uri(Endpoint.CHAT_COMPLETIONS)).isEqualTo("/v1/chat/completions");
        assertThat(target.secretVariable()).isEqualTo("CEREBRAS_API_KEY");
        assertThat(target.keyHeader()).isEqualTo("authorization");
        assertThat(target.keyPrefix()).isEqualTo("Bearer ");
        assertThat(target.timeouts()).isEqualTo(new Timeouts(3_000, 15_000, 15_000, 15_000, 600_000));
        assertThat(target.allowPrivate()).isFalse();
    }

    @Test
    void everyKeyIsRead() {
        TargetSettings target = only("""
                {"id":"t","provider":"acme","model":"big","base_url":"https://llm.example/openai/v1/",
                 "secret_key_ref":{"env":"ACME"},"format":"openai","api_key_header":"X-Key",
                 "data_policy":{"zero_data_retention":true,"training_opt_out":true,"retention_days":0},
                 "timeouts":{"connect_ms":1,"first_token_ms":2,"json_ms":3,"idle_ms":4,"total_ms":5},
                 "weight":7,"field_rules":{"strip":["store"],"reject":["messages[].name"]}}""");

        assertThat(target.baseUrl().uri(Endpoint.COMPLETIONS)).isEqualTo("/openai/v1/completions");
        assertThat(target.secretVariable()).isEqualTo("ACME");
        assertThat(target.keyHeader()).isEqualTo("x-key");
        assertThat(target.keyPrefix()).isEmpty();
        assertThat(target.dataPolicy()).isEqualTo(new DataPolicy(true, true, 0));
        assertThat(target.timeouts()).isEqualTo(new Timeouts(1, 2, 3, 4, 5));
        assertThat(target.weight()).isEqualTo(7);
        assertThat(target.fieldRules()).isEqualTo(new FieldRules(List.of("store"), List.of("messages[].name")));
    }

    @Test
    void theRulesOfATargetStandAboveThoseOfItsProvider() {
        FieldRules rules = only("""
                        {"id":"t","provider":"cerebras","field_rules":{"strip":["functions"],"reject":["store"]}}""").fieldRules();

        assertThat(rules.strip()).contains("functions", "metadata").doesNotContain("store");
        assertThat(rules.reject()).contains("store", "audio").doesNotContain("functions");
    }

    @Test
    void theOtherSectionsHaveDefaults() {
        ProvidersSettings providers = read("""
                {"targets":[{"id":"a","provider":"cerebras"}]}""");

        assertThat(providers.routing().strategy()).isEqualTo(Routing.Strategy.ORDERED);
        assertThat(providers.fallback().triggers()).containsExactlyInAnyOrder(Trigger.values());
        assertThat(providers.fallback().maxAttempts()).isEqualTo(3);
        assertThat(providers.breaker()).isEqualTo(new BreakerSettings(5, 30, 2));
        assertThat(providers.maxRetries()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                        | providers.targets
            {"targets":[]}                                            | providers.targets
            {"targets":[{"id":"a","provider":"cerebras"},{"id":"a","provider":"openai"}]} | providers.targets
            {"targets":[{"provider":"cerebras"}]}                     | providers.targets[0].id
            {"targets":[{"id":"a"}]}                                  | providers.targets[0].provider
            {"targets":[{"id":"a","provider":"Cerebras:chat"}]}       | providers.targets[0].provider
            {"targets":[{"id":"a","provider":"acme"}]}                | providers.targets[0].base_url
            {"targets":[{"id":"a","provider":"cerebras:chat:x","model":"y"}]} | providers.targets[0].model
            {"targets":[{"id":"a","provider":"cerebras","weigth":1}]} | providers.targets[0].weigth
            {"targets":[{"id":"a","provider":"cerebras","format":"x"}]} | providers.targets[0].format
            {"targets":[{"id":"a","provider":"cerebras","timeouts":{"idle_ms":0}}]} | providers.targets[0].timeouts.idle_ms
            {"targets":[{"id":"a","provider":"cerebras","field_rules":{"strip":["model"]}}]} | providers.targets[0].field_rules.strip
            {"targets":[{"id":"a","provider":"cerebras","field_rules":{"strip":["a..b"]}}]} | providers.targets[0].field_rules.strip
            {"targets":[{"id":"a","provider":"cerebras"}],"routing":{"strategy":"orderd"}} | providers.routing.strategy
            {"targets":[{"id":"a","provider":"cerebras"}],"fallback":{"triggers":["timeouts"]}} | providers.fallback.triggers[0]
            {"targets":[{"id":"a","provider":"cerebras"}],"retry":{"max_retries":-1}} | providers.retry.max_retries
            """)
    void mistakesAreNamedWithTheirPath(String json, String path) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(ConfigProblem::path)
                                .containsExactly(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com",
                "ftp://api.example.com",
                "https://user:pw@api.example.com",
                "https://",
                "https://api.example.com?x=1",
                "https://api.example.com#x",
                "api.example.com",
                "https://10.0.0.1",
                "https://192.168.1.1",
                "https://172.31.0.1",
                "https://169.254.169.254/latest",
                "https://100.64.0.1",
                "https://0.0.0.0",
                "https://[fd00::1]",
                "https://[fe80::1]",
                "https://[::ffff:10.0.0.1]",
                "https://[64:ff9b::a00:1]",
                "https://[2002:a00:1::]",
                "https://2130706433",
                "https://0x7f.1",
                "https://0177.0.0.1",
                "https://127.1",
                "https://198.18.0.1",
                "https://224.0.0.1",
                "https://255.255.255.255",
                "https://api.example.com:0",
                "https://api.example.com:70000",
                "https://a b",
                "http://10.0.0.1",
                "http:///v1"
            })
    void placesThatNoTargetShouldLeadToAreRefused(String url) {
        assertRefused(() -> only("{\"id\":\"a\",\"provider\":\"acme\",\"base_url\":\"" + url + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1:8080/v1",
                "http://[::1]:1",
                "https://api.example.com.",
                "https://8.8.8.8",
                "https://[2606:4700::1]/v1",
                "http://sim.localhost:1"
            })
    void placesInTheOpenAndOnThisMachineAreTaken(String url) {
        assertThat(only("{\"id\":\"a\",\"provider\":\"acme\",\"base_url\":\"" + url + "\"}")
                        .id())
                .isEqualTo("a");
    }

    @Test
    void theOperatorMayVouchForAPlaceInside() {
        TargetSettings target = only("""
                {"id":"a","provider":"acme","base_url":"http://10.0.0.1:8000","allow_http":true,"allow_private":true}""");

        assertThat(target.baseUrl().origin()).isEqualTo("http://10.0.0.1:8000");
        assertThat(target.allowPrivate()).isTrue();
    }

    private static void assertRefused(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(ConfigProblem::path)
                                .containsOnly("providers.targets[0].base_url"));
    }

    private static TargetSettings only(String target) {
        return read("{\"targets\":[" + target + "]}").targets().getFirst();
    }

    private static ProvidersSettings read(String json) {
        return Section.read("providers", new JsonObject(json), ProvidersSettings::from);
    }
}
