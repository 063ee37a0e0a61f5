package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.policy.injection.InjectionSettings.Encoding;
import com.keeptrusts.gateway.policy.text.DecodedText;
import com.keeptrusts.gateway.policy.text.Disguises;
import com.keeptrusts.gateway.policy.text.ShadowText;

/** Scores one text: as it is read, and as it reads once its disguises are off. Time is linear in its length. */
final class TextScorer {

    /** Log-odds of the trained model that speak neither for nor against an attack. */
    private static final double MODEL_NEUTRAL = 1;

    /** How far the model may speak against an attack and for one; the rules know less of harmless texts than it. */
    private static final double MODEL_AGAINST = -4;

    private static final double MODEL_AGAINST_FAKES = -1.5;

    /** Log-odds from which a turn or a delimiter is faked for certain. */
    private static final double FAKED = 4;

    private static final double MODEL_FOR = 5;

    /** What rules and model must come to together; fixed on the development data, so that 0.5 is the operating point. */
    private static final double OPERATING_POINT = 1.9;

    private static final double DISGUISED = 1;

    /** Log-odds of token salad that carry a text over the line although its wording is harmless. */
    private static final double SALAD_ENOUGH = -0.5;

    private static final double SALAD_WEIGHT = 1.5;
    private static final double SALAD_FOR = 9;

    /** Characters from which a text can be a request with salad behind it; in less, one odd word is most of the text. */
    private static final double WHOLE_SALAD = 60;

    private final Encoding encoding;
    private final RuleBook rules;

    TextScorer(InjectionSettings settings) {
        this.encoding = settings.encoding();
        this.rules = new RuleBook(settings.boundaries());
    }

    TextScore score(String text, Channel channel) {
        ShadowText shadow =
                encoding.normalizeUnicode() ? ShadowText.of(text, encoding.detectHomoglyphs()) : ShadowText.plain(text);
        TextScore worst = scorePlain(shadow.text(), false, channel, hidden(shadow), salad(text));
        for (DecodedText reading : Disguises.of(shadow, encoding.decodeBase64())) {
            double hidden = reading.honest() ? 0 : DISGUISED;
            worst = worst.worse(scorePlain(reading.text(), reading.glued(), channel, hidden, 0));
        }
        return worst;
    }

    private TextScore scorePlain(String text, boolean glued, Channel channel, double hidden, double salad) {
        FoldedText folded = FoldedText.of(text);
        Hits hits = Concepts.bundled().find(folded, glued);
        Evidence evidence = rules.judge(text, new Reading(folded, hits), glued, channel);
        evidence.add(Category.TOKEN_SALAD, salad);
        if (evidence.total() > 1.5 || hidden > DISGUISED) {
            evidence.add(Category.HIDDEN_TEXT, hidden);
        }
        double model = WindowModel.WORDING.logOdds(new NgramFeatures(folded, hits));
        return new TextScore(combine(model, evidence), modelSays(model, evidence), evidence);
    }

    private static double salad(String text) {
        double beyond = WindowModel.SALAD.logOdds(new SaladFeatures(text)) - SALAD_ENOUGH;
        double share = Math.min(1, text.length() / WHOLE_SALAD);
        return share * Math.clamp(OPERATING_POINT - MODEL_AGAINST + SALAD_WEIGHT * beyond, 0, SALAD_FOR);
    }

    /** Text that a reader does not see has no business in a prompt; joiners of some scripts are few. */
    private static double hidden(ShadowText shadow) {
        ShadowText.Traces traces = shadow.traces();
        double tags = traces.tags() >= 8 ? 3 : 0;
        double smuggled = traces.smuggled().length() >= 8 ? 2 : 0;
        double lookalikes = traces.lookalikes() >= 3 ? 0.8 : 0;
        return Math.max(tags, Math.max(smuggled, lookalikes));
    }

    /** Rules and model in one probability. Rules that say nothing worth counting do not help the model over the line. */
    static double combine(double modelLogOdds, Evidence evidence) {
        double rules = evidence.silent() ? 0 : evidence.total();
        return probability(modelSays(modelLogOdds, evidence) + rules - OPERATING_POINT);
    }

    /** Who fakes a turn or a delimiter may write harmless words between them, so there the model may say little against. */
    private static double modelSays(double logOdds, Evidence evidence) {
        boolean faked = evidence.strength(Category.FAKE_BOUNDARY) >= FAKED;
        return Math.clamp(logOdds - MODEL_NEUTRAL, faked ? MODEL_AGAINST_FAKES : MODEL_AGAINST, MODEL_FOR);
    }

    private static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
