package com.keeptrusts.gateway.policy.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.StreamReview;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiiStreamTest {

    private static final Track CONTENT = new Track(0, Channel.ASSISTANT, 0);

    @Test
    void everyCutInTwoGivesTheEditedWholeText() {
        Policy policy = policy("{'healthcare_mode':true}");
        var texts = new GeneratedTexts(1);

        for (int i = 0; i < 2_500; i++) {
            String text = beginning(texts.next());
            String whole = whole(policy, Channel.ASSISTANT, text);
            for (int cut = 0; cut <= text.length(); cut++) {
                List<String> pieces = List.of(text.substring(0, cut), text.substring(cut));
                assertThat(streamed(policy, CONTENT, pieces))
                        .as("%s cut at %d", text, cut)
                        .isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'healthcare_mode':true}",
                "{'redaction':{'marker_format':'asterisks','preserve_length':true}}",
                "{'redaction':{'preserve_length':true,'include_metadata':true}}",
                "{'detect_patterns':['[A-Z]{2}-\\\\d{4}']}",
                "{'detect_patterns':['the [a-z]+ of','\\\\d+ [a-z]+']}"
            })
    void everyCutInManyGivesTheEditedWholeText(String settings) {
        Policy policy = policy(settings);
        var texts = new GeneratedTexts(2);
        var random = new Random(3);

        for (int i = 0; i < 1_000; i++) {
            String text = texts.next();
            String whole = whole(policy, Channel.ASSISTANT, text);
            for (int longest : new int[] {1, 2, 5, 20, 60}) {
                assertThat(streamed(policy, CONTENT, pieces(text, longest, random)))
                        .as("%s in pieces of %d", text, longest)
                        .isEqualTo(whole);
            }
        }
    }

    /** Tracks of two choices that speak in turns, a few characters each. */
    @Test
    void severalTextsAtATimeGiveTheSameAsEachAlone() {
        Policy policy = policy("{}");
        var texts = new GeneratedTexts(7);
        var random = new Random(8);
        List<Track> tracks = List.of(
                CONTENT,
                new Track(0, Channel.REASONING, 0),
                new Track(0, Channel.TOOL_ARGUMENTS, 0),
                new Track(0, Channel.METADATA, 1_000),
                new Track(1, Channel.ASSISTANT, 0),
                new Track(1, Channel.REFUSAL, 0));

        for (int i = 0; i < 500; i++) {
            Map<Track, String> said = new LinkedHashMap<>();
            tracks.forEach(track -> said.put(track, beginning(texts.next())));

            Map<Track, Leaving> left = inTurns(policy, said, random);

            said.forEach((track, text) -> assertThat(of(left, track).out)
                    .as("%s of %s", track, said)
                    .hasToString(whole(policy, track.channel(), text)));
        }
    }

    @Test
    void aTextThatPausesDoesNotHoldWhatComesBehindIt() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var reasoning = new Track(0, Channel.REASONING, 0);
        feed(stream, reasoning, "So I answer");

        List<TrackRelease> early = feed(stream, CONTENT, "word ".repeat(50));
        List<TrackRelease> late = feed(stream, CONTENT, "word and more ");

        assertThat(early).extracting(TrackRelease::track).containsExactly(CONTENT);
        assertThat(late).contains(new TrackRelease(reasoning, 11, List.of()));
    }

    @Test
    void aPauseEndsAValueToo() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var reasoning = new Track(0, Channel.REASONING, 0);
        feed(stream, reasoning, "mail ann@example.org");

        List<TrackRelease> late = feed(stream, CONTENT, "word ".repeat(60));

        assertThat(late)
                .filteredOn(release -> release.track().equals(reasoning))
                .singleElement()
                .satisfies(release -> assertThat(release.edits())
                        .containsExactly(new TrackEdit(5, 20, "EMAIL", new UserText("[EMAIL_REDACTED]"))));
    }

    @Test
    void anotherChoiceHasToGoOnFourTimesAsLong() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var other = new Track(1, Channel.ASSISTANT, 0);
        feed(stream, CONTENT, "mail ann@exam");

        List<TrackRelease> early = feed(stream, other, "word ".repeat(200));
        List<TrackRelease> late = feed(stream, other, "word ".repeat(5));

        assertThat(early).extracting(TrackRelease::track).containsExactly(other);
        assertThat(late).contains(new TrackRelease(CONTENT, 13, List.of()));
    }

    @Test
    void choicesThatTakeTurnsEndNoPause() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var other = new Track(1, Channel.ASSISTANT, 0);
        List<TrackRelease> releases = new ArrayList<>();
        for (String piece : List.of("mail ann", "@", "exam", "ple.", "org")) {
            releases.addAll(feed(stream, CONTENT, piece));
            releases.addAll(feed(stream, other, "word ".repeat(200)));
        }
        releases.addAll(stream.finish());

        assertThat(releases)
                .flatExtracting(TrackRelease::edits)
                .containsExactly(new TrackEdit(5, 20, "EMAIL", new UserText("[EMAIL_REDACTED]")));
    }

    @Test
    void aStreamThatIsToldAgainEndsNoPause() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var reasoning = new Track(0, Channel.REASONING, 0);

        List<TrackRelease> again = stream.feed(List.of(
                new TrackText(CONTENT, new UserText("mail ann@exam")),
                new TrackText(reasoning, new UserText("word ".repeat(1_000)))));
        List<TrackRelease> then = feed(stream, CONTENT, "ple.org ");

        assertThat(again)
                .filteredOn(release -> release.track().equals(CONTENT))
                .extracting(TrackRelease::upTo)
                .containsExactly(5L);
        assertThat(then).flatExtracting(TrackRelease::edits).hasSize(1);
    }

    @Test
    void piecesThatComeTogetherCountInTheirOrder() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var reasoning = new Track(0, Channel.REASONING, 0);
        feed(stream, reasoning, "so ");

        List<TrackRelease> before = stream.feed(List.of(
                new TrackText(CONTENT, new UserText("word ".repeat(60))),
                new TrackText(reasoning, new UserText("we answer"))));
        List<TrackRelease> behind = stream.feed(List.of(
                new TrackText(reasoning, new UserText("ed")),
                new TrackText(CONTENT, new UserText("word ".repeat(60)))));

        assertThat(before)
                .filteredOn(release -> release.track().equals(reasoning))
                .extracting(TrackRelease::upTo)
                .containsExactly(6L);
        assertThat(behind).contains(new TrackRelease(reasoning, 14, List.of()));
    }

    @Test
    void whatStandsBesideTheChoicesDoesNotHoldThemUp() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var beside = new Track(-1, Channel.METADATA, 1_000);
        feed(stream, beside, "note");

        assertThat(feed(stream, CONTENT, "word ".repeat(60))).contains(new TrackRelease(beside, 4, List.of()));
    }

    @Test
    void aStreamOfMoreTextsThanAnAnswerHasIsNotReviewed() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        for (int i = 0; i < PiiStream.MOST_TRACKS; i++) {
            feed(stream, new Track(0, Channel.TOOL_ARGUMENTS, i), "x");
        }

        assertThatIllegalStateException().isThrownBy(() -> feed(stream, new Track(0, Channel.TOOL_ARGUMENTS, -1), "x"));
    }

    @Test
    void theNameOfAToolEndsWhereItsArgumentsBegin() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var name = new Track(0, Channel.METADATA, 2);

        List<TrackRelease> before = feed(stream, name, "get_weather");
        List<TrackRelease> after = feed(stream, new Track(0, Channel.TOOL_ARGUMENTS, 2), "{");

        assertThat(before).isEmpty();
        assertThat(after).contains(new TrackRelease(name, 11, List.of()));
    }

    @Test
    void longTextsGiveTheSame() {
        Policy policy = policy("{}");
        var texts = new GeneratedTexts(4);
        var random = new Random(5);

        for (int i = 0; i < 20; i++) {
            var text = new StringBuilder();
            while (text.length() < 6000) {
                text.append(texts.next()).append(random.nextInt(3) == 0 ? "" : " ");
            }
            String whole = whole(policy, Channel.ASSISTANT, text.toString());
            for (int longest : new int[] {1, 7, 300, 3000}) {
                assertThat(streamed(policy, CONTENT, pieces(text.toString(), longest, random)))
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void argumentsOfToolsGiveTheSameAndStayJson() {
        Policy policy = policy("{}");
        var track = new Track(0, Channel.TOOL_ARGUMENTS, 1);
        var random = new Random(6);
        String text = new JsonObject()
                .put("to", "ann@example.org\n\"Bob\" <bob@example.org>")
                .put("card", 4012888888881881L)
                .put("nested", new JsonObject().put("ip", "8.8.8.8").put("n", 12))
                .encode();
        String whole = whole(policy, Channel.TOOL_ARGUMENTS, text);

        for (int i = 0; i < 200; i++) {
            assertThat(streamed(policy, track, pieces(text, 1 + i % 20, random)))
                    .isEqualTo(whole);
        }

        assertThat(new JsonObject(whole).getString("to")).isEqualTo("[EMAIL_REDACTED]\n\"Bob\" <[EMAIL_REDACTED]>");
        assertThat(new JsonObject(whole).getString("card")).isEqualTo("[CREDIT_CARD_REDACTED]");
    }

    @Test
    void proseLeavesWordByWord() {
        StreamReview stream = policy("{}").openStream().orElseThrow();

        assertThat(feed(stream, CONTENT, "The quick"))
                .extracting(TrackRelease::upTo)
                .containsExactly(4L);
        assertThat(feed(stream, CONTENT, " brown"))
                .extracting(TrackRelease::upTo)
                .containsExactly(10L);
        assertThat(feed(stream, CONTENT, ", fox"))
                .extracting(TrackRelease::upTo)
                .containsExactly(17L);
        assertThat(stream.finish()).extracting(TrackRelease::upTo).containsExactly(20L);
        assertThat(stream.judgement().reason()).isEqualTo("clean");
    }

    @Test
    void aKeyOfAnyLengthIsReplacedByOneMarkerAndNotHeld() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var leaving = new Leaving();

        leaving.feed(stream, "-----BEGIN PRIVATE KEY-----\n");
        for (int i = 0; i < 1000; i++) {
            leaving.feed(stream, "aQkwvynE6tn3vlJMvTYzfaPyNcolm/EwBZXKxG4V2NUr5Uz03qbjXZgcirJLu+xT\n");
        }
        leaving.feed(stream, "-----END PRIVATE KEY-----\nThat was it.");
        leaving.take(stream.finish());

        assertThat(leaving.out).hasToString("[SECRET_REDACTED]\nThat was it.");
        assertThat(stream.judgement().findings()).containsEntry("SECRET", 1);
    }

    @Test
    void tracksAreReviewedEachByItself() {
        StreamReview stream = policy("{}").openStream().orElseThrow();
        var other = new Track(1, Channel.REASONING, 0);

        feed(stream, CONTENT, "ann@");
        feed(stream, other, "bob@");
        feed(stream, CONTENT, "example.org ");
        List<TrackRelease> releases = stream.finish();

        assertThat(releases).extracting(TrackRelease::track).containsExactly(other);
        assertThat(stream.judgement().findings()).containsEntry("EMAIL", 1);
        assertThat(stream.judgement().coverage().charactersScanned()).isEqualTo(20);
    }

    @Test
    void aBlockedAnswerReleasesNothingMore() {
        StreamReview stream = policy("{'action':'block'}").openStream().orElseThrow();

        List<TrackRelease> before = feed(stream, CONTENT, "Hello ");
        List<TrackRelease> after = feed(stream, CONTENT, "and mail ann@example.org now");

        assertThat(before).hasSize(1);
        assertThat(after).isEmpty();
        assertThat(stream.finish()).isEmpty();
        assertThat(stream.judgement().decision()).isEqualTo(new Decision.Block(null));
    }

    @Test
    void aPairOfSurrogatesIsNotCut() {
        StreamReview stream = policy("{}").openStream().orElseThrow();

        List<TrackRelease> half = feed(stream, CONTENT, "hello \ud83d");
        List<TrackRelease> whole = feed(stream, CONTENT, "\ude00 b");

        assertThat(half).extracting(TrackRelease::upTo).containsExactly(6L);
        assertThat(whole).extracting(TrackRelease::upTo).containsExactly(9L);
    }

    @Test
    void withoutOutputReviewThereIsNoStream() {
        assertThat(policy("{'output':false}").openStream()).isEmpty();
    }

    private static List<TrackRelease> feed(StreamReview stream, Track track, String text) {
        return stream.feed(List.of(new TrackText(track, new UserText(text))));
    }

    /** Not so long that to cut it everywhere takes for ever. */
    private static String beginning(String text) {
        int end = Math.min(text.length(), 300);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static Map<Track, Leaving> inTurns(Policy policy, Map<Track, String> said, Random random) {
        StreamReview stream = policy.openStream().orElseThrow();
        Map<Track, Leaving> left = new LinkedHashMap<>();
        said.keySet().forEach(track -> left.put(track, new Leaving()));
        List<Track> open = new ArrayList<>(said.keySet());
        while (!open.isEmpty()) {
            for (Track track : List.copyOf(open)) {
                String text = of(said, track);
                int at = of(left, track).fed.length();
                int end = Math.min(text.length(), at + 1 + random.nextInt(20));
                of(left, track).fed.append(text, at, end);
                if (end == text.length()) {
                    open.remove(track);
                }
                feed(stream, track, text.substring(at, end))
                        .forEach(release -> of(left, release.track()).take(List.of(release)));
            }
        }
        stream.finish().forEach(release -> of(left, release.track()).take(List.of(release)));
        return left;
    }

    private static <T> T of(Map<Track, T> each, Track track) {
        return Objects.requireNonNull(each.get(track));
    }

    private static List<String> pieces(String text, int longest, Random random) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    private static String streamed(Policy policy, Track track, List<String> pieces) {
        StreamReview stream = policy.openStream().orElseThrow();
        var leaving = new Leaving();
        for (String piece : pieces) {
            leaving.fed.append(piece);
            leaving.take(feed(stream, track, piece));
            assertThat(leaving.fed.length() - leaving.upTo).isLessThanOrEqualTo(PiiTrack.MOST_HELD + piece.length());
        }
        leaving.take(stream.finish());
        assertThat(leaving.upTo).isEqualTo(leaving.fed.length());
        return leaving.out.toString();
    }

    private static String whole(Policy policy, Channel channel, String text) {
        var part = new TextPart(0, 0, channel, "choices[0].message.content", new UserText(text));
        Judgement judgement = policy.review(Phase.OUTPUT, List.of(part));
        var edited = new StringBuilder(text);
        if (judgement.decision() instanceof Decision.Redact redact) {
            for (Edit edit : redact.edits().reversed()) {
                edited.replace(edit.start(), edit.end(), edit.replacement().value());
            }
        }
        return edited.toString();
    }

    private static Policy policy(String settings) {
        var json = new JsonObject(settings.replace('\'', '"'));
        return Section.read("policy.pii-detector", json, new PiiDetectorFactory()::create);
    }

    /** What the client would have seen. */
    private static final class Leaving {

        private final StringBuilder fed = new StringBuilder();
        private final StringBuilder out = new StringBuilder();
        private long upTo;

        void take(List<TrackRelease> releases) {
            for (TrackRelease release : releases) {
                assertThat(release.upTo()).isGreaterThan(upTo);
                for (TrackEdit edit : release.edits()) {
                    assertThat(edit.start()).isGreaterThanOrEqualTo(upTo);
                    out.append(fed, (int) upTo, (int) edit.start())
                            .append(edit.replacement().value());
                    upTo = edit.end();
                }
                assertThat(release.upTo()).isGreaterThanOrEqualTo(upTo);
                out.append(fed, (int) upTo, (int) release.upTo());
                upTo = release.upTo();
            }
        }

        void feed(StreamReview stream, String piece) {
            fed.append(piece);
            take(PiiStreamTest.feed(stream, CONTENT, piece));
            assertThat(fed.length() - upTo).isLessThanOrEqualTo(PiiTrack.MOST_HELD);
        }
    }
}
