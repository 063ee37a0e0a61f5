package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A small real policy for tests: {@code mask} replaces one word, {@code stop} blocks it. */
record WordPolicy(boolean mask, String word) implements Policy {

    static final String THROW = "a text that makes the policy throw";

    static final String SLOW = "a text that keeps its worker busy for two milliseconds";

    private static volatile CompletableFuture<Void> largeTextsWait = CompletableFuture.completedFuture(null);

    static void largeTextsWaitFor(CompletableFuture<Void> event) {
        largeTextsWait = event;
    }

    @Override
    public Judgement review(Phase phase, List<TextPart> texts) {
        List<Edit> edits = new ArrayList<>();
        long characters = 0;
        for (TextPart part : texts) {
            String text = part.text().value();
            if (text.equals(THROW)) {
                throw new IllegalStateException(text);
            }
            if (text.equals(SLOW)) {
                spin(System.nanoTime() + 2_000_000);
            }
            if (text.length() > 64 * 1_024) {
                largeTextsWait.join();
            }
            characters += text.length();
            int at = text.indexOf(word);
            if (at >= 0) {
                edits.add(new Edit(part.id(), at, at + word.length(), "WORD", new UserText("***")));
            }
        }
        var coverage = new Coverage(texts.size(), texts.size(), characters, characters);
        return judgement(edits, coverage);
    }

    private static void spin(long until) {
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Override
    public Optional<StreamReview> openStream() {
        return Optional.of(new HoldAll());
    }

    private Judgement judgement(List<Edit> edits, Coverage coverage) {
        if (edits.isEmpty()) {
            return new Judgement(new Decision.Allow(), "clean", 0, coverage, Map.of());
        }
        Decision decision = mask ? new Decision.Redact(edits, false) : new Decision.Block(null);
        return new Judgement(decision, mask ? "masked" : "stopped", 1, coverage, Map.of("WORD", edits.size()));
    }

    /** Releases nothing before the end. */
    private final class HoldAll implements StreamReview {

        private final StringBuilder held = new StringBuilder();
        private Track track = new Track(0, com.keeptrusts.gateway.contract.Channel.ASSISTANT, 0);

        @Override
        public List<TrackRelease> feed(List<TrackText> texts) {
            for (TrackText text : texts) {
                track = text.track();
                held.append(text.text().value());
            }
            return List.of();
        }

        @Override
        public List<TrackRelease> finish() {
            int at = held.indexOf(word);
            List<TrackEdit> edits =
                    at < 0 ? List.of() : List.of(new TrackEdit(at, at + word.length(), "WORD", new UserText("***")));
            return List.of(new TrackRelease(track, held.length(), edits));
        }

        @Override
        public Judgement judgement() {
            boolean found = held.indexOf(word) >= 0;
            return new Judgement(
                    found ? new Decision.Redact(List.of(), false) : new Decision.Allow(),
                    found ? "masked" : "clean",
                    0,
                    new Coverage(1, 1, held.length(), held.length()),
                    Map.of());
        }
    }

    /** Makes {@code mask}. */
    public static final class Mask implements PolicyFactory {

        @Override
        public String kind() {
            return "mask";
        }

        @Override
        public Policy create(Section settings) {
            return new WordPolicy(true, settings.requiredText("word"));
        }
    }

    /** Makes {@code stop}. */
    public static final class Stop implements PolicyFactory {

        @Override
        public String kind() {
            return "stop";
        }

        @Override
        public Policy create(Section settings) {
            return new WordPolicy(false, settings.requiredText("word"));
        }
    }
}
