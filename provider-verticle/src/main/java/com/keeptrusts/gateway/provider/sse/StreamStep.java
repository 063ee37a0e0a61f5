package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import java.util.List;

/** What a read of a streamed answer leads to, in order. Nothing follows {@link Finished} or {@link Broken}. */
public sealed interface StreamStep {

    /** The first meaningful event is there: the answer has begun. */
    record Begun() implements StreamStep {}

    /** Events to pass on. */
    record Frame(Bytes bytes, int events, boolean terminal, List<EventTexts> texts) implements StreamStep {

        public Frame {
            texts = List.copyOf(texts);
        }
    }

    /** The answer is complete with this frame. */
    record Finished(Frame last) implements StreamStep {}

    /** The answer will not be completed. */
    record Broken(AttemptFailure failure) implements StreamStep {}
}
