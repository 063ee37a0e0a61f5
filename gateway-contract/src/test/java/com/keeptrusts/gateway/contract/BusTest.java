package com.keeptrusts.gateway.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.BusException.Reason;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Address<SettingsCall, Settings> SETTINGS = Address.ofSettings("d1");

    private Vertx vertx;
    private Bus bus;

    @BeforeEach
    void openBus(Vertx vertx) {
        this.vertx = vertx;
        Bus.prepare(vertx);
        bus = Bus.of(vertx);
    }

    @Test
    void anAnswerOnTheSameNodeIsTheVeryInstance() throws Exception {
        var settings = new Settings("d1", Bytes.utf8("{}"));
        bus.answer(SETTINGS, _ -> Future.succeededFuture(settings)).await(5, SECONDS);

        assertThat(bus.ask(SETTINGS, new SettingsCall("d1"), LIMIT).await(5, SECONDS))
                .isSameAs(settings);
    }

    @Test
    void nobodyListeningIsSaidAtOnce() {
        assertReason(Reason.NO_ONE_THERE, Duration.ofSeconds(60));
    }

    @Test
    void anAnswerThatDoesNotComeIsATimeout() throws Exception {
        bus.answer(SETTINGS, _ -> Promise.<Settings>promise().future()).await(5, SECONDS);

        assertReason(Reason.TIMEOUT, Duration.ofMillis(20));
    }

    @Test
    void anAnswererThatThrowsIsAFailureWithoutItsWords() throws Exception {
        bus.answer(SETTINGS, _ -> {
                    throw new IllegalStateException("secret");
                })
                .await(5, SECONDS);

        assertReason(Reason.FAILED, LIMIT);
    }

    @Test
    void aMessageOfAnotherTypeIsMalformed() throws Exception {
        bus.answer(SETTINGS, _ -> Future.succeededFuture(new Settings("d1", Bytes.EMPTY)))
                .await(5, SECONDS);
        Address<Credit, Credit> wrong = new Address<>(SETTINGS.name(), Credit.class, Credit.class);

        assertThatThrownBy(() -> bus.ask(wrong, new Credit("r", 0, 1, 1, null, 1, 1), LIMIT)
                        .await(5, SECONDS))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void whoWithdrewIsNotThereAnyMore() throws Exception {
        Registration place = bus.answer(SETTINGS, _ -> Future.succeededFuture(new Settings("d1", Bytes.EMPTY)))
                .await(5, SECONDS);

        place.withdraw().await(5, SECONDS);

        assertReason(Reason.NO_ONE_THERE, LIMIT);
    }

    @Test
    void whoeverAnswersAlsoAnswersAProbe() throws Exception {
        bus.answer(SETTINGS, _ -> Promise.<Settings>promise().future()).await(5, SECONDS);

        assertThat(bus.probe(SETTINGS.name(), "n", LIMIT).await(5, SECONDS)).isNull();
    }

    @Test
    void oneOfAnEarlierBuildThatDoesNotKnowProbesAnswersThemByComplaining() throws Exception {
        vertx.eventBus().consumer("old", message -> message.fail(2, "MALFORMED"));

        assertThat(bus.probe("old", "n", LIMIT).await(5, SECONDS)).isNull();
    }

    @Test
    void whereNobodyIsNoProbeIsAnswered() {
        assertThatThrownBy(() -> bus.probe("nowhere", "n", LIMIT).await(5, SECONDS))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_ONE_THERE));
    }

    @Test
    void aWorkerIsAnnouncedAtOnceAndSaysFarewell() throws Exception {
        var heard = new LinkedBlockingQueue<PresenceEvent>();
        bus.listen(Address.PRESENCE, heard::add).await(5, SECONDS);
        var worker = new WorkerPresent("provider.a.0", Role.PROVIDER, "provider", "a", 8, 0, 0, 0, 0, "", "0.1.0");

        Presence presence = Presence.announce(vertx, () -> worker);

        assertThat(heard.poll(5, SECONDS)).isEqualTo(worker);
        presence.leave(List.of()).await(5, SECONDS);
        assertThat(heard.poll(5, SECONDS)).isEqualTo(new WorkerLeaving("provider.a.0", "a"));
    }

    private void assertReason(Reason reason, Duration limit) {
        assertThatThrownBy(
                        () -> bus.ask(SETTINGS, new SettingsCall("d1"), limit).await(5, SECONDS))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
