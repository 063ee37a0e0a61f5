package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.StreamReview;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reviews the tracks of one streamed answer, each by itself. Of one that pauses while another of its choice goes on for
 * {@value #PATIENCE} characters, what is held leaves as if it had ended, for it stands before all that.
 */
final class PiiStream implements StreamReview {

    static final int PATIENCE = 256;

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
            PiiTrack track = tracks.computeIfAbsent(text.track(), opener);
            add(track.feed(text.text().value()), releases);
        }
        if (tracks.size() > 1) {
            endPauses(texts, releases);
        }
        return tally.stops() ? List.of() : releases;
    }

    @Override
    public List<TrackRelease> finish() {
        List<TrackRelease> releases = new ArrayList<>();
        tracks.values().forEach(track -> add(track.finish(), releases));
        return tally.stops() ? List.of() : releases;
    }

    @Override
    public Judgement judgement() {
        return tally.judgement(tracks.size(), List.of());
    }

    private void endPauses(List<TrackText> texts, List<TrackRelease> releases) {
        Set<Track> spoke = new HashSet<>();
        texts.forEach(text -> spoke.add(text.track()));
        tracks.forEach((track, paused) -> {
            if (paused.holds()) {
                boolean spoken = spoke.contains(track);
                texts.forEach(text -> add(paused.pause(pause(track, spoken, text)), releases));
            }
        });
    }

    /** What a piece of another track counts: the name of a tool is complete once its arguments come. */
    private static int pause(Track held, boolean spoken, TrackText text) {
        Track other = text.track();
        if (other.choice() != held.choice() || other.channel() == Channel.METADATA) {
            return 0;
        }
        boolean named = held.channel() == Channel.METADATA
                && other.channel() == Channel.TOOL_ARGUMENTS
                && other.index() == held.index();
        if (named && text.text().length() > 0) {
            return PATIENCE;
        }
        return spoken ? 0 : text.text().length();
    }

    private static void add(@Nullable TrackRelease release, List<TrackRelease> releases) {
        if (release != null) {
            releases.add(release);
        }
    }
}
