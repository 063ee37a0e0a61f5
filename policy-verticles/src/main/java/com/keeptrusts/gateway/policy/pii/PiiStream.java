package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.StreamReview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reviews the tracks of one streamed answer, each by itself. */
final class PiiStream implements StreamReview {

    private final Function<Track, PiiTrack> opener;
    private final Tally tally;
    private final Map<Track, PiiTrack> tracks = new LinkedHashMap<>();

    /** @param opener makes the reviewer of a track that counts in {@code tally} */
    PiiStream(Tally tally, Function<Track, PiiTrack> opener) {
        this.tally = tally;
        this.opener = opener;
    }

    @Override
    public List<TrackRelease> feed(List<TrackText> texts) {
        List<TrackRelease> releases = new ArrayList<>(texts.size());
        for (TrackText text : texts) {
            TrackRelease release = tracks.computeIfAbsent(text.track(), opener)
                    .feed(text.text().value());
            if (release != null) {
                releases.add(release);
            }
        }
        return tally.stops() ? List.of() : releases;
    }

    @Override
    public List<TrackRelease> finish() {
        List<TrackRelease> releases = new ArrayList<>();
        for (PiiTrack track : tracks.values()) {
            TrackRelease release = track.finish();
            if (release != null) {
                releases.add(release);
            }
        }
        return tally.stops() ? List.of() : releases;
    }

    @Override
    public Judgement judgement() {
        return tally.judgement(tracks.size(), List.of());
    }
}
