package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.policy.text.ShadowText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of the development texts may teach the model, and how much each counts. */
final class TrainingExamples {

    private static final double FAMILY_SIZE = 300;
    private static final double MOST = 4;
    private static final double SALAD = 3;

    /** Read in plain form, and told by their shape. */
    private static final Set<String> OTHERS = Set.of("obfuscated", "adv_suffix");

    private final Map<String, Integer> families = new HashMap<>();

    TrainingExamples(List<LabelledText> texts) {
        texts.forEach(text -> families.merge(text.family(), 1, Integer::sum));
    }

    /** Small families count more, so that the large ones do not drown them. */
    ModelTraining.Example of(LabelledText text) {
        double weight = text.attack()
                ? Math.sqrt(FAMILY_SIZE / families.getOrDefault(text.family(), 1))
                : text.family().equals("hard_negative") ? MOST : text.ordinary() ? 1 : 2;
        return ModelTraining.Example.of(wording(text), text.attack(), Math.min(weight, MOST));
    }

    private static Features wording(LabelledText text) {
        FoldedText folded = FoldedText.of(ShadowText.of(text.text()).text());
        return new NgramFeatures(folded, Concepts.bundled().find(folded, false));
    }

    /** For the model of token salad: every harmless text, and requests with salad behind them. */
    static boolean teachesSalad(LabelledText text) {
        return free(text) && (!text.attack() || text.family().equals("adv_suffix"));
    }

    /** What that model sees of it. */
    static ModelTraining.Example salad(LabelledText text) {
        return ModelTraining.Example.of(new SaladFeatures(text.text()), text.attack(), text.attack() ? SALAD : 1);
    }

    /**
     * Texts under share-alike licences would bind the weights. Attacks that read like ordinary requests would teach
     * the model to distrust those, and disguised ones are read in plain form anyway.
     */
    static boolean teaches(LabelledText text) {
        return free(text) && (!text.attack() || (text.explicit() && !OTHERS.contains(text.family())));
    }

    private static boolean free(LabelledText text) {
        return !text.license().contains("-SA");
    }
}
