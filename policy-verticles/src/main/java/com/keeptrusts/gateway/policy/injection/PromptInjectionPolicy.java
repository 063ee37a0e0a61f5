package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.SecondOpinion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every text of a request by what it tries to do to the model; the worst text decides. The parts of a message
 * are read joined too, and so are the places where turns meet; there only what rules find counts.
 */
public final class PromptInjectionPolicy implements Policy {

    private static final Logger LOG = LoggerFactory.getLogger(PromptInjectionPolicy.class);

    /** Findings that speak for themselves. */
    private static final List<String> CERTAIN = Stream.of(
                    Category.FAKE_BOUNDARY,
                    Category.EMBEDDED_INSTRUCTION,
                    Category.ATTACK_PATTERN,
                    Category.HIDDEN_TEXT)
            .map(Category::code)
            .toList();

    private static final String JUDGE_ATTACK = "judge_attack";
    private static final String JUDGE_HARMLESS = "judge_harmless";
    private static final Set<String> JUDGED = Set.of(JUDGE_ATTACK, JUDGE_HARMLESS);

    private final InjectionSettings settings;
    private final TextScorer scorer;
    private final @Nullable Classifier classifier;
    private final Judge judge = new Judge();

    PromptInjectionPolicy(InjectionSettings settings, @Nullable Classifier classifier) {
        this.settings = settings;
        this.classifier = classifier;
        this.scorer = new TextScorer(settings);
    }

    @Override
    public Judgement review(Phase phase, List<TextPart> texts) {
        var tally = new Tally(settings);
        long offered = 0;
        long scanned = 0;
        int textsScanned = 0;
        for (TextPart part : texts) {
            offered += part.text().length();
            if (reads(part.channel())) {
                scanned += part.text().length();
                textsScanned++;
                score(part.text().value(), part.channel(), tally);
            }
        }
        for (JoinedParts joined : JoinedParts.of(texts)) {
            if (reads(joined.channel())) {
                score(joined.text(), joined.channel(), tally);
            }
        }
        for (JoinedParts seam : Seams.of(texts)) {
            TextScore found = scorer.score(seam.text(), seam.channel());
            if (!found.modelAlone()) {
                tally.add(found, false);
            }
        }
        Judgement local = judgement(tally, new Coverage(texts.size(), textsScanned, offered, scanned));
        return remembered(classified(local, texts), texts);
    }

    private void score(String text, Channel channel, Tally tally) {
        if (text.isEmpty()) {
            return;
        }
        boolean matched = settings.attackPatterns().stream()
                .anyMatch(pattern -> pattern.matcher(text).find());
        tally.add(scorer.score(text, channel), matched);
    }

    private Judgement judgement(Tally tally, Coverage coverage) {
        if (!tally.attack()) {
            return new Judgement(new Decision.Allow(), "clean", tally.score(), coverage, tally.findings());
        }
        InjectionSettings.Response response = settings.response();
        if (response.logLevel() != null) {
            LOG.atLevel(response.logLevel()).log("prompt-injection: {}, score {}", tally.reason(), tally.score());
        }
        return new Judgement(decision(), tally.reason(), tally.score(), coverage, tally.findings());
    }

    private Decision decision() {
        InjectionSettings.Response response = settings.response();
        return switch (response.action()) {
            case BLOCK -> new Decision.Block(response.message());
            case ESCALATE -> new Decision.Escalate(response.message());
            case LOG -> new Decision.Allow();
        };
    }

    /** Asks the judge about the worst text when its score is in the band and no rule has shown what no judge may clear. */
    @Override
    public Optional<SecondOpinion> secondOpinion(Phase phase, List<TextPart> texts, Judgement judgement) {
        JudgeSettings asked = settings.judge();
        if (asked == null || !isOpen(judgement, asked) || JUDGED.contains(judgement.reason())) {
            return Optional.empty();
        }
        String worst = worst(texts);
        return Optional.of(new SecondOpinion(
                asked.providerDigest(),
                asked.model(),
                Judge.question(worst, asked.model()),
                asked.timeout(),
                said -> {
                    Judge.Answer answer = Judge.read(said);
                    if (answer == null) {
                        return noted(judgement, "judge_unclear");
                    }
                    judge.keep(worst, answer);
                    return withAnswer(judgement, answer);
                },
                noted(judgement, "judge_unavailable")));
    }

    /** The operator's classifier is heard about the worst text where the score is in its band. */
    private Judgement classified(Judgement local, List<TextPart> texts) {
        if (classifier == null || isCertain(local) || !classifier.band().holds(local.score())) {
            return local;
        }
        double score = classifier.weigh(local.score(), worst(texts));
        boolean attack = score >= settings.threshold();
        return new Judgement(
                attack ? decision() : new Decision.Allow(),
                attack ? "classifier" : "clean",
                score,
                local.coverage(),
                with(local.findings(), "classifier"));
    }

    private static boolean isCertain(Judgement judgement) {
        return CERTAIN.stream().anyMatch(judgement.findings()::containsKey);
    }

    /** What the judge said of the same text a while ago counts at once. */
    private Judgement remembered(Judgement local, List<TextPart> texts) {
        JudgeSettings asked = settings.judge();
        Judge.Answer known = asked == null || !isOpen(local, asked) ? null : judge.known(worst(texts));
        return known == null ? local : withAnswer(local, known);
    }

    private static boolean isOpen(Judgement judgement, JudgeSettings asked) {
        return !isCertain(judgement) && asked.asksAbout(judgement.score());
    }

    @Override
    public Duration patience() {
        return settings.judge() == null ? Duration.ZERO : settings.judge().timeout();
    }

    private String worst(List<TextPart> texts) {
        String worst = "";
        double highest = -1;
        for (TextPart part : texts) {
            if (reads(part.channel()) && !part.text().value().isEmpty()) {
                double score = scorer.score(part.text().value(), part.channel()).score();
                if (score > highest) {
                    highest = score;
                    worst = part.text().value();
                }
            }
        }
        return worst;
    }

    private Judgement withAnswer(Judgement local, Judge.Answer answer) {
        return switch (answer) {
            case ATTACK ->
                new Judgement(
                        decision(),
                        JUDGE_ATTACK,
                        Math.max(local.score(), settings.threshold()),
                        local.coverage(),
                        with(local.findings(), JUDGE_ATTACK));
            case HARMLESS ->
                new Judgement(
                        new Decision.Allow(),
                        JUDGE_HARMLESS,
                        Math.min(local.score(), settings.threshold()),
                        local.coverage(),
                        with(local.findings(), JUDGE_HARMLESS));
        };
    }

    private static Judgement noted(Judgement local, String finding) {
        return new Judgement(
                local.decision(), local.reason(), local.score(), local.coverage(), with(local.findings(), finding));
    }

    private static Map<String, Integer> with(Map<String, Integer> findings, String finding) {
        Map<String, Integer> more = new TreeMap<>(findings);
        more.merge(finding, 1, Integer::sum);
        return more;
    }

    private boolean reads(Channel channel) {
        return switch (channel) {
            case SYSTEM, DEVELOPER -> settings.scanSystem();
            default -> true;
        };
    }
}
