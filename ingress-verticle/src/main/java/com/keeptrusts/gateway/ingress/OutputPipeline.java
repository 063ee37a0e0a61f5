package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The output policies of one stream, one {@link OutputStage} after the other, in the configured order. */
final class OutputPipeline {

    private final Journey journey;
    private final Verdicts verdicts;
    private final Sink sink;
    private final List<OutputStage> stages = new ArrayList<>(1);

    OutputPipeline(Journey journey, Verdicts verdicts, Sink sink) {
        this.journey = journey;
        this.verdicts = verdicts;
        this.sink = sink;
    }

    void add(PolicyStep step, StreamReviewer reviewer) {
        stages.add(new OutputStage(new CheckedReviewer(step, reviewer), new Link(step, stages.size())));
    }

    /** A stage that is no policy and leaves no verdict. */
    void addSilent(StreamReviewer reviewer) {
        stages.add(new OutputStage(reviewer, new Link(null, stages.size())));
    }

    void accept(List<StreamEvent> events) {
        stages.getFirst().accept(events);
    }

    void end() {
        stages.getFirst().end();
    }

    /** Whether a stage has more to review than it should be given. */
    boolean behind() {
        for (OutputStage stage : stages) {
            if (stage.behind()) {
                return true;
            }
        }
        return false;
    }

    void close() {
        stages.forEach(OutputStage::close);
    }

    /** Where the reviewed events go. */
    interface Sink {

        void leaving(List<StreamEvent> events);

        /** Everything has left. */
        void ended();

        /** A policy stopped the answer. */
        void stopped(PolicyVerdict verdict);

        /** A policy is missing and the fail mode does not go on without it. */
        void refused(Refused refused);
    }

    /** What stands between one stage and the next, or the sink. */
    private final class Link implements OutputStage.Next {
        private final @Nullable PolicyStep step;
        private final int position;
        private final long startedNanos = System.nanoTime();

        Link(@Nullable PolicyStep step, int position) {
            this.step = step;
            this.position = position;
        }

        @Override
        public void leaving(List<StreamEvent> events) {
            if (position + 1 < stages.size()) {
                stages.get(position + 1).accept(events);
            } else {
                sink.leaving(events);
            }
        }

        @Override
        public void ended() {
            if (position + 1 < stages.size()) {
                stages.get(position + 1).end();
            } else {
                sink.ended();
            }
        }

        @Override
        public void judged(PolicyVerdict verdict) {
            if (step != null) {
                verdicts.note(journey, review(step, verdict));
            }
        }

        @Override
        public void stopped(PolicyVerdict verdict) {
            judged(verdict);
            close();
            sink.stopped(verdict);
        }

        @Override
        public void fault(@Nullable PolicyVerdict verdict, @Nullable Throwable cause) {
            try {
                note(verdict, cause);
                stages.get(position).goOnUnreviewed();
            } catch (Refused refused) {
                close();
                sink.refused(refused);
            }
        }

        private void note(@Nullable PolicyVerdict verdict, @Nullable Throwable cause) {
            if (step == null) {
                return;
            }
            if (verdict != null && verdict.decision() instanceof Decision.Failed(String why)) {
                verdicts.failed(journey, review(step, verdict), why);
            } else {
                String fault = cause instanceof BusException failure ? Verdicts.fault(failure) : "failed";
                verdicts.unavailable(journey, Phase.OUTPUT, step, fault, retries(), micros());
            }
        }

        private Review review(PolicyStep of, PolicyVerdict verdict) {
            return new Review(
                    Phase.OUTPUT,
                    of,
                    verdict,
                    null,
                    false,
                    retries(),
                    micros(),
                    stages.get(position).channels());
        }

        private int retries() {
            return stages.get(position).retries();
        }

        private long micros() {
            return (System.nanoTime() - startedNanos) / 1000;
        }
    }
}
