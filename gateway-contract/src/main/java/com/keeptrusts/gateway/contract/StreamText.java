package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * The next pieces of a streamed answer, numbered from 0; with {@code end} set the worker must release everything.
 */
public record StreamText(String requestId, Deadline deadline, String kind, long seq, List<TrackText> texts, boolean end)
        implements Timed {

    public StreamText {
        texts = List.copyOf(texts);
    }
}
