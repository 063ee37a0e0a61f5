package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For tests: gives as its reason the thread on which it was asked, and for a stream the one on which that was opened. */
record ThreadPolicy() implements Policy {

    @Override
    public Judgement review(Phase phase, List<TextPart> texts) {
        return judgement(Thread.currentThread().getName());
    }

    @Override
    public Optional<StreamReview> openStream() {
        return Optional.of(new Opened(Thread.currentThread().getName()));
    }

    private static Judgement judgement(String thread) {
        return new Judgement(new Decision.Allow(), thread, 0, new Coverage(0, 0, 0, 0), Map.of());
    }

    private record Opened(String thread) implements StreamReview {

        @Override
        public List<TrackRelease> feed(List<TrackText> texts) {
            return List.of();
        }

        @Override
        public List<TrackRelease> finish() {
            return List.of();
        }

        @Override
        public Judgement judgement() {
            return ThreadPolicy.judgement(thread);
        }
    }

    /** Makes {@code thread}. */
    public static final class Factory implements PolicyFactory {

        @Override
        public String kind() {
            return "thread";
        }

        @Override
        public Policy create(Section settings) {
            return new ThreadPolicy();
        }
    }
}
