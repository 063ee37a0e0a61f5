package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * Text of a track that can no longer be part of a match.
 *
 * @param upTo characters (UTF-16, counted over the track's whole original text) that may leave
 * @param edits new edits since the last release, all below {@code upTo}, sorted, not overlapping
 */
public record TrackRelease(Track track, long upTo, List<TrackEdit> edits) {

    public TrackRelease {
        edits = List.copyOf(edits);
    }
}
