package com.keeptrusts.gateway.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.StreamText;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(VertxExtension.class)
class OutputPolicyTest {

    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private House house;
    private FakeProvider provider;
    private FakePolicy policy;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx);
        house.config.set(House.config(AuditSettings.OFF, Set.of("guard"), "guard"));
        house.opens();
        provider = FakeProvider.start(vertx, House.NODE, 0);
        policy = FakePolicy.start(vertx, "guard", House.NODE, 0);
        policy.reviews(new Redacting()::review);
    }

    @Test
    void aStreamWithNothingToEditKeepsItsBytes_S2() throws Exception {
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "", "he", "llo", "");
            Answers.events(line, " you");
            Answers.last(line);
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body())
                .isEqualTo(Answers.event("")
                        + Answers.event("he")
                        + Answers.event("llo")
                        + Answers.event("")
                        + Answers.event(" you")
                        + Answers.LAST);
        assertThat(provider.call().extractText()).isTrue();
    }

    @Test
    void aMatchThatSpansEventsIsReplacedInTheFirstOfThem_S12() throws Exception {
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "a se");
            Answers.events(line, "cr", "et b");
            Answers.last(line);
        });

        var got = RawClient.chat(house.port(), STREAM);

        String emptied = Answers.event("x").replace("\"x\"", "\"\"");
        assertThat(got.body()).isEqualTo(Answers.event("a [W]") + emptied + Answers.event(" b") + Answers.LAST);
    }

    @Test
    void aBlockInMidStreamEndsItAsFiltered_S13() throws Exception {
        policy.reviews(piece -> Future.succeededFuture(
                piece.seq() == 0
                        ? released(piece)
                        : new StreamReleased(List.of(), policy.verdict(new Decision.Block(null)))));
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "fine");
            house.vertx.setTimer(50, _ -> Answers.events(line, "not fine"));
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body())
                .startsWith(Answers.event("fine"))
                .contains("\"finish_reason\":\"content_filter\"")
                .doesNotContain("not fine")
                .endsWith("data: [DONE]\n\n");
        assertThat(provider.cancel().reason()).isEqualTo("output_blocked");
    }

    @Test
    void aBlockEndsEveryChoiceThatHasSpoken_S13() throws Exception {
        policy.reviews(
                _ -> Future.succeededFuture(new StreamReleased(List.of(), policy.verdict(new Decision.Block(null)))));
        provider.does(line -> {
            line.started(true);
            String event = "data: {\"choices\":[{\"index\":2,\"text\":\"a\"},{\"index\":0,\"text\":\"b\"}]}\n\n";
            int first = event.indexOf("\"a\"");
            int second = event.indexOf("\"b\"");
            var texts = List.of(
                    new TextLiteral(new Track(2, Channel.ASSISTANT, 0), first, first + 3, new UserText("a")),
                    new TextLiteral(new Track(0, Channel.ASSISTANT, 0), second, second + 3, new UserText("b")));
            line.frame(event, false, List.of(new EventTexts(0, event.length(), false, texts)), null);
        });

        String body = RawClient.chat(house.port(), STREAM).body();

        var chunk = new JsonObject(body.substring("data: ".length(), body.indexOf("\n\n")));
        assertThat(chunk.getJsonArray("choices"))
                .extracting(choice -> ((JsonObject) choice).getInteger("index"))
                .containsExactly(0, 2);
        assertThat(chunk.getJsonArray("choices"))
                .allSatisfy(choice -> assertThat(((JsonObject) choice).getString("finish_reason"))
                        .isEqualTo("content_filter"));
    }

    @ParameterizedTest
    @EnumSource(FailMode.class)
    void aWorkerThatDiesInMidStreamAndHasNoSuccessorFollowsTheFailMode_N1(FailMode mode, Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of("remote"), "remote"));
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        House asked = House.beside(house, mode);
        FakePolicy only = FakePolicy.start(vertx, "remote", "n2", 0);
        Promise<Void> askedInVain = Promise.promise();
        only.reviews(piece -> {
            if (piece.seq() == 0) {
                return Future.succeededFuture(released(piece));
            }
            askedInVain.tryComplete();
            return Promise.<StreamReleased>promise().future();
        });
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "fine ");
            house.vertx.setTimer(50, _ -> {
                Answers.events(line, "a secret");
                Answers.last(line);
            });
        });

        var answer = vertx.executeBlocking(() -> RawClient.chat(asked.port(), STREAM));
        askedInVain.future().await(5, SECONDS);
        asked.verticle().nodeLeft("n2");

        String body = answer.await(5, SECONDS).body();
        writer.entry("request.accepted");
        JsonArray judged = writer.entry("request.outcome").getJsonArray("pol");
        JsonObject last = judged.getJsonObject(judged.size() - 1);
        assertThat(last.getString("verdict")).isEqualTo("failed");
        assertThat(last.getBoolean("degraded", false)).isEqualTo(mode == FailMode.ALLOW);
        switch (mode) {
            case ALLOW -> assertThat(body).isEqualTo(Answers.event("fine ") + Answers.event("a secret") + Answers.LAST);
            case BLOCK ->
                assertThat(body)
                        .startsWith(Answers.event("fine ") + "event: error\n")
                        .contains("\"policy_unavailable\"")
                        .doesNotContain("secret");
        }
    }

    @Test
    void aStreamIsOpenedAtTheNextWorkerWhenTwoDieTogether_N19(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.OFF, Set.of("remote"), "remote"));
        FakePolicy.start(vertx, "remote", "n4", 0).reviews(new Redacting()::review);
        FakePolicy.startsAndDies(vertx, "remote", "n2");
        FakePolicy.startsAndDies(vertx, "remote", "n3");
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "a secret");
            Answers.last(line);
        });

        assertThat(RawClient.chat(house.port(), STREAM).body()).isEqualTo(Answers.event("a [W]") + Answers.LAST);
    }

    @Test
    void whatCameBeforeAFailureIsReviewedAndLeavesFirst_E21() throws Exception {
        var redacting = new Redacting();
        policy.reviews(piece -> house.vertx.timer(50).compose(_ -> redacting.review(piece)));
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "a secret");
            line.breaks(Failure.of(ErrorCode.UPSTREAM_TRUNCATED, "The answer broke off."));
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body())
                .startsWith(Answers.event("a [W]") + "event: error\n")
                .contains("\"upstream_truncated\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void whatWasUnderReviewWhenTheProviderWasLostLeavesFirst_N6(Vertx vertx) throws Exception {
        provider.refuses(Failure.of(ErrorCode.GATEWAY_OVERLOADED, "The other one may."));
        FakeProvider remote = FakeProvider.start(vertx, "n2", 0);
        Promise<Void> underReview = Promise.promise();
        Promise<Void> lost = Promise.promise();
        var redacting = new Redacting();
        policy.reviews(piece -> {
            underReview.tryComplete();
            return lost.future().compose(_ -> redacting.review(piece));
        });
        remote.does(line -> {
            line.started(true);
            Answers.events(line, "a secret, and a se");
        });

        var answer = house.vertx.executeBlocking(() -> RawClient.chat(house.port(), STREAM));
        underReview.future().await(5, SECONDS);
        house.verticle().nodeLeft("n2");
        lost.complete();

        assertThat(answer.await(5, SECONDS).body())
                .startsWith(Answers.event("a [W], and a se") + "event: error\n")
                .contains("\"worker_lost\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void aFrameIsReviewedWithOneMessageHoweverManyTokensItHolds() throws Exception {
        provider.does(line -> {
            line.started(true);
            for (int i = 0; i < 10; i++) {
                Answers.events(line, Collections.nCopies(50, "token ").toArray(String[]::new));
            }
            Answers.last(line);
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body()).isEqualTo(Answers.event("token ").repeat(500) + Answers.LAST);
        assertThat(policy.pieces).hasSizeBetween(2, 12);
        assertThat(policy.pieces).allSatisfy(piece -> assertThat(piece.texts()).hasSizeLessThan(2));
        assertThat(policy.pieces.stream()
                        .flatMap(piece -> piece.texts().stream())
                        .mapToInt(text -> text.text().length())
                        .sum())
                .isEqualTo(3_000);
    }

    @Test
    void anEventThatNobodyCanReadEndsTheStream_S10() throws Exception {
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "fine");
            String odd = "data: {no json\n\n";
            line.frame(odd, false, List.of(new EventTexts(0, odd.length(), true, List.of())), null);
        });

        assertThat(RawClient.chat(house.port(), STREAM).body()).contains("upstream_invalid_stream");
    }

    @Test
    void commentsPassAlthoughNobodyReadsThem_S9() throws Exception {
        provider.does(line -> {
            line.started(true);
            String comment = ": still here\n\n";
            line.frame(comment, false, List.of(new EventTexts(0, comment.length(), true, List.of())), null);
            Answers.last(line);
        });

        assertThat(RawClient.chat(house.port(), STREAM).body()).isEqualTo(": still here\n\n" + Answers.LAST);
    }

    @Test
    void aPolicyThatFailsInMidStreamEndsItWithTheErrorFrame_E23() throws Exception {
        policy.reviews(piece -> Future.succeededFuture(
                piece.seq() == 0
                        ? released(piece)
                        : new StreamReleased(List.of(), policy.verdict(new Decision.Failed("Bug")))));
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "fine");
            house.vertx.setTimer(50, _ -> Answers.events(line, "more"));
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body())
                .startsWith(Answers.event("fine") + "event: error\n")
                .contains("\"policy_error\"");
        assertThat(provider.cancel().reason()).isEqualTo("policy");
    }

    @Test
    void aPolicyThatFailsBeforeTheFirstByteHasAStatus_E23() throws Exception {
        policy.reviews(
                _ -> Future.succeededFuture(new StreamReleased(List.of(), policy.verdict(new Decision.Failed("Bug")))));
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "fine");
        });

        assertThat(RawClient.chat(house.port(), STREAM).status()).isEqualTo(500);
    }

    @Test
    void underFailModeAllowTheStreamGoesOnUnreviewed() throws Exception {
        House open = House.beside(house, FailMode.ALLOW);
        policy.reviews(_ -> Future.failedFuture("broken"));
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "a secret");
            Answers.last(line);
        });

        assertThat(RawClient.chat(open.port(), STREAM).body()).isEqualTo(Answers.event("a secret") + Answers.LAST);
    }

    @Test
    void whatIsHeldBackDoesNotStarveTheProviderOfCredit() throws Exception {
        policy.reviews(
                piece -> Future.succeededFuture(piece.end() ? released(piece) : new StreamReleased(List.of(), null)));
        provider.does(line -> {
            line.started(true);
            for (int i = 0; i < 64; i++) {
                Answers.events(line, "x");
            }
        });

        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", Bytes.utf8(STREAM).array());
            int credited = 0;
            while (credited < 48) {
                var credit = provider.credits.poll(5, SECONDS);
                assertThat(credit).as("credit after %d frames", credited).isNotNull();
                credited += credit.frames();
            }
            assertThat(credited).isLessThanOrEqualTo(64);
        }
    }

    @Test
    void aStreamWhoseWorkerIsLostGoesOnWithAnotherAndLosesNothing_N1(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.OFF, Set.of("remote"), "remote"));
        FakePolicy lost = FakePolicy.start(vertx, "remote", "n2", 0);
        var before = new Redacting();
        Promise<Void> askedInVain = Promise.promise();
        lost.reviews(piece -> {
            if (piece.seq() == 0) {
                return before.review(piece);
            }
            askedInVain.tryComplete();
            return Promise.<StreamReleased>promise().future();
        });
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "a secret and a se");
            house.vertx.setTimer(50, _ -> {
                Answers.events(line, "cret");
                Answers.last(line);
            });
        });

        var answer = vertx.executeBlocking(() -> RawClient.chat(house.port(), STREAM));
        askedInVain.future().await(5, SECONDS);
        FakePolicy other = FakePolicy.start(vertx, "remote", "n3", 0);
        other.reviews(new Redacting()::review);
        house.verticle().nodeLeft("n2");

        String emptied = Answers.event("x").replace("\"x\"", "\"\"");
        assertThat(answer.await(5, SECONDS).body())
                .isEqualTo(Answers.event("a [W] and a [W]") + emptied + Answers.LAST);
        StreamText again = Objects.requireNonNull(other.pieces.poll(5, SECONDS));
        assertThat(again.seq()).isZero();
        assertThat(again.texts().getFirst().text().value()).isEqualTo("a secret and a secret");
    }

    @Test
    void aStreamWhoseWorkerFreezesGoesOnWithAnotherAfterAMoment_N3(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.OFF, Set.of("remote"), "remote"));
        House patient = House.beside(house, withStreamHop(Duration.ofMinutes(1)));
        FakePolicy first = FakePolicy.start(vertx, "remote", "n2", 0);
        Promise<Void> begun = Promise.promise();
        first.reviews(new Redacting()::review);
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "a secret and a se");
            begun.future().onSuccess(_ -> {
                Answers.events(line, "cret");
                Answers.last(line);
            });
        });

        var answer = vertx.executeBlocking(() -> RawClient.chat(patient.port(), STREAM));
        Objects.requireNonNull(first.pieces.poll(5, SECONDS));
        FakePolicy other = FakePolicy.start(vertx, "remote", "n3", 0);
        other.reviews(new Redacting()::review);
        vertx.eventBus().addOutboundInterceptor(delivery -> {
            boolean toIt = delivery.message().address().contains(".n2.");
            boolean byIt =
                    delivery.body() instanceof PresenceEvent said && said.node().equals("n2");
            if (!toIt && !byIt) {
                delivery.next();
            }
        });
        begun.complete();

        String emptied = Answers.event("x").replace("\"x\"", "\"\"");
        assertThat(answer.await(20, SECONDS).body())
                .isEqualTo(Answers.event("a [W] and a [W]") + emptied + Answers.LAST);
        assertThat(other.pieces).isNotEmpty();
    }

    private static IngressTimings withStreamHop(Duration limit) {
        IngressTimings usual = IngressTimings.DEFAULT;
        return new IngressTimings(
                usual.policyHop(),
                limit,
                usual.providerAccept(),
                usual.auditAppend(),
                usual.workerWait(),
                usual.total(),
                usual.headers(),
                usual.keepAlive(),
                usual.bodyGrace(),
                usual.clientStall(),
                usual.comment(),
                usual.linger());
    }

    @Test
    void markersArePutBackInAStreamHoweverItIsCut() throws Exception {
        house.config.set(House.config(AuditSettings.OFF, Set.of(), "guard"));
        var edit = new Edit(0, 0, 2, "EMAIL", new UserText("[EMAIL_1]"));
        policy.decides(new Decision.Redact(List.of(edit), true));
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "to [EM", "AIL_", "1] and [E");
            Answers.last(line);
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body())
                .isEqualTo(Answers.event("to hi")
                        + Answers.event("x").replace("\"x\"", "\"\"")
                        + Answers.event(" and [E")
                        + Answers.LAST);
    }

    private static StreamReleased released(StreamText piece) {
        return new StreamReleased(
                piece.texts().stream()
                        .map(text -> new TrackRelease(text.track(), 1_000_000, List.of()))
                        .toList(),
                null);
    }

    /** Replaces "secret" in one track, holding back what could become it. */
    private final class Redacting {
        private final StringBuilder text = new StringBuilder();
        private int from;

        Future<StreamReleased> review(StreamText piece) {
            for (TrackText one : piece.texts()) {
                text.append(one.text().value());
            }
            List<TrackEdit> edits = new ArrayList<>();
            for (int at = text.indexOf("secret", from); at >= 0; at = text.indexOf("secret", from)) {
                edits.add(new TrackEdit(at, at + 6, "WORD", new UserText("[W]")));
                from = at + 6;
            }
            int upTo = piece.end() ? text.length() : Math.max(from, text.length() - 5);
            from = upTo;
            return Future.succeededFuture(new StreamReleased(
                    List.of(new TrackRelease(Answers.CONTENT, upTo, edits)),
                    piece.end() ? policy.verdict(new Decision.Allow()) : null));
        }
    }
}
