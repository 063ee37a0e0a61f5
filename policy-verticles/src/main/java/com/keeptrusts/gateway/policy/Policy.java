package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A function from texts to a judgement. It knows no bus and no HTTP, keeps nothing between calls and is shared by all
 * workers of its kind, so it must be thread-safe. It runs in time linear in the length of the texts; what it throws
 * becomes a failed verdict, which follows the fail mode.
 */
public interface Policy {

    /** Judges all texts of one request ({@link Phase#INPUT}) or of one whole answer ({@link Phase#OUTPUT}). */
    Judgement review(Phase phase, List<TextPart> texts);

    /**
     * What a model should be asked before this judgement counts; empty when it stands as it is. The worker asks, and
     * takes the judgement that {@link SecondOpinion#settle} makes of the answer.
     */
    default Optional<SecondOpinion> secondOpinion(Phase phase, List<TextPart> texts, Judgement judgement) {
        return Optional.empty();
    }

    /** How long a second opinion may take beside a review; zero when this policy never asks for one. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /** Whether this policy reviews that side of the call at all; where it does not, its workers are not asked. */
    default boolean reviews(Phase phase) {
        return phase == Phase.INPUT;
    }

    /** A reviewer for one streamed answer; empty when the policy does not review answers. */
    default Optional<StreamReview> openStream() {
        return Optional.empty();
    }
}
