package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reviewer was told of a stream and what it released of it, so that another can take its place: the answer to a
 * text does not depend on how it was cut, so the whole is told again in one piece and what has left already is taken out
 * of the answer. Up to {@value #MOST_CHARACTERS} characters; a longer stream cannot be told again.
 */
final class ReviewedSoFar {

    static final int MOST_CHARACTERS = 128 * 1024;

    private final Map<Track, StringBuilder> told = new LinkedHashMap<>();
    private final Map<Track, Long> released = new HashMap<>();
    private int characters;

    void tell(List<TrackText> texts) {
        for (TrackText piece : texts) {
            characters += piece.text().length();
            if (repeatable()) {
                told.computeIfAbsent(piece.track(), _ -> new StringBuilder())
                        .append(piece.text().value());
            }
        }
        if (!repeatable()) {
            told.clear();
        }
    }

    boolean repeatable() {
        return characters <= MOST_CHARACTERS;
    }

    /** Everything, one piece a track. */
    List<TrackText> whole() {
        return told.entrySet().stream()
                .map(each -> new TrackText(
                        each.getKey(), new UserText(each.getValue().toString())))
                .toList();
    }

    void take(StreamReleased news) {
        for (TrackRelease release : news.releases()) {
            released.merge(release.track(), release.upTo(), Math::max);
        }
    }

    /** What is new in an answer to {@link #whole}. */
    StreamReleased news(StreamReleased answer) {
        List<TrackRelease> releases = new ArrayList<>(answer.releases().size());
        for (TrackRelease release : answer.releases()) {
            long left = released.getOrDefault(release.track(), 0L);
            if (release.upTo() > left) {
                List<TrackEdit> edits = release.edits().stream()
                        .filter(edit -> edit.end() > left)
                        .toList();
                releases.add(new TrackRelease(release.track(), release.upTo(), edits));
            }
        }
        return new StreamReleased(releases, answer.verdict());
    }
}
