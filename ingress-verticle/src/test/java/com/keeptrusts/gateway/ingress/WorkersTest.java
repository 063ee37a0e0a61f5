package com.keeptrusts.gateway.ingress;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.StreamOpen;
import com.keeptrusts.gateway.contract.StreamOpened;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class WorkersTest {

    private final List<String> lost = new ArrayList<>();
    private long now = 1_000_000;
    private Workers workers;
    private Bus bus;

    @BeforeEach
    void open(Vertx vertx) {
        Bus.prepare(vertx);
        bus = Bus.of(vertx);
        workers = new Workers(vertx, "here", 1, () -> now);
        workers.onLoss(worker -> lost.add(worker.address()));
    }

    @Test
    void ownWorkersArePreferredWhileTheyHaveRoom() {
        hear("far", "there", 1, 0);
        hear("near", "here", 1, 0);
        assertThat(best()).isEqualTo("near");

        hear("near", "here", 1, 1);

        assertThat(best()).isEqualTo("far");
    }

    @Test
    void amongEqualsTheLeastBusyIsChosen() {
        hear("a", "there", 9, 3);
        hear("b", "there", 9, 1);
        hear("c", "elsewhere", 9, 2);

        assertThat(best()).isEqualTo("b");
    }

    @Test
    void theOneOnTheOwnThreadIsPreferredUntilItIsMuchBusierThanItsNeighbour() {
        hear("policy.k.here.0", "here", 99, 0);
        hear("policy.k.here.1", "here", 99, 15);
        assertThat(best()).isEqualTo("policy.k.here.1");

        hear("policy.k.here.1", "here", 99, 17);

        assertThat(best()).isEqualTo("policy.k.here.0");
    }

    @Test
    void aWorkerThatLeavesOrFallsSilentIsNotChosen() {
        hear("a", "there", 9, 0);
        hear("b", "there", 9, 5);
        workers.hear(new WorkerLeaving("a", "there"));
        assertThat(best()).isEqualTo("b");

        passTime(3_750);

        assertThat(best()).isNull();
        assertThat(lost).containsExactly("b");
        hear("b", "there", 9, 0);
        assertThat(best()).isEqualTo("b");
    }

    @Test
    void aLeavingProviderMayStillFinishItsStreams() {
        provider("p");
        workers.hear(new WorkerLeaving("p", "there"));

        passTime(10_000);
        assertThat(lost).isEmpty();
        workers.nodeLeft("there");

        assertThat(lost).containsExactly("p");
    }

    @Test
    void theStreamsOfASilentProviderAreGivenUpBeforeThreeSeconds_N6() {
        provider("p");

        passTime(2_250);
        assertThat(lost).isEmpty();
        passTime(500);

        assertThat(lost).containsExactly("p");
    }

    @Test
    void theOwnPauseIsNobodysSilence_N21() {
        provider("p");
        hear("a", "there", 9, 0);

        now += 8_000;
        workers.sweep();

        assertThat(lost).isEmpty();
        assertThat(best()).isEqualTo("a");
    }

    @Test
    void threeTimeOutsInARowEjectUntilTheWorkerIsHeardTwoSecondsLater_N3() {
        deaf("a");
        hear("a", "there", 9, 0);
        Worker worker = Objects.requireNonNull(workers.policies("k").best(List.of()));
        for (int i = 0; i < 3; i++) {
            assertThat(best()).isEqualTo("a");
            assertThatThrownBy(() -> ask(worker)).hasMessageContaining("TIMEOUT");
        }
        assertThat(best()).isNull();

        now += 1_900;
        hear("a", "there", 9, 0);
        assertThat(best()).isNull();
        now += 200;
        hear("a", "there", 9, 0);
        assertThat(best()).isEqualTo("a");

        assertThatThrownBy(() -> ask(worker)).hasMessageContaining("TIMEOUT");
        assertThat(best()).as("one more strike is enough then").isNull();
    }

    @Test
    void anAnswerForgivesEarlierTimeOuts() throws Exception {
        Promise<StreamOpened> never = Promise.promise();
        List<Future<StreamOpened>> answers = new ArrayList<>(List.of(
                never.future(),
                never.future(),
                Future.succeededFuture(new StreamOpened("a")),
                never.future(),
                never.future()));
        bus.answer(Address.ofStreamOpen("a"), _ -> answers.removeFirst()).await(5, SECONDS);
        hear("a", "there", 9, 0);
        Worker worker = Objects.requireNonNull(workers.policies("k").best(List.of()));

        assertThatThrownBy(() -> ask(worker)).hasMessageContaining("TIMEOUT");
        assertThatThrownBy(() -> ask(worker)).hasMessageContaining("TIMEOUT");
        ask(worker);
        assertThatThrownBy(() -> ask(worker)).hasMessageContaining("TIMEOUT");
        assertThatThrownBy(() -> ask(worker)).hasMessageContaining("TIMEOUT");

        assertThat(best()).isEqualTo("a");
    }

    @Test
    void whereNobodyListensNobodyIsAskedAgainUntilHeard() {
        hear("a", "there", 9, 0);
        Worker worker = Objects.requireNonNull(workers.policies("k").best(List.of()));

        assertThatThrownBy(() -> begin(worker, Duration.ofSeconds(5)).await(5, SECONDS))
                .hasMessageContaining("NO_ONE_THERE");
        assertThat(best()).isNull();
        hear("a", "there", 9, 0);

        assertThat(best()).isEqualTo("a");
    }

    @Test
    void whoAsksAWorkerThatIsLostNeedNotWaitForTheLimit_N1() {
        deaf("a");
        hear("a", "there", 9, 0);
        Worker worker = Objects.requireNonNull(workers.policies("k").best(List.of()));

        Future<StreamOpened> answer = begin(worker, Duration.ofSeconds(30));
        workers.nodeLeft("there");

        assertThatThrownBy(() -> answer.await(1, SECONDS)).hasMessageContaining("NO_ONE_THERE");
        hear("a", "there", 9, 0);
        assertThat(worker.load()).isZero();
    }

    @Test
    void thePatientWaitForAWorkerThatLives() throws Exception {
        Promise<StreamOpened> late = Promise.promise();
        bus.answer(Address.ofStreamOpen("a"), _ -> late.future()).await(5, SECONDS);
        hear("a", "there", 9, 0);
        Worker worker = Objects.requireNonNull(workers.policies("k").best(List.of()));

        Future<StreamOpened> answer = askPatiently(worker);
        for (int i = 0; i < 10; i++) { // three times as long as one without a sign of life gets
            now += 1_000;
            hear("a", "there", 9, 0);
            assertThatThrownBy(() -> answer.await(100, MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
        late.complete(new StreamOpened("a"));

        assertThat(answer.await(5, SECONDS).worker()).isEqualTo("a");
    }

    @Test
    void theyGiveUpOneThatShowsNoSignOfLife_N3() {
        deaf("a");
        hear("a", "there", 9, 0);
        Worker worker = Objects.requireNonNull(workers.policies("k").best(List.of()));
        now += 10;

        Future<StreamOpened> answer = askPatiently(worker);

        assertThatThrownBy(() -> answer.await(5, SECONDS)).hasMessageContaining("TIMEOUT");
        assertThat(worker.load()).isZero();
    }

    @Test
    void oneWhoWaitsGetsTheFirstWorkerThatAppears(Vertx vertx) throws Exception {
        Future<@Nullable Worker> found = workers.policies("k").find(List.of(), Duration.ofSeconds(5));
        hear("a", "there", 9, 0);

        assertThat(Objects.requireNonNull(found.await(5, SECONDS)).address()).isEqualTo("a");
    }

    private void deaf(String address) {
        try {
            bus.answer(
                            Address.ofStreamOpen(address),
                            _ -> Promise.<StreamOpened>promise().future())
                    .await(5, SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void ask(Worker worker) throws Exception {
        begin(worker, Duration.ofMillis(50)).await(5, SECONDS);
    }

    private Future<StreamOpened> begin(Worker worker, Duration limit) {
        return workers.ask(worker, Address.ofStreamOpen(worker.address()), question(limit), limit);
    }

    private Future<StreamOpened> askPatiently(Worker worker) {
        Duration most = Duration.ofSeconds(60);
        return workers.askPatiently(
                worker, Address.ofStreamOpen(worker.address()), question(most), Duration.ofMillis(1), most);
    }

    private static StreamOpen question(Duration limit) {
        return new StreamOpen("r", Deadline.in("here", limit.toMillis()), new PolicyStep("k", "d"));
    }

    private @Nullable String best() {
        Worker best = workers.policies("k").best(List.of());
        return best == null ? null : best.address();
    }

    private void hear(String address, String node, int capacity, int outstanding) {
        workers.hear(new WorkerPresent(address, Role.POLICY, "k", node, capacity, outstanding, 0, 0, 0, "", "test"));
    }

    private void provider(String address) {
        workers.hear(new WorkerPresent(address, Role.PROVIDER, "provider", "there", 9, 0, 0, 0, 0, "", "test"));
    }

    private void passTime(long millis) {
        for (long passed = 0; passed < millis; passed += 250) {
            now += 250;
            workers.sweep();
        }
    }
}
