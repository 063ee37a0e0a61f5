package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewedSoFarTest {

    private static final Track CONTENT = new Track(0, Channel.ASSISTANT, 0);
    private static final Track OTHER = new Track(1, Channel.ASSISTANT, 0);

    private final ReviewedSoFar soFar = new ReviewedSoFar();

    @Test
    void theWholeIsOnePieceATrack() {
        soFar.tell(List.of(text(CONTENT, "he"), text(OTHER, "x")));
        soFar.tell(List.of(text(CONTENT, "llo")));

        assertThat(soFar.whole()).containsExactly(text(CONTENT, "hello"), text(OTHER, "x"));
    }

    @Test
    void whatHasLeftIsNotReleasedAgain() {
        var old = edit(2, 4);
        var fresh = edit(7, 9);
        soFar.take(new StreamReleased(List.of(new TrackRelease(CONTENT, 5, List.of(old))), null));

        StreamReleased news = soFar.news(new StreamReleased(
                List.of(new TrackRelease(CONTENT, 12, List.of(old, fresh)), new TrackRelease(OTHER, 1, List.of())),
                null));

        assertThat(news.releases())
                .containsExactly(new TrackRelease(CONTENT, 12, List.of(fresh)), new TrackRelease(OTHER, 1, List.of()));
    }

    @Test
    void oneWhoIsBehindReleasesNothing() {
        soFar.take(new StreamReleased(List.of(new TrackRelease(CONTENT, 5, List.of())), null));

        assertThat(soFar.news(new StreamReleased(List.of(new TrackRelease(CONTENT, 3, List.of())), null))
                        .releases())
                .isEmpty();
    }

    @Test
    void aLongStreamIsNotKept() {
        soFar.tell(List.of(text(CONTENT, "x".repeat(ReviewedSoFar.MOST_CHARACTERS))));
        assertThat(soFar.repeatable()).isTrue();

        soFar.tell(List.of(text(CONTENT, "x")));

        assertThat(soFar.repeatable()).isFalse();
        assertThat(soFar.whole()).isEmpty();
    }

    private static TrackText text(Track track, String text) {
        return new TrackText(track, new UserText(text));
    }

    private static TrackEdit edit(long start, long end) {
        return new TrackEdit(start, end, "WORD", new UserText("[W]"));
    }
}
