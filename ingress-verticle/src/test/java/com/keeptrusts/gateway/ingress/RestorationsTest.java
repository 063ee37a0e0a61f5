package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestorationsTest {

    private static final Map<String, String> ORIGINALS = Map.of(
            "[EMAIL_1]", "ann@example.org",
            "[EMAIL_10]", "bob@example.org",
            "[SECRET_1]", "a\"b\\c\nd\u0001😀",
            "tag_1", "short",
            "tag_11", "long");

    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"ASSISTANT", "REASONING", "REFUSAL", "METADATA"})
    void aMarkerIsPutBackWhereverTheStreamIsCutInTwo(Channel channel) {
        String said = "[[EMAIL_1] and [EMAIL_10], [SECRET_1]tag_1tag_11 tag_1";

        String expected = "[ann@example.org and bob@example.org, a\"b\\c\nd\u0001😀shortlong short";

        for (int cut = 0; cut <= said.length(); cut++) {
            assertThat(streamed(channel, List.of(said.substring(0, cut), said.substring(cut))))
                    .as("cut at %d", cut)
                    .isEqualTo(expected);
        }
    }

    @Test
    void andWhereverItIsCutInMany() {
        var random = new Random(11);
        List<String> words = new ArrayList<>(ORIGINALS.keySet());
        words.addAll(List.of("[", "]", "[EMAIL", "[EMAIL_", "_1]", "tag", "1", " ", "😀", "[email_1]"));
        for (int i = 0; i < 2_000; i++) {
            var said = new StringBuilder();
            for (int word = random.nextInt(12); word >= 0; word--) {
                said.append(words.get(random.nextInt(words.size())));
            }
            String whole = whole(Channel.ASSISTANT, said.toString());
            for (int longest : new int[] {1, 2, 5, 20}) {
                assertThat(streamed(Channel.ASSISTANT, pieces(said.toString(), longest, random)))
                        .as("%s", said)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void inTheArgumentsOfAToolAnOriginalIsEscaped() {
        String arguments = "{\"a\":\"[SECRET_1]\",\"b\":[\"to [EMAIL_1]\"]}";

        String restored = whole(Channel.TOOL_ARGUMENTS, arguments);

        assertThat(new JsonObject(restored).getString("a")).isEqualTo(ORIGINALS.get("[SECRET_1]"));
        for (int cut = 0; cut <= arguments.length(); cut++) {
            List<String> pieces = List.of(arguments.substring(0, cut), arguments.substring(cut));
            assertThat(streamed(Channel.TOOL_ARGUMENTS, pieces)).isEqualTo(restored);
        }
    }

    @Test
    void whatStoodEscapedInArgumentsComesBackAsItWasMeant() {
        var restorations = new Restorations();
        String arguments = "{\"n\": 4012888888881881, \"s\": \"x\\\"\\u0041\\n\"}";
        int number = arguments.indexOf('4');
        int text = arguments.indexOf("x");
        restorations.remember(
                List.of(
                        new Edit(0, number, number + 16, "CARD", new UserText("\"[CREDIT_CARD_1]\"")),
                        new Edit(0, text, arguments.length() - 2, "SECRET", new UserText("[SECRET_1]"))),
                List.of(part(Channel.TOOL_ARGUMENTS, arguments)));

        String said = "[CREDIT_CARD_1] [SECRET_1]";

        assertThat(applied(restorations.in(Channel.ASSISTANT, said, true), said))
                .isEqualTo("4012888888881881 x\"A\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[email_1]",
                "[EMAIL_1",
                "EMAIL_1]",
                "[EMAIL_ 1]",
                "[**EMAIL_1**]",
                "[EMAIL\\_1]",
                "[EMAIL_2]",
                "\uFF3BEMAIL_1\uFF3D",
                "[EMAIL_01]",
                "(EMAIL_1)"
            })
    void aMarkerThatTheModelChangedIsText(String said) {
        assertThat(whole(Channel.ASSISTANT, "x " + said + " y")).isEqualTo("x " + said + " y");
        assertThat(streamed(Channel.ASSISTANT, List.of("x " + said.substring(0, 2), said.substring(2) + " y")))
                .isEqualTo("x " + said + " y");
    }

    @Test
    void oneWithMarksAroundItIsPutBackBetweenThem() {
        assertThat(whole(Channel.ASSISTANT, "**[EMAIL_1]** `[EMAIL_1]` <[EMAIL_1]>"))
                .isEqualTo("**ann@example.org** `ann@example.org` <ann@example.org>");
    }

    @Test
    void theBeginningOfAMarkerDoesNotHoldTheOtherTextsUpForEver() {
        var reviewer = new RestoringReviewer(restorations());
        var reasoning = new Track(0, Channel.REASONING, 0);
        var content = new Track(0, Channel.ASSISTANT, 0);
        reviewer.feed(List.of(new TrackText(reasoning, new UserText("so [EMAIL"))), false);

        List<TrackRelease> early = feed(reviewer, content, "x".repeat(RestoringReviewer.PATIENCE - 1));
        List<TrackRelease> late = feed(reviewer, content, "x");

        assertThat(early).extracting(TrackRelease::track).containsExactly(content);
        assertThat(late).contains(new TrackRelease(reasoning, 9, List.of()));
    }

    @Test
    void piecesThatComeTogetherAreStillPiecesOfOneText() {
        var reviewer = new RestoringReviewer(restorations());
        var content = new Track(0, Channel.ASSISTANT, 0);
        var reasoning = new Track(0, Channel.REASONING, 0);

        StreamReleased released = reviewer.feed(
                        List.of(
                                new TrackText(content, new UserText("to [EM")),
                                new TrackText(reasoning, new UserText("x".repeat(300))),
                                new TrackText(content, new UserText("AIL_1]"))),
                        true)
                .result();

        assertThat(released.releases())
                .flatExtracting(TrackRelease::edits)
                .containsExactly(new TrackEdit(3, 12, Restorations.CATEGORY, new UserText("ann@example.org")));
    }

    @Test
    void tenThousandMarkersAreSoughtInTheTimeOfOneReading() {
        var restorations = new Restorations();
        var said = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            restorations.remember(
                    List.of(new Edit(0, 0, 1, "EMAIL", new UserText("[EMAIL_" + i + "]"))),
                    List.of(part(Channel.USER, "v")));
            said.append("[EMAIL_").append(i).append("] and [EMAIL_x");
        }

        Restorations.Markers markers = restorations.in(Channel.ASSISTANT, said.toString(), true);

        assertThat(markers.found()).hasSize(10_000);
    }

    @Test
    void noOriginalIsPrinted() {
        Restorations.Markers markers = restorations().in(Channel.ASSISTANT, "[EMAIL_1]", true);

        assertThat(markers.toString()).doesNotContain("ann@");
    }

    private static Restorations restorations() {
        var restorations = new Restorations();
        ORIGINALS.forEach((marker, original) -> restorations.remember(
                List.of(new Edit(0, 0, original.length(), "X", new UserText(marker))),
                List.of(part(Channel.USER, original))));
        return restorations;
    }

    private static TextPart part(Channel channel, String text) {
        return new TextPart(0, 0, channel, "messages[0]", new UserText(text));
    }

    private static String whole(Channel channel, String text) {
        return applied(restorations().in(channel, text, true), text);
    }

    private static String applied(Restorations.Markers markers, String text) {
        var result = new StringBuilder();
        int at = 0;
        for (Restorations.Found found : markers.found()) {
            result.append(text, at, found.start()).append(found.original().value());
            at = found.end();
        }
        return result.append(text, at, text.length()).toString();
    }

    private static List<String> pieces(String text, int longest, Random random) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    private static List<TrackRelease> feed(RestoringReviewer reviewer, Track track, String text) {
        return reviewer.feed(List.of(new TrackText(track, new UserText(text))), false)
                .result()
                .releases();
    }

    private static String streamed(Channel channel, List<String> pieces) {
        var reviewer = new RestoringReviewer(restorations());
        var track = new Track(0, channel, 0);
        String text = String.join("", pieces);
        var out = new StringBuilder();
        Map<Track, Long> left = new HashMap<>();
        BiConsumer<StreamReleased, Long> take = (news, fed) -> {
            for (TrackRelease release : news.releases()) {
                long at = left.getOrDefault(track, 0L);
                for (TrackEdit edit : release.edits()) {
                    assertThat(edit.start()).isGreaterThanOrEqualTo(at);
                    out.append(text, (int) at, (int) edit.start())
                            .append(edit.replacement().value());
                    at = edit.end();
                }
                assertThat(release.upTo()).isBetween(at, fed);
                out.append(text, (int) at, (int) release.upTo());
                left.put(track, release.upTo());
            }
        };
        long fed = 0;
        for (String piece : pieces) {
            fed += piece.length();
            take.accept(
                    reviewer.feed(List.of(new TrackText(track, new UserText(piece))), false)
                            .result(),
                    fed);
        }
        take.accept(reviewer.feed(List.of(), true).result(), fed);
        return out.toString();
    }
}
