package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts originals back where a streamed answer names their markers. Holds back no more than the beginning of a marker, and
 * that only until others of the same choice have gone on for {@value #PATIENCE} characters, or those of other choices for
 * {@value #OTHERS} times as many.
 */
final class RestoringReviewer implements StreamReviewer {

    static final int PATIENCE = 256;
    static final int OTHERS = 4;

    private final Restorations restorations;
    private final Map<Track, Open> open = new HashMap<>();

    RestoringReviewer(Restorations restorations) {
        this.restorations = restorations;
    }

    @Override
    public Future<StreamReleased> feed(List<TrackText> texts, boolean end) {
        List<TrackRelease> releases = new ArrayList<>();
        for (TrackText piece : texts) {
            Open before = open.computeIfAbsent(piece.track(), _ -> new Open());
            releases.add(release(piece.track(), before, piece.text().value(), false));
            othersWait(piece);
        }
        open.forEach((track, held) -> {
            if (end || held.waited >= OTHERS * PATIENCE) {
                releases.add(release(track, held, "", true));
            }
        });
        return Future.succeededFuture(new StreamReleased(releases, null));
    }

    private void othersWait(TrackText piece) {
        Track other = piece.track();
        if (other.channel() == Channel.METADATA) {
            return;
        }
        open.forEach((track, held) -> {
            if (!held.text.isEmpty() && !track.equals(other)) {
                boolean same = track.choice() < 0 || track.choice() == other.choice();
                held.waited += piece.text().length() * (same ? OTHERS : 1);
            }
        });
    }

    private TrackRelease release(Track track, Open held, String more, boolean complete) {
        String text = held.text + more;
        Restorations.Markers markers = restorations.in(track.channel(), text, complete);
        List<TrackEdit> edits = new ArrayList<>();
        for (Restorations.Found found : markers.found()) {
            edits.add(new TrackEdit(
                    held.from + found.start(), held.from + found.end(), Restorations.CATEGORY, found.original()));
        }
        held.from += markers.upTo();
        held.text = text.substring(markers.upTo());
        held.waited = 0;
        return new TrackRelease(track, held.from, edits);
    }

    @Override
    public void close() {
        open.clear();
    }

    /** The end of a track that has not left, where it begins, and what others that have spoken since count. */
    private static final class Open {
        private long from;
        private String text = "";
        private int waited;
    }
}
