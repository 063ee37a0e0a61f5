package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Channel;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** The detector of {@code prompt-injection} for single texts, with its shipped settings. Immutable, thread-safe. */
public final class InjectionDetector {

    /** Score from which a text is an attack; scores are calibrated so that it is the operating point. */
    public static final double THRESHOLD = InjectionSettings.DEFAULT_THRESHOLD;

    private final TextScorer scorer;

    private InjectionDetector(InjectionSettings settings) {
        this.scorer = new TextScorer(settings);
    }

    /**
     * What one text came to.
     *
     * @param score probability of an attack, 0 to 1
     * @param layers what each kind of rule and the trained model added, in log-odds, by name
     */
    public record Finding(double score, Map<String, Double> layers) {}

    /** As a gateway has it whose configuration names {@code prompt-injection} and nothing else. */
    public static InjectionDetector shipped() {
        return new InjectionDetector(
                Section.read("policy.prompt-injection", new JsonObject(), InjectionSettings::from));
    }

    /** Time is linear in the length of the text. */
    public double score(String text, Channel channel) {
        return scorer.score(text, channel).score();
    }

    /** As {@link #score}, with what it is made of. */
    public Finding explain(String text, Channel channel) {
        TextScore found = scorer.score(text, channel);
        Map<String, Double> layers = new TreeMap<>();
        for (Category category : Category.values()) {
            double strength = found.evidence().strength(category);
            if (strength > 0) {
                layers.put(category.code(), strength);
            }
        }
        layers.put(Category.TRAINED_MODEL.code(), found.model());
        return new Finding(found.score(), layers);
    }
}
