package com.keeptrusts.gateway.provider.sse;

import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_INVALID_STREAM;
import static com.keeptrusts.gateway.contract.ErrorCode.UPSTREAM_TRUNCATED;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import com.keeptrusts.gateway.provider.upstream.UpstreamError;
import com.keeptrusts.gateway.provider.upstream.UpstreamFailures;
import java.util.ArrayList;
import java.util.List;

/**
 * A streamed answer on its way through: reads in, frames of whole events out, unchanged. Until the first meaningful
 * event nothing leaves, so that another target may still be tried; from the event that ends the last choice on, frames
 * are terminal. Knows no HTTP and no bus.
 */
public final class StreamedAnswer {

    private static final Bytes DONE = Bytes.utf8("data: [DONE]\n\n");
    private static final int LONGEST_BEGINNING = 1024 * 1024;
    private static final int LONGEST_END = 1024 * 1024;

    private final boolean withTexts;
    private final boolean dropsUsage;
    private final EventSplitter splitter = new EventSplitter();
    private final ChunkReader reader;
    private final ChoiceLedger ledger;
    private final FrameBuilder builder = new FrameBuilder();
    private final List<EventBlock> held = new ArrayList<>();

    private int heldBytes;
    private int endBytes;
    private boolean begun;
    private boolean terminal;
    private boolean over;
    private Measured measured = Measured.NOTHING;

    /**
     * An answer that has not begun.
     *
     * @param choices how many were asked for
     * @param withTexts whether frames tell where their texts stand
     * @param dropsUsage whether a usage chunk without choices is kept from the client, who did not ask for it
     */
    public StreamedAnswer(int choices, boolean withTexts, boolean dropsUsage) {
        this.withTexts = withTexts;
        this.dropsUsage = dropsUsage;
        this.reader = new ChunkReader(choices > 1, withTexts);
        this.ledger = new ChoiceLedger(choices);
    }

    /** Takes a read over. */
    public List<StreamStep> feed(byte[] read) {
        List<StreamStep> steps = new ArrayList<>(2);
        if (over) {
            return steps; // what follows the end is nobody's
        }
        try {
            EventBlock block = splitter.feed(read);
            if (block != null) {
                take(block, steps);
            }
        } catch (EventTooLongException e) {
            forwardTo(steps);
            fail(steps, invalid("event_too_long", "an event of the target is too long"));
        }
        return steps;
    }

    /** The target has closed the stream in good order. */
    public List<StreamStep> end() {
        List<StreamStep> steps = new ArrayList<>(1);
        if (over) {
            return steps;
        }
        byte[] tail = splitter.tail();
        boolean done = EventFields.of(tail, 0, tail.length).isDone();
        if (!begun) {
            String cause = heldBytes == 0 ? "empty_stream" : "truncated";
            fail(steps, UpstreamFailures.invalid(cause, UPSTREAM_TRUNCATED, 200, "the target's answer is empty"));
        } else if (ledger.startedEnded() && (done || !splitter.insideEvent())) {
            finishWith(DONE, steps);
        } else {
            fail(steps, truncated());
        }
        return steps;
    }

    /** The target is silent: an answer whose choices have all ended is complete all the same. */
    public List<StreamStep> endIfComplete() {
        List<StreamStep> steps = new ArrayList<>(1);
        if (!over && terminal && !splitter.insideEvent()) {
            finishWith(DONE, steps);
        }
        return steps;
    }

    public boolean begun() {
        return begun;
    }

    /** Whether only the end is missing. */
    public boolean terminal() {
        return terminal;
    }

    /** What the target has said of it so far. */
    public Measured measured() {
        return measured;
    }

    public List<String> finishReasons() {
        return ledger.reasons();
    }

    private void take(EventBlock block, List<StreamStep> steps) {
        if (!begun) {
            held.add(block);
            heldBytes += block.bytes().length;
            if (!begins(block, steps)) {
                return;
            }
            begun = true;
            steps.add(new StreamStep.Begun());
            List.copyOf(held).forEach(waiting -> forward(waiting, steps));
            held.clear();
        } else {
            forward(block, steps);
        }
        forwardTo(steps);
    }

    /** Whether a meaningful event is among these; an unusable one ends the answer. */
    private boolean begins(EventBlock block, List<StreamStep> steps) {
        for (int i = 0; i < block.count(); i++) {
            switch (reader.readFully(block.bytes(), block.start(i), block.end(i))) {
                case Chunk.Piece piece
                when piece.meaningful() -> {
                    return true;
                }
                case Chunk.Done _ -> {
                    fail(steps, invalid("empty_stream", "the target's answer is empty"));
                    return false;
                }
                case Chunk.Unreadable _ -> {
                    fail(steps, invalid("invalid_stream", "the target's answer cannot be read"));
                    return false;
                }
                case Chunk.ErrorEvent(UpstreamError error) -> {
                    fail(steps, UpstreamFailures.ofEvent(error));
                    return false;
                }
                case Chunk.Piece _, Chunk.Other _, Chunk.Silent _, Chunk.Plain _ -> {}
            }
        }
        if (heldBytes > LONGEST_BEGINNING) {
            fail(steps, invalid("invalid_stream", "the target's answer does not begin"));
        }
        return false;
    }

    private void forward(EventBlock block, List<StreamStep> steps) {
        builder.use(block);
        for (int i = 0; i < block.count() && !over; i++) {
            int start = block.start(i);
            int end = block.end(i);
            switch (reader.read(block.bytes(), start, end)) {
                case Chunk.Plain _ -> {
                    ledger.started();
                    add(block, i, false, List.of());
                }
                case Chunk.Silent _ -> add(block, i, false, List.of());
                case Chunk.Unreadable _ -> add(block, i, true, List.of());
                case Chunk.Other(Measured said) -> {
                    measured = measured.then(said);
                    add(block, i, true, List.of());
                }
                case Chunk.Piece piece -> forward(piece, block, i, steps);
                case Chunk.ErrorEvent(UpstreamError error) -> {
                    forwardTo(steps);
                    fail(steps, UpstreamFailures.ofEvent(error));
                }
                case Chunk.Done(boolean bare) -> done(block, i, bare, steps);
            }
        }
    }

    private void forward(Chunk.Piece piece, EventBlock block, int event, List<StreamStep> steps) {
        measured = measured.then(piece.measured());
        ledger.note(piece.choices());
        if (dropsUsage && piece.choices().isEmpty() && piece.measured().usage() != null) {
            return;
        }
        if (!terminal && ledger.allEnded()) {
            forwardTo(steps);
            terminal = true;
        }
        List<TextLiteral> texts = piece.texts();
        add(block, event, texts == null, texts == null ? List.of() : texts);
    }

    private void done(EventBlock block, int event, boolean bare, List<StreamStep> steps) {
        if (!ledger.startedEnded()) {
            forwardTo(steps);
            fail(steps, truncated());
            return;
        }
        if (!terminal) {
            forwardTo(steps);
            terminal = true;
        }
        if (!bare) {
            forwardTo(steps);
            finishWith(DONE, steps);
            return;
        }
        add(block, event, false, List.of());
        over = true;
        steps.add(new StreamStep.Finished(builder.take(true)));
    }

    private void add(EventBlock block, int event, boolean opaque, List<TextLiteral> texts) {
        builder.add(block.start(event), block.end(event), opaque, texts, withTexts);
    }

    private void finishWith(Bytes end, List<StreamStep> steps) {
        over = true;
        List<EventTexts> texts = withTexts ? List.of(new EventTexts(0, end.length(), false, List.of())) : List.of();
        steps.add(new StreamStep.Finished(new StreamStep.Frame(end, 1, true, texts)));
    }

    private void forwardTo(List<StreamStep> steps) {
        if (over || builder.isEmpty()) {
            return;
        }
        if (terminal) {
            endBytes += builder.length();
        }
        steps.add(builder.take(terminal));
        if (endBytes > LONGEST_END) {
            fail(steps, invalid("invalid_stream", "the target's answer does not end"));
        }
    }

    private void fail(List<StreamStep> steps, AttemptFailure failure) {
        over = true;
        held.clear();
        steps.add(new StreamStep.Broken(failure));
    }

    private static AttemptFailure truncated() {
        return UpstreamFailures.invalid(
                "truncated", UPSTREAM_TRUNCATED, 200, "the target ended its answer before it was complete");
    }

    private static AttemptFailure invalid(String cause, String message) {
        return UpstreamFailures.invalid(cause, UPSTREAM_INVALID_STREAM, 200, message);
    }
}
