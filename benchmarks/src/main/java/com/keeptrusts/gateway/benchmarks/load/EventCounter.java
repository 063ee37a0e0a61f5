package com.keeptrusts.gateway.benchmarks.load;

/** Counts server-sent events by their empty lines, wherever reads cut them, and notices those with a name. */
final class EventCounter {

    private long total;
    private int lineLength;
    private boolean hasContent;
    private boolean hasError;

    void reset() {
        total = 0;
        lineLength = 0;
        hasContent = false;
        hasError = false;
    }

    void count(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte next = bytes[at];
            if (next == '\n') {
                endOfLine();
            } else if (next != '\r') {
                if (lineLength == 0 && next == 'e') {
                    hasError = true; // only failures have an "event:" line
                }
                lineLength++;
                hasContent = true;
            }
        }
    }

    private void endOfLine() {
        if (lineLength == 0 && hasContent) {
            total++;
            hasContent = false;
        }
        lineLength = 0;
    }

    long total() {
        return total;
    }

    boolean hasError() {
        return hasError;
    }
}
