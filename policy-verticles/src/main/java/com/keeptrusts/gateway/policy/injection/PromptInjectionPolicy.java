package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges every text of a request by what it tries to do to the model; the worst text decides. */
public final class PromptInjectionPolicy implements Policy {

    private static final Logger LOG = LoggerFactory.getLogger(PromptInjectionPolicy.class);

    private final InjectionSettings settings;

    PromptInjectionPolicy(InjectionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Judgement review(Phase phase, List<TextPart> texts) {
        long offered = 0;
        long scanned = 0;
        int textsScanned = 0;
        boolean attack = false;
        for (TextPart part : texts) {
            offered += part.text().length();
            if (!reads(part.channel())) {
                continue;
            }
            scanned += part.text().length();
            textsScanned++;
            attack |= attacks(part.text().value());
        }
        var coverage = new Coverage(texts.size(), textsScanned, offered, scanned);
        return attack
                ? attack("instruction_override", 0.99, coverage, Map.of("instruction_override", 1))
                : new Judgement(new Decision.Allow(), "clean", 0, coverage, Map.of());
    }

    private Judgement attack(String reason, double score, Coverage coverage, Map<String, Integer> findings) {
        InjectionSettings.Response response = settings.response();
        if (response.logLevel() != null) {
            LOG.atLevel(response.logLevel()).log("prompt-injection: {} with score {}", reason, score);
        }
        Decision decision = switch (response.action()) {
            case BLOCK -> new Decision.Block(response.message());
            case ESCALATE -> new Decision.Escalate(response.message());
            case LOG -> new Decision.Allow();
        };
        return new Judgement(decision, reason, score, coverage, findings);
    }

    private boolean reads(Channel channel) {
        return switch (channel) {
            case SYSTEM, DEVELOPER -> settings.scanSystem();
            default -> true;
        };
    }

    private boolean attacks(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        return folded.contains("ignore all previous instructions")
                || folded.contains("ignore previous instructions")
                || folded.contains("reveal your system prompt")
                || settings.attackPatterns().stream()
                        .anyMatch(pattern -> pattern.matcher(text).find());
    }
}
