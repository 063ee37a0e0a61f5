package com.keeptrusts.gateway.provider.sse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes behind the blank line of each server-sent event, whatever the reads it arrives in and
 * whichever of LF, CR and CRLF end its lines. The slices, one behind the other, are the stream without its byte order
 * mark. An event leaves with the read that completes it; of a CR LF behind it, the LF may lead the next slice.
 */
public final class EventSplitter {

    /** Longest event, in bytes. */
    public static final int MAX_EVENT = 8 * 1024 * 1024;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] NOTHING = {};

    private final int maxEvent;

    private byte[] tail = NOTHING;
    private int tailLength;
    private boolean atStart = true;
    private boolean lineEmpty = true;
    private boolean lastWasCr;
    private boolean hasContent;
    private int[] ends = new int[16];

    public EventSplitter() {
        this(MAX_EVENT);
    }

    EventSplitter(int maxEvent) {
        this.maxEvent = maxEvent;
    }

    /**
     * Takes the next read over, which may then be part of the block returned.
     *
     * @return the events that it completes, or null when it completes none
     * @throws EventTooLongException when an event exceeds the limit
     */
    public @Nullable EventBlock feed(byte[] read) {
        boolean fresh = tailLength == 0;
        byte[] bytes = joined(read);
        int length = tailLength;
        int from = length - read.length;
        if (atStart) {
            int mark = matchingMark(bytes, length);
            if (mark == length && length < BOM.length) {
                keep(bytes, 0, length, fresh);
                return null;
            }
            atStart = false;
            from = mark == BOM.length ? mark : 0;
            return cut(bytes, from, from, length, fresh);
        }
        return cut(bytes, 0, from, length, fresh);
    }

    /** Whether the stream, if it ended here, would end inside an event. */
    public boolean insideEvent() {
        return hasContent || !lineEmpty;
    }

    /** What came behind the last whole event. */
    public byte[] tail() {
        return Arrays.copyOf(tail, tailLength);
    }

    private @Nullable EventBlock cut(byte[] bytes, int base, int from, int length, boolean fresh) {
        int count = 0;
        int eventStart = base;
        for (int i = from; i < length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                boolean secondHalf = b == '\n' && lastWasCr;
                lastWasCr = b == '\r';
                if (secondHalf) {
                    if (i == eventStart && count > 0) { // belongs to the line end that completed the last event
                        eventStart = i + 1;
                        ends[count - 1] = eventStart - base;
                    }
                } else if (!lineEmpty) {
                    lineEmpty = true;
                } else if (hasContent) {
                    hasContent = false;
                    checkLength(i + 1 - eventStart);
                    eventStart = i + 1;
                    count = end(count, eventStart - base);
                }
            } else {
                lastWasCr = false;
                lineEmpty = false;
                hasContent = true;
                i = lineEnd(bytes, i + 1, length) - 1;
            }
        }
        checkLength(length - eventStart);
        EventBlock block = count == 0 ? null : block(bytes, base, eventStart, count);
        keep(bytes, eventStart, length, fresh);
        return block;
    }

    private static int lineEnd(byte[] bytes, int from, int length) {
        int i = from;
        while (i < length && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    private EventBlock block(byte[] bytes, int base, int end, int count) {
        byte[] whole = base == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, base, end);
        return new EventBlock(whole, Arrays.copyOf(ends, count));
    }

    private int end(int count, int end) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count] = end;
        return count + 1;
    }

    private void checkLength(int length) {
        if (length > maxEvent) {
            throw new EventTooLongException(maxEvent);
        }
    }

    /** The tail and the read behind it; {@code tailLength} becomes the length of both. */
    private byte[] joined(byte[] read) {
        if (tailLength == 0) {
            tailLength = read.length;
            return read;
        }
        int length = tailLength + read.length;
        if (tail.length < length) {
            tail = Arrays.copyOf(tail, Math.max(length, 2 * tail.length));
        }
        System.arraycopy(read, 0, tail, tailLength, read.length);
        tailLength = length;
        return tail;
    }

    /** Keeps a range as the tail; bytes that are not fresh are the tail's own and may stay where they are. */
    private void keep(byte[] bytes, int from, int to, boolean fresh) {
        tailLength = to - from;
        if (tailLength == 0) {
            tail = NOTHING;
        } else if (fresh || from > 0) {
            tail = Arrays.copyOfRange(bytes, from, to);
        }
    }

    private static int matchingMark(byte[] bytes, int length) {
        int matching = 0;
        while (matching < length && matching < BOM.length && bytes[matching] == BOM[matching]) {
            matching++;
        }
        return matching;
    }
}
