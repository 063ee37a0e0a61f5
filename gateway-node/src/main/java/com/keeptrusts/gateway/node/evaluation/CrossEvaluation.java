package com.keeptrusts.gateway.node.evaluation;

import com.keeptrusts.gateway.policy.injection.CrossValidation;
import com.keeptrusts.gateway.policy.injection.LabelledText;
import java.util.List;

/** Measures on texts that the model has not seen: every source is left out of the training in turn. */
public final class CrossEvaluation {

    private CrossEvaluation() {}

    /**
     * Takes a minute for ten thousand texts.
     *
     * @param own texts that teach every one of the models and are not measured
     */
    public static Report of(List<LabelledText> texts, List<LabelledText> own) {
        double[] scores = CrossValidation.scores(texts, own);
        var figures = new InjectionFigures();
        for (int i = 0; i < scores.length; i++) {
            figures.add(texts.get(i), scores[i]);
        }
        return new Report("Evaluation of prompt-injection, each source left out in turn", figures.tables());
    }
}
