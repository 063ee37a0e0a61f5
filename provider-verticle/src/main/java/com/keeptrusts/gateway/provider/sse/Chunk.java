package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.provider.upstream.UpstreamError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one event of a streamed answer turned out to be. */
public sealed interface Chunk {

    /** Nothing but a token, as far as looking at its bytes could tell; it was not read. */
    record Plain() implements Chunk {}

    /** A comment, or an event without data. */
    record Silent() implements Chunk {}

    /** The end of the stream; some clients know it only when nothing stands around it. */
    record Done(boolean bare) implements Chunk {}

    /** The data is no JSON object. */
    record Unreadable() implements Chunk {}

    /** A JSON object without choices. */
    record Other(Measured measured) implements Chunk {}

    /** The target gives up. Offsets of the JSON object with what it says of the error in {@code source}. */
    record ErrorEvent(UpstreamError error) implements Chunk {}

    /**
     * A piece of the answer.
     *
     * @param meaningful whether it says more than who speaks
     * @param choices finish reason, or empty text, by index of each choice in it
     * @param texts in the order in which they stand; null when they are not known
     */
    record Piece(
            boolean meaningful,
            Map<Integer, String> choices,
            Measured measured,
            @Nullable List<TextLiteral> texts) implements Chunk {

        public Piece {
            choices = Map.copyOf(choices);
            texts = texts == null ? null : List.copyOf(texts);
        }
    }
}
