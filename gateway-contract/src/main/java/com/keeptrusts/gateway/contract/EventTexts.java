package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * One event of a frame and the texts in it. Offsets count bytes from the start of the frame.
 *
 * @param start of the event, inclusive
 * @param end exclusive, behind its blank line
 * @param opaque whether the event could not be understood (no JSON, no choices), so that its text is not known
 */
public record EventTexts(int start, int end, boolean opaque, List<TextLiteral> literals) {

    public EventTexts {
        literals = List.copyOf(literals);
    }
}
