package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.StreamOpen;
import com.keeptrusts.gateway.contract.StreamOpened;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final Duration HOP = Duration.ofMillis(250);

    private final List<String> lost = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final VirtualLine.Switchboard switchboard = new VirtualLine.Switchboard();
    private Workers workers;

    @BeforeEach
    void open() {
        workers = new Workers(new VirtualLine(time, switchboard), time, "here", 1);
        workers.onLoss(worker -> lost.add(worker.address()));
        workers.watch();
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
    void ownWorkersThatAreMuchBusierThanOthersAreSpared() {
        switchboard.plug("near", FROZEN);
        hear("near", "here", 1_000, 0);
        answering("far", "there", 0);
        for (int i = 0; i < WorkerPool.NEAR_LOAD; i++) {
            ask(worker("near"));
        }
        assertThat(best()).isEqualTo("near");

        ask(worker("near"));

        assertThat(best()).isEqualTo("far");
    }

    @Test
    void ofTwoElsewhereTheOneThatOwesUsLessIsChosen() {
        answering("a", "there", 3);
        answering("b", "elsewhere", 1);
        ask(worker("b"));

        assertThat(best()).isEqualTo("a");
    }

    @Test
    void ofTwoElsewhereTheOneThatAnswersFasterIsChosen_untilTheSlowOneIsWorthATryAgain_N4() {
        answering("fast", "there", 0);
        var answers = new ArrayList<Runnable>();
        switchboard.plug("slow", new Script((_, answer) -> answers.add(answer), Runnable::run));
        hear("slow", "elsewhere", 9, 0);
        ask(worker("slow"));
        time.pass(99);
        answers.forEach(Runnable::run);
        time.pass(1);
        ask(worker("fast")); // a single question there is no reason to ask the slow one

        assertThat(best()).isEqualTo("fast");
        for (int i = 0; i < 60; i++) {
            time.pass(1_000);
            hear("fast", "there", 9, 0);
            hear("slow", "elsewhere", 9, 0);
        }
        ask(worker("fast"));
        ask(worker("fast"));
        assertThat(best()).isEqualTo("slow");
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
    void whatItDoesForUsIsNotCountedTwice() {
        Worker worker = frozen("a");
        ask(worker);
        ask(worker);

        hear("a", "there", 9, 5);

        assertThat(worker.load()).isEqualTo(5);
    }

    @Test
    void aWorkerThatLeavesOrFallsSilentIsNotChosen() {
        hear("a", "there", 9, 0);
        hear("b", "there", 9, 5);
        workers.hear(new WorkerLeaving("a", "there"));
        assertThat(best()).isEqualTo("b");

        time.pass(3_750);

        assertThat(best()).isNull();
        assertThat(lost).containsExactly("b");
        hear("b", "there", 9, 0);
        assertThat(best()).isEqualTo("b");
    }

    @Test
    void aLeavingProviderMayStillFinishItsStreams() {
        provider("p");
        workers.hear(new WorkerLeaving("p", "there"));

        time.pass(10_000);
        assertThat(lost).isEmpty();
        workers.nodeLeft("there");

        assertThat(lost).containsExactly("p");
    }

    @Test
    void theStreamsOfASilentProviderAreGivenUpBeforeThreeSeconds_N6() {
        provider("p");

        time.pass(2_250);
        assertThat(lost).isEmpty();
        time.pass(500);

        assertThat(lost).containsExactly("p");
    }

    @Test
    void theOwnPauseIsNobodysSilence_N21() {
        provider("p");
        hear("a", "there", 9, 0);
        time.pass(250);

        time.jump(8_000);
        time.pass(250);

        assertThat(lost).isEmpty();
        assertThat(best()).isEqualTo("a");
    }

    @Test
    void anAnswerThatCameInTheOwnPauseIsReadAfterIt_N21() {
        List<Runnable> answers = new ArrayList<>();
        switchboard.plug("a", new Script((_, answer) -> answers.add(answer), Runnable::run));
        hear("a", "there", 9, 0);
        Future<StreamOpened> once = ask(worker("a"));
        Future<StreamOpened> patiently = askPatiently(worker("a"));
        time.pass(100);

        time.jump(3_000);
        answers.forEach(Runnable::run);
        time.pass(1);

        assertThat(once.succeeded()).isTrue();
        assertThat(patiently.succeeded()).isTrue();
        assertThat(best()).isEqualTo("a");
    }

    @Test
    void anAnswerThatDoesNotComeSoonAfterTheOwnPauseIsGivenUp_N21() {
        frozen("a");
        Future<StreamOpened> answer = ask(worker("a"));
        time.pass(100);

        time.jump(3_000);
        time.pass(500);

        assertThat(answer.cause()).hasMessageContaining("TIMEOUT");
    }

    @Test
    void threeTimeOutsInARowEjectAWorkerThatIsHeard() {
        Worker deaf = deaf("a");

        for (int i = 0; i < 3; i++) {
            assertThat(best()).isEqualTo("a");
            Future<StreamOpened> answer = ask(deaf);
            time.pass(100);
            hear("a", "there", 9, 0);
            time.pass(150);
            assertThat(answer.cause()).hasMessageContaining("TIMEOUT");
        }

        assertThat(best()).isNull();
    }

    @Test
    void aProbeBringsItBackOnTrial_andEveryTimeLater() {
        Worker deaf = deaf("a");
        ejectWhileHeard(deaf);

        time.pass(249);
        assertThat(best()).isNull();
        time.pass(2);
        assertThat(best()).isEqualTo("a");
        hear("a", "there", 9, 0);
        ask(deaf);
        hear("a", "there", 9, 0);
        time.pass(251);
        assertThat(best()).as("one more strike is enough then").isNull();

        time.pass(498);
        assertThat(best()).as("and the next probe takes twice as long").isNull();
        time.pass(3);
        assertThat(best()).isEqualTo("a");
    }

    @Test
    void anAnswerForgivesEarlierTimeOuts() {
        Worker worker = deaf("a");
        struck(worker);
        struck(worker);
        assertThat(best()).isEqualTo("a");
        switchboard.plug("a", answering());
        ask(worker);
        time.pass(1);
        switchboard.plug("a", DEAF);

        struck(worker);
        struck(worker);

        assertThat(best()).isEqualTo("a");
    }

    @Test
    void asksThatWereUnderWayTogetherAreOneStrike() {
        Worker worker = deaf("a");

        for (int i = 0; i < 5; i++) {
            ask(worker);
            time.pass(1);
        }
        hear("a", "there", 9, 0);
        time.pass(250);

        assertThat(best()).isEqualTo("a");
    }

    @Test
    void afterOneTimeOutTheSilentNodeIsAskedOnlyWhereThereIsNoOther_N3() {
        Worker worker = frozen("a");
        frozen("its-neighbour");
        answering("other", "elsewhere", 8);
        time.pass(10);
        ask(worker);

        time.pass(250);
        hear("other", "elsewhere", 9, 8);

        assertThat(best()).isEqualTo("other");
        workers.nodeLeft("elsewhere");
        assertThat(best()).isIn("a", "its-neighbour");
    }

    @Test
    void probesEjectAFrozenWorkerWithinASecondOrTwo_andBringItBackWhenItRunsAgain_N3() {
        Worker worker = frozen("a");
        time.pass(10);

        ask(worker);
        time.pass(900);
        assertThat(best()).as("it may only pause").isEqualTo("a");
        time.pass(101);
        assertThat(best()).isNull();
        switchboard.plug("a", answering());
        time.pass(1_251);

        assertThat(best()).isEqualTo("a");
        assertThat(worker.doubted()).isFalse();
        assertThat(worker.expectedWait(time.millis()))
                .as("it is not avoided for its frost")
                .isLessThan(2);
    }

    @Test
    void oneThatIsHeardButCannotBeReachedIsNotAskedAgain_N15_N16() {
        Worker worker = frozen("a");
        time.pass(10);
        ask(worker);

        for (int second = 0; second < 20; second++) {
            time.pass(1_000);
            hear("a", "there", 9, 0);
            assertThat(best()).isNull();
        }

        assertThat(lost).isEmpty();
    }

    @Test
    void whoAnswersLivesThoughItsAnnouncementsAreMissed() {
        answering("a", "there", 0);

        for (int second = 0; second < 10; second++) {
            ask(worker("a"));
            time.pass(1_000);
        }

        assertThat(worker("a").sound(time.millis())).isTrue();
    }

    @Test
    void oneThatMissesAnAnnouncementIsAskedOnlyWhereThereIsNoOther() {
        frozen("a");
        time.pass(1_000);
        busy("b");
        assertThat(best()).isEqualTo("a");

        time.pass(750);

        assertThat(best()).isEqualTo("b");
        workers.nodeLeft("elsewhere");
        assertThat(best()).isEqualTo("a");
    }

    @Test
    void whoOwesAPromptAnswerForATenthOfASecondGetsNoMoreQuestionsMeanwhile_N3() {
        Worker worker = frozen("a");
        busy("b");
        ask(worker);
        time.pass(100);
        assertThat(best()).isEqualTo("a");

        time.pass(1);

        assertThat(best()).isEqualTo("b");
    }

    @Test
    void whoMayTakeItsTimeIsNotSilent() {
        Worker worker = frozen("a");
        busy("b");

        ask(worker, Duration.ofSeconds(5));
        time.pass(400);

        assertThat(best()).isEqualTo("a");
    }

    @Test
    void whereNobodyListensNobodyIsAskedAgainUntilHeard() {
        hear("a", "there", 9, 0);
        Future<StreamOpened> answer = ask(worker("a"));

        time.pass(1);

        assertThat(answer.cause()).hasMessageContaining("NO_ONE_THERE");
        assertThat(best()).isNull();
        hear("a", "there", 9, 0);
        assertThat(best()).isEqualTo("a");
    }

    @Test
    void whoAsksAWorkerThatIsLostNeedNotWaitForTheLimit_N1() {
        Worker worker = frozen("a");

        Future<StreamOpened> answer = ask(worker, Duration.ofSeconds(30));
        workers.nodeLeft("there");

        assertThat(answer.cause()).hasMessageContaining("NO_ONE_THERE");
        hear("a", "there", 9, 0);
        assertThat(worker.load()).isZero();
    }

    @Test
    void thePatientWaitForAWorkerThatLives() {
        var late = new ArrayList<Runnable>();
        switchboard.plug("a", new Script((_, answer) -> late.add(answer), Runnable::run));
        hear("a", "there", 9, 0);

        Future<StreamOpened> answer = askPatiently(worker("a"));
        for (int i = 0; i < 10; i++) { // ten times as long as one without a sign of life gets
            time.pass(1_000);
            hear("a", "there", 9, 0);
            assertThat(answer.isComplete()).isFalse();
        }
        late.forEach(Runnable::run);
        time.pass(1);

        assertThat(answer.result().worker()).isEqualTo("a");
    }

    @Test
    void theyGiveUpOneThatShowsNoSignOfLife_N3() {
        Worker worker = frozen("a");
        time.pass(10);

        Future<StreamOpened> answer = askPatiently(worker);
        time.pass(1_000);

        assertThat(answer.cause()).hasMessageContaining("TIMEOUT");
        assertThat(worker.load()).isZero();
    }

    @Test
    void oneWhoWaitsGetsTheFirstWorkerThatAppears() {
        Future<@Nullable Worker> found = workers.policies("k").find(List.of(), Duration.ofSeconds(5));
        hear("a", "there", 9, 0);

        assertThat(Objects.requireNonNull(found.result()).address()).isEqualTo("a");
    }

    @Test
    void whereNobodyAppearsNobodyWaitsTwice_N2() {
        time.pass(10_000);
        Future<@Nullable Worker> first = workers.policies("k").find(List.of(), Duration.ofMillis(900));

        time.pass(899);
        assertThat(first.isComplete()).isFalse();
        time.pass(1);

        assertThat(first.result()).isNull();
        assertThat(workers.policies("k").find(List.of(), Duration.ofMillis(900)).result())
                .isNull();
    }

    private static final Script FROZEN = new Script((_, _) -> {}, _ -> {});
    private static final Script DEAF = new Script((_, _) -> {}, Runnable::run);

    /** A worker that does the same with everything that arrives. */
    private record Script(Questioned questioned, Probed probed) implements VirtualLine.Receiver {

        @Override
        public void question(long untilMicros, Runnable answer) {
            questioned.by(untilMicros, answer);
        }

        @Override
        public void probe(Runnable answer) {
            probed.by(answer);
        }
    }

    private interface Questioned {
        void by(long untilMicros, Runnable answer);
    }

    private interface Probed {
        void by(Runnable answer);
    }

    private static Script answering() {
        return new Script((_, answer) -> answer.run(), Runnable::run);
    }

    /** It has more to do for us than one wants to wait for, and all the time for it. */
    private void busy(String address) {
        switchboard.plug(address, DEAF);
        hear(address, "elsewhere", 9, 0);
        for (int i = 0; i < 8; i++) {
            ask(worker(address), Duration.ofSeconds(30));
        }
    }

    private void answering(String address, String node, int outstanding) {
        switchboard.plug(address, answering());
        hear(address, node, 9, outstanding);
    }

    /** What is sent there is lost. */
    private Worker frozen(String address) {
        switchboard.plug(address, FROZEN);
        hear(address, "there", 9, 0);
        return worker(address);
    }

    /** It answers probes only. */
    private Worker deaf(String address) {
        switchboard.plug(address, DEAF);
        hear(address, "there", 9, 0);
        return worker(address);
    }

    private void struck(Worker worker) {
        ask(worker);
        time.pass(100);
        hear(worker.address(), "there", 9, 0);
        time.pass(150);
    }

    private void ejectWhileHeard(Worker worker) {
        for (int i = 0; i < Worker.STRIKES; i++) {
            struck(worker);
        }
    }

    private Future<StreamOpened> ask(Worker worker) {
        return ask(worker, HOP);
    }

    private Future<StreamOpened> ask(Worker worker, Duration limit) {
        return workers.ask(worker, Address.ofStreamOpen(worker.address()), question(limit), limit);
    }

    private Future<StreamOpened> askPatiently(Worker worker) {
        Duration most = Duration.ofSeconds(60);
        return workers.askPatiently(
                worker, Address.ofStreamOpen(worker.address()), question(most), Duration.ofSeconds(1), most);
    }

    private static StreamOpen question(Duration limit) {
        return new StreamOpen("r", Deadline.in("here", limit.toMillis()), new PolicyStep("k", "d"));
    }

    private @Nullable String best() {
        Worker best = workers.policies("k").best(List.of());
        return best == null ? null : best.address();
    }

    private Worker worker(String address) {
        return workers.policies("k").workers().stream()
                .filter(worker -> worker.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private void hear(String address, String node, int capacity, int outstanding) {
        workers.hear(new WorkerPresent(address, Role.POLICY, "k", node, capacity, outstanding, 0, 0, 0, "", "test"));
    }

    private void provider(String address) {
        workers.hear(new WorkerPresent(address, Role.PROVIDER, "provider", "there", 9, 0, 0, 0, 0, "", "test"));
    }
}
