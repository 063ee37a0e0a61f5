package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every text of a request by what it tries to do to the model; the worst text decides. The parts of a message
 * are read joined too, and so are the places where turns meet; there only what rules find counts.
 */
public final class PromptInjectionPolicy implements Policy {

    private static final Logger LOG = LoggerFactory.getLogger(PromptInjectionPolicy.class);

    private final InjectionSettings settings;
    private final TextScorer scorer;

    PromptInjectionPolicy(InjectionSettings settings) {
        this.settings = settings;
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
        return judgement(tally, new Coverage(texts.size(), textsScanned, offered, scanned));
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
        Decision decision = switch (response.action()) {
            case BLOCK -> new Decision.Block(response.message());
            case ESCALATE -> new Decision.Escalate(response.message());
            case LOG -> new Decision.Allow();
        };
        return new Judgement(decision, tally.reason(), tally.score(), coverage, tally.findings());
    }

    private boolean reads(Channel channel) {
        return switch (channel) {
            case SYSTEM, DEVELOPER -> settings.scanSystem();
            default -> true;
        };
    }
}
