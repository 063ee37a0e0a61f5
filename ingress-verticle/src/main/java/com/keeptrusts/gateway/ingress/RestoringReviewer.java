package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts originals back where a streamed answer names their markers; holds back no more than the beginning of a marker. */
final class RestoringReviewer implements StreamReviewer {

    private final Restorations restorations;
    private final Map<Track, Open> open = new HashMap<>();

    RestoringReviewer(Restorations restorations) {
        this.restorations = restorations;
    }

    @Override
    public Future<StreamReleased> feed(List<TrackText> texts, boolean end) {
        List<TrackRelease> releases = new ArrayList<>();
        for (TrackText piece : texts) {
            Open before = open.getOrDefault(piece.track(), new Open(0, ""));
            releases.add(release(
                    piece.track(), before.from(), before.text() + piece.text().value(), end));
        }
        if (end) {
            Map<Track, Open> rest = Map.copyOf(open);
            rest.forEach((track, held) -> releases.add(release(track, held.from(), held.text(), true)));
        }
        return Future.succeededFuture(new StreamReleased(releases, null));
    }

    private TrackRelease release(Track track, long from, String text, boolean end) {
        List<TrackEdit> edits = new ArrayList<>();
        int upTo = 0;
        for (Restorations.Found found : restorations.in(text)) {
            edits.add(new TrackEdit(
                    from + found.start(), from + found.end(), Restorations.CATEGORY, new UserText(found.original())));
            upTo = found.end();
        }
        upTo = end ? text.length() : restorations.openFrom(text, upTo);
        open.put(track, new Open(from + upTo, text.substring(upTo)));
        return new TrackRelease(track, from + upTo, edits);
    }

    @Override
    public void close() {
        open.clear();
    }

    /** The end of a track that has not left, and where it begins. */
    private record Open(long from, String text) {}
}
