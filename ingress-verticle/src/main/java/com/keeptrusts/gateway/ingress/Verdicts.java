package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a verdict means for the request, and what the lack of one means under the fail mode. */
final class Verdicts {

    private final FailMode failMode;
    private final IngressMetrics metrics;

    Verdicts(FailMode failMode, IngressMetrics metrics) {
        this.failMode = failMode;
        this.metrics = metrics;
    }

    /** Notes the review and applies its edits; throws {@link Refused} when it stops the request. */
    void apply(Journey journey, Review review, EditableTexts texts) {
        PolicyVerdict verdict = review.verdict();
        if (verdict == null) {
            return;
        }
        switch (verdict.decision()) {
            case Decision.Allow _ -> note(journey, review);
            case Decision.Redact(var edits, boolean restore) -> {
                try {
                    journey.remember(edits, restore, texts);
                    texts.apply(edits);
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    failed(journey, review, "bad_edit");
                    return;
                }
                note(journey, review);
            }
            case Decision.Failed(String cause) -> failed(journey, review, cause);
            case Decision.Block _, Decision.Escalate _ -> {
                note(journey, review);
                throw stopped(review.phase(), journey.endpoint(), verdict);
            }
        }
    }

    /** A policy looked and could not judge. */
    void failed(Journey journey, Review review, String cause) {
        boolean degraded = failMode == FailMode.ALLOW;
        note(
                journey,
                new Review(
                        review.phase(),
                        review.step(),
                        review.verdict(),
                        cause,
                        degraded,
                        review.retries(),
                        review.micros(),
                        Set.of()));
        if (!degraded) {
            throw review.phase() == Phase.INPUT ? unavailable(review.step()) : error(review.step());
        }
    }

    /** Nobody could be asked. */
    void unavailable(Journey journey, Phase phase, PolicyStep step, String fault, int retries, long micros) {
        boolean degraded = failMode == FailMode.ALLOW;
        note(journey, new Review(phase, step, null, fault, degraded, retries, micros, Set.of()));
        if (!degraded) {
            throw unavailable(step);
        }
    }

    void note(Journey journey, Review review) {
        journey.reviewed(review);
        metrics.verdict(review.step().kind(), review.word());
    }

    static Refused stopped(Phase phase, Endpoint endpoint, PolicyVerdict verdict) {
        boolean escalated = verdict.decision() instanceof Decision.Escalate;
        ErrorCode code = escalated
                ? ErrorCode.ESCALATION_REQUIRED
                : phase == Phase.INPUT ? ErrorCode.INPUT_BLOCKED : ErrorCode.OUTPUT_BLOCKED;
        String param = phase == Phase.OUTPUT ? null : endpoint == Endpoint.COMPLETIONS ? "prompt" : "messages";
        String said = said(verdict.decision());
        String message = said != null
                ? said
                : "The " + (phase == Phase.INPUT ? "request" : "answer") + " was "
                        + (escalated ? "held for review" : "blocked") + " by the policy " + verdict.kind() + " ("
                        + verdict.reason() + ").";
        return new Refused(new Failure(code, message, param, null, 0, null, false), verdict.kind());
    }

    static String fault(BusException failure) {
        return failure.reason().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String said(Decision decision) {
        return switch (decision) {
            case Decision.Block(String message) -> message;
            case Decision.Escalate(String message) -> message;
            case Decision.Allow _, Decision.Redact _, Decision.Failed _ -> null;
        };
    }

    private static Refused unavailable(PolicyStep step) {
        return new Refused(
                Failure.of(ErrorCode.POLICY_UNAVAILABLE, "The policy " + step.kind() + " could not be asked."),
                step.kind());
    }

    private static Refused error(PolicyStep step) {
        return new Refused(
                Failure.of(ErrorCode.POLICY_ERROR, "The policy " + step.kind() + " could not judge the answer."),
                step.kind());
    }
}
