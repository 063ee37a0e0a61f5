package com.keeptrusts.gateway.policy.injection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.ConfigProblem;
import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.policy.injection.InjectionSettings.Action;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class InjectionSettingsTest {

    @Test
    void anEmptySectionIsComplete() {
        InjectionSettings settings = read("{}");

        assertThat(settings.threshold()).isEqualTo(0.5);
        assertThat(settings.modelThreshold()).isEqualTo(0.5);
        assertThat(settings.attackPatterns()).isEmpty();
        assertThat(settings.encoding()).isEqualTo(new InjectionSettings.Encoding(true, true, true));
        assertThat(settings.boundaries()).isEqualTo(new InjectionSettings.Boundaries(true, true));
        assertThat(settings.response()).isEqualTo(new InjectionSettings.Response(Action.BLOCK, null, null));
        assertThat(settings.scanSystem()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"embedding_threshold\":0.8,\"attack_patterns\":[\"a+\"]}",
                "{\"detection\":{\"embedding_threshold\":0.8,\"attack_patterns\":[\"a+\"]}}",
            })
    void thresholdAndPatternsStandAtTheRootOrUnderDetection(String json) {
        InjectionSettings settings = read(json);

        assertThat(settings.modelThreshold()).isEqualTo(0.8);
        assertThat(settings.attackPatterns()).singleElement().hasToString("a+");
    }

    @Test
    void allIsRead() {
        InjectionSettings settings = read("{\"detection\":{\"threshold\":0.7},\"encoding\":{\"decode_base64\":false,"
                + "\"normalize_unicode\":false,\"detect_homoglyphs\":false},\"boundaries\":{\"enforce_delimiters\":false,"
                + "\"reject_fake_boundaries\":false},\"response\":{\"action\":\"log\",\"message\":\"m\","
                + "\"log_level\":\"info\"},\"scan_system\":true}");

        assertThat(settings.threshold()).isEqualTo(0.7);
        assertThat(settings.modelThreshold()).isEqualTo(0.7);
        assertThat(settings.encoding()).isEqualTo(new InjectionSettings.Encoding(false, false, false));
        assertThat(settings.boundaries()).isEqualTo(new InjectionSettings.Boundaries(false, false));
        assertThat(settings.response()).isEqualTo(new InjectionSettings.Response(Action.LOG, "m", Level.INFO));
        assertThat(settings.scanSystem()).isTrue();
    }

    @Test
    void aJudgeHasABandAndALimit() {
        JudgeSettings plain = read("{\"judge\":{\"target\":\"fast\"}}").judge();
        JudgeSettings own =
                read("{\"judge\":{\"target\":\"fast\",\"model\":\"m\",\"band\":[0.3,0.7],\"timeout_ms\":50}}")
                        .judge();

        assertThat(plain).isEqualTo(new JudgeSettings("fast", "", Band.DEFAULT, Duration.ofMillis(500), ""));
        assertThat(own).isEqualTo(new JudgeSettings("fast", "m", new Band(0.3, 0.7), Duration.ofMillis(50), ""));
        assertThat(requireNonNull(own).asksAbout(0.3)).isTrue();
        assertThat(own.asksAbout(0.71)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"treshold":1}                                              | policy.prompt-injection.treshold
                    {"detection":{"treshold":1}}                                | policy.prompt-injection.detection.treshold
                    {"detection":{"threshold":1.5}}                             | policy.prompt-injection.detection.threshold
                    {"attack_patterns":["ok","("]}                              | policy.prompt-injection.attack_patterns[1]
                    {"attack_patterns":["(a)\\\\1"]}                              | policy.prompt-injection.attack_patterns[0]
                    {"response":{"action":"blok"}}                              | policy.prompt-injection.response.action
                    {"embedding_threshold":0.5,"detection":{"embedding_threshold":0.5}} | policy.prompt-injection.embedding_threshold
                    {"judge":{"target":"fast","band":[0.7,0.3]}}                | policy.prompt-injection.judge.band
                    {"judge":{"target":"fast","band":["low","high"]}}           | policy.prompt-injection.judge.band
                    {"judge":{"band":[0.3,0.7]}}                                | policy.prompt-injection.judge.target
                    {"judge":{"target":"fast","timeout_ms":0}}                  | policy.prompt-injection.judge.timeout_ms
                    {"model":{"path":"m.onnx"}}                                 | policy.prompt-injection.model.tokenizer
                    {"model":{"path":"m","tokenizer":"t","band":[1,2]}}         | policy.prompt-injection.model.band
                    {"encoding":{"decode_base64":"yes"}}                        | policy.prompt-injection.encoding.decode_base64
                    """)
    void mistakesAreNamedWithTheirPath(String json, String path) {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> read(json));

        assertThat(refusal.problems()).extracting(ConfigProblem::path).isEqualTo(List.of(path));
    }

    private static InjectionSettings read(String json) {
        return Section.read("policy.prompt-injection", new JsonObject(json), InjectionSettings::from);
    }
}
