package com.keeptrusts.gateway.policy.injection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the development texts may teach the model, and how much each counts. */
final class TrainingExamples {

    private static final double FAMILY_SIZE = 300;
    private static final double MOST = 4;

    private final Map<String, Integer> families = new HashMap<>();

    TrainingExamples(List<LabelledText> texts) {
        texts.forEach(text -> families.merge(text.family(), 1, Integer::sum));
    }

    /** Small families count more, so that the large ones do not drown them. */
    ModelTraining.Example of(LabelledText text) {
        double weight = text.attack()
                ? Math.sqrt(FAMILY_SIZE / families.getOrDefault(text.family(), 1))
                : text.family().equals("hard_negative") ? MOST : text.ordinary() ? 1 : 2;
        return ModelTraining.Example.of(text.text(), text.attack(), Math.min(weight, MOST));
    }

    /**
     * Texts under share-alike licences would bind the weights. Attacks that read like ordinary requests would teach
     * the model to distrust those, and disguised ones are read in plain form anyway.
     */
    static boolean teaches(LabelledText text) {
        boolean free = !text.license().contains("-SA");
        return free && (!text.attack() || (text.explicit() && !text.family().equals("obfuscated")));
    }
}
