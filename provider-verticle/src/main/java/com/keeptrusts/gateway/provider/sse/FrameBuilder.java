package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Puts events behind each other. Events that already stand so in one array are not copied one by one. */
final class FrameBuilder {

    private final ByteArrayOutputStream earlier = new ByteArrayOutputStream(0);
    private final List<EventTexts> texts = new ArrayList<>();
    private byte[] source = {};
    private int start;
    private int end;
    private int events;

    boolean isEmpty() {
        return events == 0;
    }

    int length() {
        return earlier.size() + end - start;
    }

    /** The events added next are of this block. */
    void use(EventBlock block) {
        earlier.write(source, start, end - start);
        source = block.bytes();
        start = 0;
        end = 0;
    }

    /** Adds an event of the block in use; its literals have offsets from its start. */
    void add(int from, int to, boolean opaque, List<TextLiteral> literals, boolean withTexts) {
        if (from != end) {
            earlier.write(source, start, end - start);
            start = from;
        }
        end = to;
        events++;
        if (withTexts) {
            int at = length() - (to - from);
            texts.add(new EventTexts(at, length(), opaque, shifted(literals, at)));
        }
    }

    /** What was added since the last frame. */
    StreamStep.Frame take(boolean terminal) {
        var frame = new StreamStep.Frame(bytes(), events, terminal, texts);
        earlier.reset();
        texts.clear();
        start = end;
        events = 0;
        return frame;
    }

    private Bytes bytes() {
        if (earlier.size() == 0) {
            return start == 0 && end == source.length ? Bytes.owning(source) : Bytes.copyOf(source, start, end);
        }
        earlier.write(source, start, end - start);
        return Bytes.owning(earlier.toByteArray());
    }

    private static List<TextLiteral> shifted(List<TextLiteral> literals, int by) {
        if (by == 0) {
            return literals;
        }
        List<TextLiteral> shifted = new ArrayList<>(literals.size());
        for (TextLiteral literal : literals) {
            shifted.add(new TextLiteral(literal.track(), literal.start() + by, literal.end() + by, literal.text()));
        }
        return shifted;
    }
}
