package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import java.util.ArrayDeque;
import java.util.Deque;

/** How far one text of a stream was fed to its reviewer and released by it, in UTF-16 units from its beginning. */
final class TrackProgress {

    private final Deque<TrackEdit> edits = new ArrayDeque<>(2);
    private long fed;
    private long released;

    long fed() {
        return fed;
    }

    void feed(int length) {
        fed += length;
    }

    long released() {
        return released;
    }

    void release(TrackRelease news) {
        edits.addAll(news.edits());
        released = Math.max(released, Math.min(news.upTo(), fed));
    }

    void releaseAll() {
        released = fed;
    }

    boolean hasEdits() {
        return !edits.isEmpty();
    }

    Iterable<TrackEdit> edits() {
        return edits;
    }

    /** None of them is to be applied. */
    void forgetEdits() {
        edits.clear();
    }

    /** Everything below has left. */
    void forgetBelow(long position) {
        while (!edits.isEmpty() && edits.peek().end() <= position) {
            edits.poll();
        }
    }
}
