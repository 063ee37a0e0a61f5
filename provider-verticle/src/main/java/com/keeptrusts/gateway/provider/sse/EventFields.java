package com.keeptrusts.gateway.provider.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one event that matter here. The data of an event with one data line is a range of the event's own
 * bytes; of several it is a joined copy.
 */
final class EventFields {

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private byte[] source;
    private int dataStart;
    private int dataEnd;
    private int dataLines;
    private boolean namedError;

    private EventFields(byte[] bytes) {
        this.source = bytes;
    }

    static EventFields of(byte[] bytes, int start, int end) {
        var fields = new EventFields(bytes);
        int line = start;
        while (line < end) {
            int lineEnd = line;
            while (lineEnd < end && bytes[lineEnd] != '\n' && bytes[lineEnd] != '\r') {
                lineEnd++;
            }
            if (lineEnd > line) {
                fields.read(bytes, line, lineEnd);
            }
            line = lineEnd + 1;
        }
        return fields;
    }

    boolean hasData() {
        return dataLines > 0;
    }

    /** Whether offsets in the data are offsets in the event. */
    boolean inPlace() {
        return dataLines == 1;
    }

    boolean namedError() {
        return namedError;
    }

    /** Whether the data is the end marker, with or without blanks around it. */
    boolean isDone() {
        int start = dataStart;
        int end = dataEnd;
        while (start < end && isBlank(source[start])) {
            start++;
        }
        while (end > start && isBlank(source[end - 1])) {
            end--;
        }
        return hasData() && Arrays.equals(source, start, end, DONE, 0, DONE.length);
    }

    /** Whether the end marker stands there without blanks around it. */
    boolean isBare() {
        return dataEnd - dataStart == DONE.length;
    }

    byte[] source() {
        return source;
    }

    int dataStart() {
        return dataStart;
    }

    int dataEnd() {
        return dataEnd;
    }

    private void read(byte[] bytes, int start, int end) {
        if (isField(DATA, bytes, start, end)) {
            int value = value(bytes, start + DATA.length, end);
            dataLines++;
            if (dataLines == 1) {
                dataStart = value;
                dataEnd = end;
            } else {
                join(bytes, value, end);
            }
        } else if (isField(EVENT, bytes, start, end)) {
            int value = value(bytes, start + EVENT.length, end);
            namedError = Arrays.equals(bytes, value, end, ERROR, 0, ERROR.length);
        }
    }

    private void join(byte[] bytes, int start, int end) {
        var joined = new ByteArrayOutputStream(dataEnd - dataStart + end - start + 1);
        joined.write(source, dataStart, dataEnd - dataStart);
        joined.write('\n');
        joined.write(bytes, start, end - start);
        source = joined.toByteArray();
        dataStart = 0;
        dataEnd = source.length;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n';
    }

    private static boolean isField(byte[] name, byte[] bytes, int start, int end) {
        int after = start + name.length;
        return after <= end
                && Arrays.equals(bytes, start, after, name, 0, name.length)
                && (after == end || bytes[after] == ':');
    }

    /** Where the value begins, behind the colon and one space. */
    private static int value(byte[] bytes, int colon, int end) {
        int value = Math.min(colon + 1, end);
        return value < end && bytes[value] == ' ' ? value + 1 : value;
    }
}
