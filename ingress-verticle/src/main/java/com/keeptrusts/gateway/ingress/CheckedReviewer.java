package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a failed verdict of edits that do not fit the text: what cannot be applied must not count as applied. */
final class CheckedReviewer implements StreamReviewer {

    private final PolicyStep step;
    private final StreamReviewer reviewer;
    private final Map<Track, Extent> extents = new HashMap<>();

    CheckedReviewer(PolicyStep step, StreamReviewer reviewer) {
        this.step = step;
        this.reviewer = reviewer;
    }

    @Override
    public Future<StreamReleased> feed(List<TrackText> texts, boolean end) {
        for (TrackText text : texts) {
            extents.computeIfAbsent(text.track(), _ -> new Extent()).fed +=
                    text.text().length();
        }
        return reviewer.feed(texts, end).map(answer -> fits(answer) ? answer : failed());
    }

    private boolean fits(StreamReleased answer) {
        for (TrackRelease release : answer.releases()) {
            Extent extent = extents.get(release.track());
            if (extent != null && !extent.takes(release)) {
                return false;
            }
        }
        return true;
    }

    private StreamReleased failed() {
        var nothing = new Coverage(0, 0, 0, 0);
        var verdict = new PolicyVerdict(
                step.kind(),
                step.settingsDigest(),
                "",
                new Decision.Failed("bad_edit"),
                "failed",
                0,
                nothing,
                Map.of(),
                0);
        return new StreamReleased(List.of(), verdict);
    }

    @Override
    public int retries() {
        return reviewer.retries();
    }

    @Override
    public void close() {
        reviewer.close();
    }

    /** How much of a track there is, and how much of it may have left. */
    private static final class Extent {
        private long fed;
        private long released;

        boolean takes(TrackRelease release) {
            long at = released;
            for (TrackEdit edit : release.edits()) {
                if (edit.start() < at || edit.end() < edit.start() || edit.end() > fed) {
                    return false;
                }
                at = edit.end();
            }
            released = Math.max(at, Math.min(release.upTo(), fed));
            return true;
        }
    }
}
