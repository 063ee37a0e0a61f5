package com.keeptrusts.gateway.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far each track may leave. The verdict comes with the last piece, or earlier when the answer must stop or the
 * review failed.
 */
public record StreamReleased(
        List<TrackRelease> releases, @Nullable PolicyVerdict verdict) implements BusMessage {

    public StreamReleased {
        releases = List.copyOf(releases);
    }
}
