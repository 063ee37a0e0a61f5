package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyCall;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.TextPart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a policy thinks into the verdict of one worker. Whatever a policy does, there is a verdict. */
final class Reviewer {

    private static final Logger LOG = LoggerFactory.getLogger(Reviewer.class);
    private static final int FRAMES_LOGGED = 12;

    private final String kind;
    private final String worker;

    Reviewer(String kind, String worker) {
        this.kind = kind;
        this.worker = worker;
    }

    /** What a policy thought, and how long that took. */
    record Judged(Judgement judgement, Optional<SecondOpinion> opinion, long nanos) {}

    Judged judge(Policy policy, PolicyCall call) {
        long start = System.nanoTime();
        try {
            Judgement judgement = policy.reviews(call.phase())
                    ? policy.review(call.phase(), call.texts())
                    : notReviewed(call.texts(), call.phase());
            var opinion = policy.secondOpinion(call.phase(), call.texts(), judgement);
            return new Judged(judgement, opinion, System.nanoTime() - start);
        } catch (RuntimeException | StackOverflowError e) {
            logWithoutText(call.requestId(), e);
            Judgement failed = failed(call.texts(), e.getClass().getSimpleName());
            return new Judged(failed, Optional.empty(), System.nanoTime() - start);
        }
    }

    Judged interrupted(PolicyCall call) {
        return new Judged(failed(call.texts(), "interrupted"), Optional.empty(), 0);
    }

    PolicyVerdict verdict(PolicyCall call, Judgement judgement, long nanos) {
        return verdict(call.steps().getFirst().settingsDigest(), judgement, nanos);
    }

    PolicyVerdict failed(PolicyCall call, String cause) {
        return verdict(call.steps().getFirst().settingsDigest(), failed(call.texts(), cause), 0);
    }

    PolicyVerdict verdict(String digest, Judgement judgement, long nanos) {
        return new PolicyVerdict(
                kind,
                digest,
                worker,
                judgement.decision(),
                judgement.reason(),
                judgement.score(),
                judgement.coverage(),
                judgement.findings(),
                nanos / 1_000);
    }

    /** Messages of exceptions may quote what was judged, so only their class and their place are logged. */
    void logWithoutText(String requestId, Throwable surprise) {
        String place = Arrays.stream(surprise.getStackTrace())
                .limit(FRAMES_LOGGED)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        LOG.error("{} failed on request {}: {} at {}", kind, requestId, surprise.getClass(), place);
    }

    private static Judgement notReviewed(List<TextPart> texts, Phase phase) {
        String reason = "no_" + (phase == Phase.INPUT ? "input" : "output") + "_review";
        return new Judgement(new Decision.Allow(), reason, 0, unread(texts), Map.of());
    }

    private static Judgement failed(List<TextPart> texts, String cause) {
        return new Judgement(new Decision.Failed(cause), "failed", 0, unread(texts), Map.of());
    }

    private static Coverage unread(List<TextPart> texts) {
        return new Coverage(texts.size(), 0, characters(texts), 0);
    }

    static long characters(List<TextPart> texts) {
        long characters = 0;
        for (TextPart part : texts) {
            characters += part.text().length();
        }
        return characters;
    }
}
