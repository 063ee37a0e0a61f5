package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Channel;
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
import org.jspecify.annotations.Nullable;

/**
 * Reviews the tracks of one streamed answer, each by itself, up to {@value #MOST_TRACKS} of them. Of one that pauses while
 * others of its choice go on for {@value #PATIENCE} characters, or those of other choices for {@value #OTHERS} times as
 * many, what is held leaves as if it had ended, for it stands before all that.
 */
final class PiiStream implements StreamReview {

    static final int PATIENCE = 256;

    /** How much less the characters of another choice count: choices take turns, and one may end long before another. */
    static final int OTHERS = 4;

    static final int MOST_TRACKS = 1_024;

    private final Function<Track, PiiTrack> opener;
    private final Tally tally;
    private final Map<Track, PiiTrack> tracks = new LinkedHashMap<>();
    private boolean begun;

    /** @param opener makes the reviewer of a track that counts in {@code tally} */
    PiiStream(Tally tally, Function<Track, PiiTrack> opener) {
        this.tally = tally;
        this.opener = opener;
    }

    @Override
    public List<TrackRelease> feed(List<TrackText> texts) {
        List<TrackRelease> releases = new ArrayList<>(texts.size());
        for (TrackText text : texts) {
            PiiTrack track = tracks.computeIfAbsent(text.track(), this::open);
            add(track.feed(text.text().value()), releases);
            if (tracks.size() > 1) {
                pauses(text);
            }
        }
        if (tracks.size() > 1) {
            tracks.values().forEach(track -> add(track.endPause(), releases));
        }
        begun = true;
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

    /** An answer of more texts is none; what throws here is a failed review. */
    private PiiTrack open(Track track) {
        if (tracks.size() >= MOST_TRACKS) {
            throw new IllegalStateException("stream of more than " + MOST_TRACKS + " texts (expected: fewer)");
        }
        return opener.apply(track);
    }

    private void pauses(TrackText text) {
        tracks.forEach((track, paused) -> {
            if (paused.holds() && !track.equals(text.track())) {
                paused.pause(pause(track, text));
            }
        });
    }

    /** What a piece of another track counts: the name of a tool is complete once its arguments come. */
    private int pause(Track held, TrackText text) {
        Track other = text.track();
        if (other.channel() == Channel.METADATA) {
            return 0;
        }
        boolean sameChoice = held.choice() < 0 || other.choice() == held.choice();
        boolean named = held.channel() == Channel.METADATA
                && other.channel() == Channel.TOOL_ARGUMENTS
                && other.index() == held.index();
        if (sameChoice && named && text.text().length() > 0) {
            return OTHERS * PATIENCE;
        }
        // The first texts may be those of a stream that is told again, whose order is lost.
        return begun ? text.text().length() * (sameChoice ? OTHERS : 1) : 0;
    }

    private static void add(@Nullable TrackRelease release, List<TrackRelease> releases) {
        if (release != null) {
            releases.add(release);
        }
    }
}
