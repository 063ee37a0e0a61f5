package com.keeptrusts.gateway.conformance;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.PolicyFactory;
import com.keeptrusts.gateway.policy.StreamReview;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A real policy for tests. It remembers every text of a request, and obeys words in any text: {@code stop-word} blocks,
 * {@code ask-word} escalates, {@code fault-word} makes it throw, {@code edit-word} makes it edit what nobody said. Of a stream it holds back the last few characters.
 */
final class AttentivePolicy implements Policy {

    private static final int HELD_BACK = 12;
    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

    /** The texts of requests since this was last asked. */
    static List<String> seen() {
        List<String> texts = new ArrayList<>();
        for (String text = SEEN.poll(); text != null; text = SEEN.poll()) {
            texts.add(text);
        }
        return texts;
    }

    @Override
    public boolean reviews(Phase phase) {
        return true;
    }

    @Override
    public Judgement review(Phase phase, List<TextPart> texts) {
        var all = new StringBuilder();
        for (TextPart part : texts) {
            String text = part.text().value();
            all.append(text).append('\n');
            if (phase == Phase.INPUT) {
                SEEN.add(text);
            }
        }
        return judge(all.toString());
    }

    @Override
    public Optional<StreamReview> openStream() {
        return Optional.of(new Listening());
    }

    private static Judgement judge(String text) {
        if (text.contains("fault-word")) {
            throw new IllegalStateException("told to fail");
        }
        var coverage = new Coverage(1, 1, text.length(), text.length());
        if (text.contains("stop-word")) {
            return new Judgement(new Decision.Block(null), "stopped", 1, coverage, Map.of());
        }
        return text.contains("ask-word")
                ? new Judgement(new Decision.Escalate(null), "asked", 1, coverage, Map.of())
                : new Judgement(new Decision.Allow(), "clean", 0, coverage, Map.of());
    }

    private static final class Listening implements StreamReview {

        private final Map<Track, StringBuilder> heard = new HashMap<>();

        @Override
        public List<TrackRelease> feed(List<TrackText> texts) {
            texts.forEach(text -> heard.computeIfAbsent(text.track(), _ -> new StringBuilder())
                    .append(text.text().value()));
            return releases(HELD_BACK);
        }

        @Override
        public List<TrackRelease> finish() {
            return releases(0);
        }

        @Override
        public Judgement judgement() {
            return judge(String.join("\n", heard.values()));
        }

        private List<TrackRelease> releases(int heldBack) {
            List<TrackRelease> releases = new ArrayList<>();
            heard.forEach((track, text) -> releases.add(
                    new TrackRelease(track, Math.max(0, text.length() - heldBack), edits(text.toString()))));
            return releases;
        }
    }

    private static List<TrackEdit> edits(String text) {
        return text.contains("edit-word")
                ? List.of(
                        new TrackEdit(7, 3, "WORD", new UserText("a")),
                        new TrackEdit(text.length() + 5, text.length() + 9, "WORD", new UserText("b")))
                : List.of();
    }

    /** Makes {@code attentive}. */
    public static final class Factory implements PolicyFactory {

        @Override
        public String kind() {
            return "attentive";
        }

        @Override
        public Policy create(Section settings) {
            return new AttentivePolicy();
        }
    }
}
