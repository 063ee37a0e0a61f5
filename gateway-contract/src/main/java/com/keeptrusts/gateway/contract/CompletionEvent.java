package com.keeptrusts.gateway.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a model call, in order of {@code seq} from 0 without gaps: either {@link CompletionFailed} alone, or
 * {@link CompletionStarted} followed by {@link CompletionFrame}s of which exactly the last has an {@code end}.
 */
public sealed interface CompletionEvent extends BusMessage {

    String requestId();

    int epoch();

    long seq();

    /**
     * A target answered with a good status and, for a stream, with a first meaningful event: from here on there is no
     * fallback.
     *
     * @param stream whether frames hold server-sent events; false: one frame holds the JSON body
     * @param headers of the target, those that may travel to the client
     * @param firstByteMicros from the call being taken up to the target's first meaningful byte
     */
    record CompletionStarted(
            String requestId,
            int epoch,
            long seq,
            int status,
            boolean stream,
            List<Header> headers,
            String target,
            String provider,
            String servedModel,
            long firstByteMicros)
            implements CompletionEvent {
        public CompletionStarted {
            headers = List.copyOf(headers);
        }
    }

    /**
     * Whole server-sent events of one upstream read, or the JSON body.
     *
     * @param events number of events in {@code bytes}
     * @param terminal whether these bytes belong to the end of the answer (from the event with the last
     *     {@code finish_reason} on; a JSON body always does) and so must wait for the outcome's audit entry
     * @param texts positions of the texts in {@code bytes}, when the call asked for them
     * @param end set on the last frame
     */
    record CompletionFrame(
            String requestId,
            int epoch,
            long seq,
            int events,
            boolean terminal,
            Bytes bytes,
            List<EventTexts> texts,
            @Nullable CompletionEnd end)
            implements CompletionEvent {
        public CompletionFrame {
            texts = List.copyOf(texts);
        }
    }

    /**
     * No target could be made to answer; nothing was or will be sent.
     *
     * @param headers of the last target's refusal, those that may travel to the client
     */
    record CompletionFailed(
            String requestId, int epoch, long seq, Failure failure, List<Attempt> attempts, List<Header> headers)
            implements CompletionEvent {
        public CompletionFailed {
            attempts = List.copyOf(attempts);
            headers = List.copyOf(headers);
        }
    }
}
