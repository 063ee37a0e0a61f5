package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedReviewerTest {

    private static final Track TRACK = new Track(0, Channel.ASSISTANT, 0);

    private final Deque<StreamReleased> answers = new ArrayDeque<>();
    private final CheckedReviewer reviewer = new CheckedReviewer(new PolicyStep("guard", "d"), new StreamReviewer() {
        @Override
        public Future<StreamReleased> feed(List<TrackText> texts, boolean end) {
            return Future.succeededFuture(answers.remove());
        }

        @Override
        public void close() {}
    });

    @Test
    void editsInsideWhatHasNotLeftYetPass() {
        StreamReleased first =
                released(4, new TrackEdit(0, 2, "W", new UserText("x")), new TrackEdit(2, 2, "W", new UserText("y")));
        StreamReleased second = released(9, new TrackEdit(4, 10, "W", new UserText("z")));

        assertThat(feed("hello", first)).isEqualTo(first);
        assertThat(feed(" you!", second)).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "7, 6", "8, 11", "9223372036854775807, 9223372036854775807", "-1, 5"})
    void anEditThatDoesNotFitIsAFailedVerdict(long start, long end) {
        feed("hello", released(4));

        StreamReleased answer = feed(" you!", released(10, new TrackEdit(start, end, "W", new UserText("x"))));

        assertThat(answer.releases()).isEmpty();
        assertThat(Objects.requireNonNull(answer.verdict()).decision()).isEqualTo(new Decision.Failed("bad_edit"));
        assertThat(answer.verdict().kind()).isEqualTo("guard");
    }

    @Test
    void editsThatOverlapAreAFailedVerdict() {
        StreamReleased answer = feed(
                "hello",
                released(5, new TrackEdit(0, 3, "W", new UserText("x")), new TrackEdit(2, 4, "W", new UserText("y"))));

        assertThat(answer.verdict()).isNotNull();
    }

    private StreamReleased feed(String text, StreamReleased answer) {
        answers.add(answer);
        return reviewer.feed(List.of(new TrackText(TRACK, new UserText(text))), false)
                .result();
    }

    private static StreamReleased released(long upTo, TrackEdit... edits) {
        return new StreamReleased(List.of(new TrackRelease(TRACK, upTo, List.of(edits))), null);
    }
}
