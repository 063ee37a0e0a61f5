package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonText;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputStageTest {

    private static final Track CONTENT = new Track(0, Channel.ASSISTANT, 0);
    private static final Track OTHER = new Track(1, Channel.REASONING, 0);
    private static final String WORD = "secret";

    private final List<StreamEvent> left = new ArrayList<>();
    private final List<PolicyVerdict> judged = new ArrayList<>();
    private final List<PolicyVerdict> stopped = new ArrayList<>();
    private boolean faulty;
    private boolean ended;

    @Test
    void anEventLeavesWhenItsTextIsReleasedAndKeepsItsBytes() {
        var reviewer = new Scripted();
        var stage = stage(reviewer);
        StreamEvent first = event(CONTENT, "hel");
        StreamEvent second = event(CONTENT, "lo");

        stage.accept(List.of(first, second));
        assertThat(left).isEmpty();
        reviewer.answer(new TrackRelease(CONTENT, 3, List.of()));

        assertThat(left).containsExactly(first);
        assertThat(left.getFirst()).isSameAs(first);
    }

    @Test
    void anEventWithoutTextWaitsForThoseBeforeIt_S12() {
        var reviewer = new Scripted();
        var stage = stage(reviewer);
        StreamEvent role = event(CONTENT, "");

        stage.accept(List.of(role));
        assertThat(left).containsExactly(role);
        stage.accept(List.of(event(CONTENT, "a"), role));
        assertThat(left).hasSize(1);
        reviewer.answer(new TrackRelease(CONTENT, 1, List.of()));

        assertThat(left).hasSize(3);
    }

    @Test
    void onePieceIsUnderReviewAtATimeAndWhatComesMeanwhileGoesWithTheNext() {
        var reviewer = new Scripted();
        var stage = stage(reviewer);

        stage.accept(List.of(event(CONTENT, "a")));
        stage.accept(List.of(event(CONTENT, "b"), event(OTHER, "x")));
        stage.accept(List.of(event(OTHER, "y"), event(CONTENT, "c")));
        assertThat(reviewer.fed).containsExactly("0:a");
        reviewer.answer();

        assertThat(reviewer.fed).containsExactly("0:a", "0:b|1:xy|0:c");
    }

    @Test
    void anEditOverSeveralEventsIsWrittenInTheFirstAndTakenFromTheOthers() {
        var reviewer = new Scripted();
        var stage = stage(reviewer);

        stage.accept(List.of(event(CONTENT, "a se"), event(CONTENT, "cr"), event(CONTENT, "et b")));
        reviewer.answer(new TrackRelease(CONTENT, 10, List.of(new TrackEdit(2, 8, "WORD", new UserText("***")))));

        assertThat(left.stream().map(OutputStageTest::text)).containsExactly("a ***", "", " b");
    }

    @Test
    void aBlockLetsNothingOfWhatIsHeldLeave_S13() {
        var reviewer = new Scripted();
        var stage = stage(reviewer);

        stage.accept(List.of(event(CONTENT, "a")));
        reviewer.answer(new StreamReleased(
                List.of(new TrackRelease(CONTENT, 1, List.of())), verdict(new Decision.Block(null))));

        assertThat(left).isEmpty();
        assertThat(stopped).hasSize(1);
    }

    @Test
    void theEndIsToldWhenEverythingHasLeft() {
        var reviewer = new Scripted();
        var stage = stage(reviewer);

        stage.accept(List.of(event(CONTENT, "a")));
        stage.end();
        assertThat(ended).isFalse();
        reviewer.answer();
        assertThat(reviewer.fed).containsExactly("0:a", "end");
        reviewer.answer(new StreamReleased(List.of(), verdict(new Decision.Allow())));

        assertThat(left).hasSize(1);
        assertThat(judged).hasSize(1);
        assertThat(ended).isTrue();
    }

    @Test
    void afterAFaultEverythingCanGoOnUnreviewed() {
        var reviewer = new Scripted();
        var stage = stage(reviewer);

        stage.accept(List.of(event(CONTENT, "a")));
        reviewer.fail();
        assertThat(faulty).isTrue();
        stage.goOnUnreviewed();
        stage.accept(List.of(event(CONTENT, "b")));
        stage.end();

        assertThat(left).hasSize(2);
        assertThat(ended).isTrue();
    }

    @Test
    void editsThatCannotBeAppliedAreAFaultAndNoEndlessWait() {
        var reviewer = new Scripted();
        var stage = stage(reviewer);

        stage.accept(List.of(event(CONTENT, "abcd")));
        reviewer.answer(new TrackRelease(
                CONTENT,
                4,
                List.of(
                        new TrackEdit(2, 4, "WORD", new UserText("x")),
                        new TrackEdit(0, 3, "WORD", new UserText("y")))));
        assertThat(faulty).isTrue();
        stage.goOnUnreviewed();
        stage.end();

        assertThat(ended).isTrue();
        assertThat(text(left.getFirst())).isEqualTo("abcd");
    }

    /** Random answers in random pieces, random delays, random hold-back: the result is that of editing the whole. */
    @Test
    void howeverTheAnswerIsCutTheResultIsTheEditedWhole() {
        for (int round = 0; round < 3_000; round++) {
            var random = new Random(round);
            left.clear();
            ended = false;
            var reviewer = new Redacting(random);
            var stage = stage(reviewer);
            Map<Track, StringBuilder> whole = new HashMap<>();
            for (int frame = 0; frame < 1 + random.nextInt(8); frame++) {
                stage.accept(frame(random, whole));
                reviewer.answerSome();
            }
            stage.end();
            reviewer.answerAll();

            assertThat(ended).as("round %d", round).isTrue();
            Map<Track, StringBuilder> got = texts();
            whole.forEach((track, text) -> assertThat(
                            got.getOrDefault(track, new StringBuilder()).toString())
                    .as("%s of round", track)
                    .isEqualTo(text.toString().replace(WORD, "[W]")));
        }
    }

    private List<StreamEvent> frame(Random random, Map<Track, StringBuilder> whole) {
        List<StreamEvent> events = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            Track track = random.nextInt(3) == 0 ? OTHER : CONTENT;
            var text = new StringBuilder();
            for (int n = random.nextInt(4); n > 0; n--) {
                text.append(
                        switch (random.nextInt(8)) {
                            case 0, 1 -> WORD;
                            case 2 -> WORD.substring(0, 1 + random.nextInt(5));
                            case 3 -> WORD.substring(1 + random.nextInt(5));
                            case 4 -> "\"\\\n";
                            case 5 -> "\u00e9\ud83d\ude00";
                            default -> "x";
                        });
            }
            whole.computeIfAbsent(track, _ -> new StringBuilder()).append(text);
            events.add(event(track, text.toString()));
        }
        return events;
    }

    private Map<Track, StringBuilder> texts() {
        Map<Track, StringBuilder> texts = new HashMap<>();
        for (StreamEvent event : left) {
            for (TextLiteral literal : event.literals()) {
                String decoded = text(event);
                assertThat(literal.text().value()).isEqualTo(decoded);
                texts.computeIfAbsent(literal.track(), _ -> new StringBuilder()).append(decoded);
            }
        }
        return texts;
    }

    private OutputStage stage(StreamReviewer reviewer) {
        return new OutputStage(reviewer, new OutputStage.Next() {
            @Override
            public void leaving(List<StreamEvent> events) {
                left.addAll(events);
            }

            @Override
            public void judged(PolicyVerdict verdict) {
                judged.add(verdict);
            }

            @Override
            public void stopped(PolicyVerdict verdict) {
                stopped.add(verdict);
            }

            @Override
            public void fault(@Nullable PolicyVerdict verdict, @Nullable Throwable cause) {
                faulty = true;
            }

            @Override
            public void ended() {
                ended = true;
            }
        });
    }

    /** An event somewhere inside a frame: {@code xx{"t":<literal>}}. */
    private static StreamEvent event(Track track, String text) {
        byte[] literal = JsonText.literal(text);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {'x', 'x', '{', '"', 't', '"', ':'});
        int start = bytes.size();
        bytes.writeBytes(literal);
        int end = bytes.size();
        bytes.write('}');
        return new StreamEvent(
                Bytes.owning(bytes.toByteArray()),
                2,
                bytes.size(),
                List.of(new TextLiteral(track, start, end, new UserText(text))),
                false);
    }

    private static String text(StreamEvent event) {
        byte[] json = event.bytes().slice(event.start(), event.end()).array();
        var found = JsonDocument.parse(json).root().member("t");
        assertThat(found).isNotNull();
        TextLiteral literal = event.literals().getFirst();
        assertThat(literal.start() - event.start()).isEqualTo(found.start());
        assertThat(literal.end() - event.start()).isEqualTo(found.end());
        return found.text();
    }

    private static PolicyVerdict verdict(Decision decision) {
        return new PolicyVerdict("k", "d", "w", decision, "r", 0, new Coverage(0, 0, 0, 0), Map.of(), 0);
    }

    /** Answers when told to. */
    private static final class Scripted implements StreamReviewer {
        final List<String> fed = new ArrayList<>();
        private final Deque<Promise<StreamReleased>> open = new ArrayDeque<>();

        @Override
        public Future<StreamReleased> feed(List<TrackText> texts, boolean end) {
            List<String> shown = new ArrayList<>();
            texts.forEach(
                    text -> shown.add(text.track().choice() + ":" + text.text().value()));
            fed.add(end ? "end" : String.join("|", shown));
            Promise<StreamReleased> promise = Promise.promise();
            open.add(promise);
            return promise.future();
        }

        void answer(TrackRelease... releases) {
            answer(new StreamReleased(List.of(releases), null));
        }

        void answer(StreamReleased released) {
            open.remove().complete(released);
        }

        void fail() {
            open.remove().fail("gone");
        }

        @Override
        public void close() {}
    }

    /** Replaces the word, and holds back at least what could become it, at times much more. */
    private static final class Redacting implements StreamReviewer {
        private final Random random;
        private final Map<Track, StringBuilder> texts = new HashMap<>();
        private final Map<Track, Integer> released = new HashMap<>();
        private final Deque<Runnable> open = new ArrayDeque<>();

        Redacting(Random random) {
            this.random = random;
        }

        @Override
        public Future<StreamReleased> feed(List<TrackText> pieces, boolean end) {
            pieces.forEach(piece -> texts.computeIfAbsent(piece.track(), _ -> new StringBuilder())
                    .append(piece.text().value()));
            Promise<StreamReleased> promise = Promise.promise();
            open.add(() -> promise.complete(release(end)));
            return promise.future();
        }

        private StreamReleased release(boolean end) {
            List<TrackRelease> releases = new ArrayList<>();
            texts.forEach((track, text) -> {
                if (end || random.nextInt(4) > 0) {
                    releases.add(release(track, text.toString(), end));
                }
            });
            return new StreamReleased(releases, end ? verdict(new Decision.Allow()) : null);
        }

        private TrackRelease release(Track track, String text, boolean end) {
            int from = released.getOrDefault(track, 0);
            int safe = end ? text.length() : Math.max(from, text.length() - WORD.length() + 1);
            int upTo = end ? safe : from + random.nextInt(safe - from + 1);
            List<TrackEdit> edits = new ArrayList<>();
            for (int at = text.indexOf(WORD, from); at >= 0 && at < upTo; at = text.indexOf(WORD, at + WORD.length())) {
                edits.add(new TrackEdit(at, at + WORD.length(), "WORD", new UserText("[W]")));
                upTo = Math.max(upTo, at + WORD.length());
            }
            released.put(track, upTo);
            return new TrackRelease(track, upTo, edits);
        }

        void answerSome() {
            for (int n = random.nextInt(3); n > 0 && !open.isEmpty(); n--) {
                open.remove().run();
            }
        }

        void answerAll() {
            while (!open.isEmpty()) {
                open.remove().run();
            }
        }

        @Override
        public void close() {}
    }
}
