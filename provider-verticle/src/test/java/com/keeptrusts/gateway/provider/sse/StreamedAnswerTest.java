package com.keeptrusts.gateway.provider.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.provider.settings.Trigger;
import com.keeptrusts.gateway.provider.sse.StreamStep.Begun;
import com.keeptrusts.gateway.provider.sse.StreamStep.Broken;
import com.keeptrusts.gateway.provider.sse.StreamStep.Finished;
import com.keeptrusts.gateway.provider.sse.StreamStep.Frame;
import com.keeptrusts.gateway.provider.upstream.AttemptFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedAnswerTest {

    private static final String ROLE = event("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
    private static final String HI = event("\"delta\":{\"content\":\"hi\"}");
    private static final String FINISH = event("\"delta\":{},\"finish_reason\":\"stop\"");
    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void whoSpeaksIsNoBeginning() {
        var answer = new StreamedAnswer(1, false, false);

        assertThat(feed(answer, ": hello\n\n" + ROLE)).isEmpty();
        List<StreamStep> steps = feed(answer, HI);

        assertThat(steps.get(0)).isInstanceOf(Begun.class);
        assertThat(text(steps)).isEqualTo(": hello\n\n" + ROLE + HI);
        assertThat(frames(steps)).hasSize(1);
    }

    @Test
    void theFrameOfAFirstTokenIsTheReadItCameIn() {
        var answer = new StreamedAnswer(1, false, false);
        feed(answer, HI);
        byte[] read = bytes(HI + HI);

        List<StreamStep> steps = answer.feed(read);

        assertThat(frames(steps).get(0).bytes().array()).isSameAs(read);
        assertThat(frames(steps).get(0).events()).isEqualTo(2);
    }

    @Test
    @Tag("P11")
    void whatFollowsTheEndIsDropped() {
        var answer = new StreamedAnswer(1, false, false);

        List<StreamStep> steps = feed(answer, HI + FINISH + DONE + DONE + "garbage");
        steps.addAll(feed(answer, HI));
        steps.addAll(answer.end());

        assertThat(text(steps)).isEqualTo(HI + FINISH + DONE);
        assertThat(steps.getLast()).isInstanceOf(Finished.class);
    }

    @Test
    void theEndIsTerminalFromTheLastFinishReasonOn() {
        var answer = new StreamedAnswer(1, false, false);

        List<Frame> frames = frames(feed(answer, HI + FINISH));
        List<StreamStep> last = feed(answer, DONE);

        assertThat(frames).extracting(Frame::terminal).containsExactly(false, true);
        assertThat(frames.get(1).bytes().toUtf8()).isEqualTo(FINISH);
        assertThat(last).hasSize(1).first().isInstanceOf(Finished.class);
        assertThat(answer.finishReasons()).containsExactly("stop");
    }

    @Test
    void ofTwoChoicesTheLaterFinishIsTheEnd() {
        var answer = new StreamedAnswer(2, false, false);
        String second = HI.replace("\"index\":0", "\"index\":1");
        String secondFinish = FINISH.replace("\"index\":0", "\"index\":1").replace("stop", "length");

        List<Frame> frames = frames(feed(answer, HI + FINISH + second + secondFinish + DONE));

        assertThat(frames)
                .extracting(frame -> frame.bytes().toUtf8())
                .containsExactly(HI + FINISH + second, secondFinish + DONE);
        assertThat(answer.finishReasons()).containsExactly("stop", "length");
    }

    @Test
    @Tag("P11")
    void aMissingDoneIsAdded() {
        var answer = new StreamedAnswer(1, false, false);
        feed(answer, HI + FINISH);

        List<StreamStep> steps = answer.end();

        assertThat(text(steps)).isEqualTo(DONE);
        assertThat(steps).hasSize(1).first().isInstanceOf(Finished.class);
    }

    @Test
    void aDoneWithoutItsBlankLineIsADone() {
        var answer = new StreamedAnswer(1, false, false);
        feed(answer, HI + FINISH + "data: [DONE]");

        assertThat(text(answer.end())).isEqualTo(DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: {\"cho", "data: [DONE]\n\n"})
    void anAnswerWithoutFinishReasonIsTruncated(String rest) {
        var answer = new StreamedAnswer(1, false, false);

        List<StreamStep> steps = feed(answer, HI + rest);
        steps.addAll(answer.end());

        assertThat(text(steps)).isEqualTo(HI);
        assertThat(failure(steps).failure().code()).isEqualTo(ErrorCode.UPSTREAM_TRUNCATED);
        assertThat(failure(steps).unhealthy()).isTrue();
    }

    @Test
    void aTailBehindTheFinishReasonIsTruncationToo() {
        var answer = new StreamedAnswer(1, false, false);
        feed(answer, HI + FINISH + "data: {\"choi");

        assertThat(failure(answer.end()).cause()).isEqualTo("truncated");
    }

    @Test
    void doneInsideATextIsNoEnd() {
        var answer = new StreamedAnswer(1, false, false);
        String tricky = event("\"delta\":{\"content\":\"data: [DONE]\\n\\n\"}");

        List<StreamStep> steps = feed(answer, HI + tricky + "data: [DONE]x\n\n");

        assertThat(text(steps)).isEqualTo(HI + tricky + "data: [DONE]x\n\n");
        assertThat(steps).noneMatch(Finished.class::isInstance);
    }

    @Test
    void aDoneWithBlanksAroundItLeavesWithout() {
        var answer = new StreamedAnswer(1, false, false);

        List<StreamStep> steps = feed(answer, HI + FINISH + "data:  [DONE]\t\n\n");

        assertThat(text(steps)).isEqualTo(HI + FINISH + DONE);
        assertThat(steps.getLast()).isInstanceOf(Finished.class);
    }

    @Test
    void aUsageThatNobodyAskedForIsCountedAndNotShown() {
        var answer = new StreamedAnswer(1, false, true);
        String usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";
        String timed = FINISH.replace("}\n\n", ",\"time_info\":{\"queue_time\":0.5,\"total_time\":2}}\n\n");

        List<StreamStep> steps = feed(answer, HI + timed + usage + DONE);

        assertThat(text(steps)).isEqualTo(HI + timed + DONE);
        assertThat(answer.measured().usage()).isEqualTo(new Usage(1, 2, 3, 0, 0));
        assertThat(Objects.requireNonNull(answer.measured().times()).phases())
                .isEqualTo(Map.of("queue", Duration.ofMillis(500), "total", Duration.ofSeconds(2)));
    }

    @Test
    void aFinishReasonInsideATextIsNone() {
        var answer = new StreamedAnswer(1, false, false);
        String tricky = event("\"delta\":{\"content\":\"\\\"finish_reason\\\":\\\"stop\\\"\"},\"finish_reason\":null");

        feed(answer, HI + tricky);

        assertThat(answer.terminal()).isFalse();
        assertThat(failure(answer.end()).cause()).isEqualTo("truncated");
    }

    @Test
    void aPrettyPrintedFinishReasonOverSeveralLinesIsFound() {
        var answer = new StreamedAnswer(1, false, false);

        feed(answer, HI + "data: {\"choices\": [{\"index\": 0,\ndata: \"finish_reason\" : \"stop\"}]}\n\n");

        assertThat(answer.terminal()).isTrue();
    }

    @Test
    void anErrorInsteadOfABeginningLetsOthersTry() {
        var answer = new StreamedAnswer(1, false, false);

        List<StreamStep> steps = feed(answer, ROLE + error("\"status_code\":503"));

        assertThat(steps).hasSize(1);
        assertThat(failure(steps).trigger()).isEqualTo(Trigger.SERVICE_UNAVAILABLE);
        assertThat(failure(steps).status()).isEqualTo(503);
    }

    @Test
    void anErrorInTheMiddleIsNotPassedOn() {
        var answer = new StreamedAnswer(1, false, false);

        List<StreamStep> steps = feed(answer, HI + "event: error\n" + error("\"status_code\":429") + HI);

        assertThat(text(steps)).isEqualTo(HI);
        assertThat(failure(steps).failure().code()).isEqualTo(ErrorCode.UPSTREAM_RATE_LIMIT);
        assertThat(failure(steps).failure().upstreamCode()).isEqualTo("some_code");
    }

    @Test
    void anErrorThatIsNullIsNone() {
        var answer = new StreamedAnswer(1, false, false);
        String harmless = "data: {\"error\":null,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n";

        assertThat(text(feed(answer, harmless + harmless))).isEqualTo(harmless + harmless);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data: {\n\n", "data:\n\n", "data: [1]\n\n", "data: [DONE]\n\n", "data: {\"a\":1,\"a\":1}\n\n"})
    void aFirstEventThatIsUnusableLetsOthersTry(String first) {
        var answer = new StreamedAnswer(1, false, false);

        AttemptFailure failure = failure(feed(answer, first));

        assertThat(failure.trigger()).isEqualTo(Trigger.INVALID_ANSWER);
        assertThat(failure.failure().code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_STREAM);
    }

    @Test
    void anEmptyStreamLetsOthersTry() {
        var answer = new StreamedAnswer(1, false, false);

        assertThat(failure(answer.end()).cause()).isEqualTo("empty_stream");
    }

    @Test
    void aLaterEventThatIsUnreadableIsPassedOnAndMarkedWhereTextsMatter() {
        String broken = "data: {\"choices\"\n\n";

        List<StreamStep> plain = feed(new StreamedAnswer(1, false, false), HI + broken);
        List<StreamStep> watched = feed(new StreamedAnswer(1, true, false), HI + broken);

        assertThat(text(plain)).isEqualTo(HI + broken);
        assertThat(frames(watched).get(0).texts())
                .extracting(EventTexts::opaque)
                .containsExactly(false, true);
    }

    @Test
    void aUsageChunkThatOnlyTheGatewayAskedForIsKept() {
        var answer = new StreamedAnswer(1, false, true);
        String usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";

        List<StreamStep> steps = feed(answer, HI + FINISH + usage + DONE);

        assertThat(text(steps)).isEqualTo(HI + FINISH + DONE);
        assertThat(answer.measured().usage()).isEqualTo(new Usage(1, 2, 3, 0, 0));
    }

    @Test
    void aUsageChunkThatTheClientAskedForIsPassedOn() {
        var answer = new StreamedAnswer(1, false, false);
        String usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";

        assertThat(text(feed(answer, HI + FINISH + usage + DONE))).isEqualTo(HI + FINISH + usage + DONE);
    }

    @Test
    void everyTextOfAnEventIsFoundWithItsPlace() {
        var answer = new StreamedAnswer(1, true, false);
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\\u00e9\","
                + "\"reasoning\":\"b\",\"refusal\":\"c\",\"tool_calls\":[{\"index\":3,\"function\":{\"name\":\"f\","
                + "\"arguments\":\"{}\"}}]},\"logprobs\":null}]}\n\n";

        Frame frame = frames(feed(answer, ": c\n\n" + event)).get(0);

        assertThat(frame.texts()).hasSize(2);
        EventTexts texts = frame.texts().get(1);
        assertThat(texts.start()).isEqualTo(5);
        assertThat(texts.end()).isEqualTo(frame.bytes().length());
        assertThat(texts.opaque()).isFalse();
        assertThat(texts.literals())
                .extracting(TextLiteral::track, literal -> literal.text().value(), literal -> literal(frame, literal))
                .containsExactly(
                        tuple(new Track(0, Channel.ASSISTANT, 0), "aé", "\"a\\u00e9\""),
                        tuple(new Track(0, Channel.REASONING, 0), "b", "\"b\""),
                        tuple(new Track(0, Channel.REFUSAL, 0), "c", "\"c\""),
                        tuple(new Track(0, Channel.METADATA, 3), "f", "\"f\""),
                        tuple(new Track(0, Channel.TOOL_ARGUMENTS, 3), "{}", "\"{}\""));
    }

    @Test
    void aTextThatGrowsAtOnePlaceIsOneTrackAndAnotherPlaceIsAnother() {
        var answer = new StreamedAnswer(1, true, false);
        String first = event("\"delta\":{\"thinking\":\"a\",\"reasoning_details\":[{\"index\":1,\"text\":\"b\"}]}");
        String second =
                event("\"delta\":{\"reasoning_details\":[{\"index\":1,\"text\":\"c\"},{\"index\":2,\"text\":\"d\"}],"
                        + "\"thinking\":\"e\",\"annotations\":[{\"title\":\"f\"},{\"title\":\"g\"}]}");

        Map<Track, String> tracks = tracks(feed(answer, first + second));

        assertThat(tracks.values()).containsExactlyInAnyOrder("ae", "bc", "d", "f", "g");
        assertThat(tracks.keySet()).extracting(Track::channel).containsOnly(Channel.METADATA);
    }

    @Test
    void theTokensOfAStreamAreTextsOfTheirOwnAndSoIsEachRankOfAlternatives() {
        var answer = new StreamedAnswer(1, true, false);
        String chat = event("\"delta\":{\"content\":\"x\"},\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-1,"
                + "\"bytes\":[97],\"top_logprobs\":[{\"token\":\"b\"},{\"token\":\"c\"}]}],\"refusal\":null}");
        String older = event("\"delta\":{\"content\":\"y\"},\"logprobs\":{\"tokens\":[\"d\"],\"token_logprobs\":[-1],"
                + "\"top_logprobs\":[{\"e\\n\":-1,\"f\":-2}],\"text_offset\":[0]}");

        Map<Track, String> tracks = tracks(feed(answer, chat + older));

        assertThat(tracks.values()).containsExactlyInAnyOrder("xy", "ad", "be\n", "cf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"text\"}",
                "\"text\"",
                "{\"content\":[{\"token\":\"a\",\"said\":\"text\"}]}",
                "{\"content\":[{\"token\":\"a\",\"bytes\":\"text\"}]}",
                "{\"content\":[[\"text\"]]}"
            })
    void tokensInAnotherFormMakeTheEventOpaque(String logprobs) {
        var answer = new StreamedAnswer(1, true, false);

        Frame frame = frames(feed(answer, event("\"delta\":{\"content\":\"x\"},\"logprobs\":" + logprobs)))
                .get(0);

        assertThat(frame.texts()).extracting(EventTexts::opaque).containsExactly(true);
    }

    @Test
    void moreNewPlacesThanCanBeFollowedMakeAnEventOpaque() {
        var answer = new StreamedAnswer(1, true, false);
        var members = new StringBuilder("\"content\":\"x\"");
        for (int i = 0; i <= TextPlaces.MOST; i++) {
            members.append(",\"m").append(i).append("\":\"text\"");
        }

        Frame frame = frames(feed(answer, event("\"delta\":{" + members + "}"))).get(0);

        assertThat(frame.texts()).extracting(EventTexts::opaque).containsExactly(true);
    }

    @Test
    void textsWhereNoneAreKnownToBeMakeTheEventOpaque() {
        var answer = new StreamedAnswer(1, true, false);

        Frame frame =
                frames(feed(answer, event("\"delta\":{\"content\":[\"x\"]}"))).get(0);

        assertThat(frame.texts()).extracting(EventTexts::opaque).containsExactly(true);
    }

    @Test
    void everyCutOfAStreamGivesTheSameBytesAndTexts() {
        String whole = "\uFEFF: c\r\n\r\n" + ROLE + HI.replace("\n", "\r\n") + event("\"delta\":{\"content\":\"é😀\"}")
                + FINISH + DONE;
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var answer = new StreamedAnswer(1, true, false);
            List<StreamStep> steps = new ArrayList<>();
            byte[] document = bytes(whole);
            int from = 0;
            while (from < document.length) {
                int to = Math.min(document.length, from + 1 + random.nextInt(60));
                steps.addAll(answer.feed(Arrays.copyOfRange(document, from, to)));
                from = to;
            }

            assertThat(text(steps)).isEqualTo(whole.substring(1));
            assertThat(texts(steps)).containsExactly("", "hi", "é😀");
        }
    }

    @Test
    void aSilenceBehindTheFinishReasonIsAnEnd() {
        var answer = new StreamedAnswer(1, false, false);

        feed(answer, HI);
        assertThat(answer.endIfComplete()).isEmpty();
        feed(answer, FINISH);

        assertThat(text(answer.endIfComplete())).isEqualTo(DONE);
    }

    @Test
    void anEventWithoutEndIsRefused() {
        var answer = new StreamedAnswer(1, false, false);
        feed(answer, HI);
        byte[] piece = bytes("x".repeat(1024 * 1024));
        List<StreamStep> steps = new ArrayList<>(feed(answer, HI + "data: "));

        for (int i = 0; i < 8; i++) {
            steps.addAll(answer.feed(piece.clone()));
        }

        assertThat(text(steps)).isEqualTo(HI);
        assertThat(failure(steps).cause()).isEqualTo("event_too_long");
    }

    private static String event(String choice) {
        return "data: {\"id\":\"1\",\"choices\":[{\"index\":0," + choice + "}]}\n\n";
    }

    private static String error(String more) {
        return "data: {\"error\":{\"message\":\"no\",\"type\":\"t\",\"code\":\"some_code\"}," + more + "}\n\n";
    }

    private static List<StreamStep> feed(StreamedAnswer answer, String text) {
        return new ArrayList<>(answer.feed(bytes(text)));
    }

    private static List<Frame> frames(List<StreamStep> steps) {
        List<Frame> frames = new ArrayList<>();
        for (StreamStep step : steps) {
            @Nullable
            Frame frame = step instanceof Finished(Frame last) ? last : step instanceof Frame some ? some : null;
            if (frame != null) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static String text(List<StreamStep> steps) {
        var text = new StringBuilder();
        frames(steps).forEach(frame -> text.append(frame.bytes().toUtf8()));
        return text.toString();
    }

    private static List<String> texts(List<StreamStep> steps) {
        List<String> texts = new ArrayList<>();
        for (Frame frame : frames(steps)) {
            for (EventTexts event : frame.texts()) {
                event.literals().forEach(literal -> texts.add(literal.text().value()));
            }
        }
        return texts;
    }

    private static String literal(Frame frame, TextLiteral literal) {
        return frame.bytes().slice(literal.start(), literal.end()).toUtf8();
    }

    private static AttemptFailure failure(List<StreamStep> steps) {
        return Objects.requireNonNull(steps.getLast() instanceof Broken(AttemptFailure failure) ? failure : null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What each track says in the end. */
    private static Map<Track, String> tracks(List<StreamStep> steps) {
        Map<Track, String> tracks = new HashMap<>();
        for (Frame frame : frames(steps)) {
            for (EventTexts event : frame.texts()) {
                event.literals()
                        .forEach(each -> tracks.merge(each.track(), each.text().value(), String::concat));
            }
        }
        return tracks;
    }
}
