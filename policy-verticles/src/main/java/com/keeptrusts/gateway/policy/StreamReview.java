package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import java.util.List;

/**
 * Reviews one streamed answer. Used by one thread at a time. For every way of cutting the answer into pieces the
 * released text with its edits equals the edited whole text, and no more characters are held back than the policy
 * states as its bound.
 */
public interface StreamReview {

    /** Takes the next pieces and tells how far each track may leave now; tracks without news may be absent. */
    List<TrackRelease> feed(List<TrackText> texts);

    /** The answer is complete: releases everything that is still held. */
    List<TrackRelease> finish();

    /**
     * The judgement so far; final after {@link #finish()}. Once its decision stops ({@code Block}, {@code Escalate},
     * {@code Failed}) nothing more is fed and nothing held is released.
     */
    Judgement judgement();
}
