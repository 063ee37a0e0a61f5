package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.json.JsonText;
import com.keeptrusts.gateway.json.Splice;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenDetailsTest {

    private static final Track CONTENT = new Track(0, Channel.ASSISTANT, 0);
    private static final String LOGPROBS = "\"logprobs\":{\"content\":[{\"token\":\"secret\"}]}";

    @Test
    void whatSaysTheTextOnceMoreBecomesNullAndNothingElseChanges() {
        byte[] answer = ("{ \"choices\":[{\"index\":0, " + LOGPROBS
                        + ",\"reasoning_logprobs\":[1.0]},{\"logprobs\":null}],\"logprobs\":7}")
                .getBytes(UTF_8);

        byte[] edited = Splice.apply(answer, 0, answer.length, TokenDetails.withheld(answer, 0, answer.length));

        assertThat(new String(edited, UTF_8))
                .isEqualTo("{ \"choices\":[{\"index\":0, \"logprobs\":null,\"reasoning_logprobs\":null},"
                        + "{\"logprobs\":null}],\"logprobs\":7}");
    }

    @Test
    void anEventWhoseTextIsEditedLosesThemWhereverTheyStand() {
        String before = "data: {\"choices\":[{" + LOGPROBS + ",\"delta\":{\"content\":";
        String after = "}," + LOGPROBS.replace("\"logprobs", "\"reasoning_logprobs") + "}]}\n\n";

        List<StreamEvent> left = reviewed(event(before, "a secret!", after));

        assertThat(text(left.getFirst()))
                .isEqualTo("data: {\"choices\":[{\"logprobs\":null,\"delta\":{\"content\":\"a [W]!\"},"
                        + "\"reasoning_logprobs\":null}]}\n\n");
        TextLiteral literal = left.getFirst().literals().getFirst();
        assertThat(text(left.getFirst()).substring(literal.start(), literal.end()))
                .isEqualTo("\"a [W]!\"");
    }

    @Test
    void anEditOfATokenTakesThemAllOut() {
        String before = "data: {\"choices\":[{\"delta\":{\"content\":\"fine\"},\"logprobs\":{\"content\":[{\"token\":";

        List<StreamEvent> left = reviewed(event(before, "secret", ",\"bytes\":[115]}]}}]}\n\n"));

        assertThat(text(left.getFirst()))
                .isEqualTo("data: {\"choices\":[{\"delta\":{\"content\":\"fine\"},\"logprobs\":null}]}\n\n");
        assertThat(left.getFirst().literals()).isEmpty();
    }

    @Test
    void anEventThatIsNotEditedKeepsThem() {
        StreamEvent event = event("data: {\"choices\":[{" + LOGPROBS + ",\"text\":", "fine", "}]}\n\n");

        assertThat(reviewed(event)).containsExactly(event);
    }

    @Test
    void anEventInWhichTheyCannotBeFoundDoesNotLeave() {
        StreamEvent event = event("data: {\"logprobs\":\ndata: 1,\"text\":", "secret", "}\n\n");

        assertThat(text(reviewed(event).getFirst())).startsWith(": ").doesNotContain("secret");
    }

    private static List<StreamEvent> reviewed(StreamEvent event) {
        List<StreamEvent> left = new ArrayList<>();
        new OutputStage(new SecretReviewer(), new Collecting(left)).accept(List.of(event));
        return left;
    }

    private static StreamEvent event(String before, String text, String after) {
        String literal = new String(JsonText.literal(text), UTF_8);
        Bytes bytes = Bytes.utf8(before + literal + after);
        var place = new TextLiteral(CONTENT, before.length(), before.length() + literal.length(), new UserText(text));
        return new StreamEvent(bytes, 0, bytes.length(), List.of(place), false);
    }

    private static String text(StreamEvent event) {
        return new String(event.bytes().array(), event.start(), event.length(), UTF_8);
    }

    /** Replaces "secret" in one text. */
    private static final class SecretReviewer implements StreamReviewer {

        @Override
        public Future<StreamReleased> feed(List<TrackText> texts, boolean end) {
            String text = texts.getFirst().text().value();
            int at = text.indexOf("secret");
            List<TrackEdit> edits =
                    at < 0 ? List.of() : List.of(new TrackEdit(at, at + 6, "WORD", new UserText("[W]")));
            return Future.succeededFuture(
                    new StreamReleased(List.of(new TrackRelease(CONTENT, text.length(), edits)), null));
        }

        @Override
        public void close() {}
    }

    private record Collecting(List<StreamEvent> left) implements OutputStage.Next {

        @Override
        public void leaving(List<StreamEvent> events) {
            left.addAll(events);
        }

        @Override
        public void judged(PolicyVerdict verdict) {}

        @Override
        public void stopped(PolicyVerdict verdict) {
            throw new AssertionError("stopped");
        }

        @Override
        public void fault(@Nullable PolicyVerdict verdict, @Nullable Throwable cause) {
            throw new AssertionError("fault", cause);
        }

        @Override
        public void ended() {}
    }
}
