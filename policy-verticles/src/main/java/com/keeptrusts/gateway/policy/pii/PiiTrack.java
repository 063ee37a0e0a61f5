package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.UserText;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One growing text: holds what is not decided yet and what the next decision may look back at, no more. At most
 * {@link #MOST_HELD} characters are held back, and prose but for its last word.
 */
final class PiiTrack {

    /** A run without a break, what may follow it, and a piece for the operator's patterns. */
    static final int MOST_HELD = 2 * Sweep.LONGEST_RUN;

    private static final int MOST_PAUSED = PiiStream.OTHERS * PiiStream.PATIENCE;
    private static final int FIRST_SIZE = 256;

    private final Track track;
    private final Scan scan;
    private final Redactor redactor;
    private final Tally tally;
    private final List<PiiSpan> decided = new ArrayList<>();
    private char[] text = new char[FIRST_SIZE];
    private int length;
    /** Index of the first character that has not left yet. */
    private int released;
    /** How many characters of the track came before the first one kept. */
    private long dropped;
    /** What the pieces of others count that came since its last one. */
    private int paused;

    PiiTrack(Track track, Scan scan, Redactor redactor, Tally tally) {
        this.track = track;
        this.scan = scan;
        this.redactor = redactor;
        this.tally = tally;
    }

    /** Takes the next piece; answers what may leave, if that is more than before. */
    @Nullable
    TrackRelease feed(String piece) {
        paused = 0;
        tally.read(piece.length());
        makeRoom(piece.length());
        piece.getChars(0, piece.length(), text, length);
        length += piece.length();
        boolean halved = length > 0 && Character.isHighSurrogate(text[length - 1]);
        return advance(halved ? length - 1 : length, false);
    }

    boolean holds() {
        return released < length;
    }

    /** Others went on, which counts so much more until this one goes on. */
    void pause(int count) {
        paused = Math.min(paused + count, MOST_PAUSED);
    }

    /** Nothing is held any more when the others' patience is at an end. */
    @Nullable
    TrackRelease endPause() {
        return paused >= MOST_PAUSED && holds() ? finish() : null;
    }

    @Nullable
    TrackRelease finish() {
        return advance(length, true);
    }

    private void makeRoom(int more) {
        int spare = released - Sweep.LOOK_BACK;
        if (length + more > text.length && spare > 0) {
            System.arraycopy(text, spare, text, 0, length - spare);
            length -= spare;
            released -= spare;
            dropped += spare;
            scan.shift(spare);
        }
        if (length + more > text.length) {
            text = Arrays.copyOf(text, Math.max(length + more, text.length * 2));
        }
    }

    private @Nullable TrackRelease advance(int limit, boolean complete) {
        int upTo = scan.advance(text, 0, limit, complete, decided);
        if (upTo == released) {
            return null;
        }
        List<TrackEdit> edits = decided.isEmpty() ? List.of() : edits();
        redactor.keep(CharBuffer.wrap(text, released, upTo - released));
        released = upTo;
        return new TrackRelease(track, dropped + upTo, edits);
    }

    private List<TrackEdit> edits() {
        List<TrackEdit> edits = new ArrayList<>(decided.size());
        for (PiiSpan span : decided) {
            tally.found(span);
            redactor.keep(CharBuffer.wrap(text, released, span.start() - released));
            Redactor.Replacement with = redactor.replace(span, new String(text, span.start(), span.length()));
            if (!with.isNothing()) {
                edits.add(new TrackEdit(
                        dropped + with.start(),
                        dropped + with.end(),
                        span.type().name(),
                        new UserText(with.text())));
            }
            released = span.end();
        }
        decided.clear();
        return edits;
    }
}
