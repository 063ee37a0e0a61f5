package com.keeptrusts.gateway.policy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyCall;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.contract.StreamClose;
import com.keeptrusts.gateway.contract.StreamOpen;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.StreamText;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PolicyVerticleTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Track CONTENT = new Track(0, Channel.ASSISTANT, 0);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger settingsAsked = new AtomicInteger();
    private Vertx vertx;
    private Bus bus;

    @BeforeEach
    void openBus(Vertx vertx) {
        this.vertx = vertx;
        Bus.prepare(vertx);
        bus = Bus.of(vertx);
    }

    @Test
    void aWorkerAnswersWithTheVerdictOfItsPolicy() throws Exception {
        String worker = deploy("mask", 0, node());
        PolicyStep step = step("mask", "{\"word\":\"secret\"}");

        PolicyVerdict verdict = review(worker, "a secret", step).getFirst();

        assertThat(verdict.worker()).isEqualTo(worker);
        assertThat(verdict.settingsDigest()).isEqualTo(step.settingsDigest());
        assertThat(verdict.reason()).isEqualTo("masked");
        assertThat(((Decision.Redact) verdict.decision()).edits())
                .singleElement()
                .satisfies(edit -> assertThat(edit.start()).isEqualTo(2));
        assertThat(registry.get("keeptrusts.policy.reviews")
                        .tags("kind", "mask", "decision", "redact")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void laterStepsAreReviewedByWorkersOfTheSameNodeOnTheEditedTexts() throws Exception {
        PolicyNode node = node();
        String first = deploy("mask", 0, node);
        String second = deploy("stop", 0, node);

        List<PolicyVerdict> verdicts = review(
                first,
                "a secret and a bomb",
                step("mask", "{\"word\":\"secret\"}"),
                step("mask", "{\"word\":\"bomb\"}"),
                step("stop", "{\"word\":\"bomb\"}"));

        assertThat(verdicts).extracting(PolicyVerdict::worker).containsExactly(first, first, second);
        assertThat(verdicts).extracting(PolicyVerdict::reason).containsExactly("masked", "masked", "clean");
    }

    @Test
    void aBlockEndsTheChain() throws Exception {
        PolicyNode node = node();
        deploy("mask", 0, node);
        String worker = deploy("stop", 0, node);

        List<PolicyVerdict> verdicts =
                review(worker, "a bomb", step("stop", "{\"word\":\"bomb\"}"), step("mask", "{\"word\":\"a\"}"));

        assertThat(verdicts).extracting(PolicyVerdict::decision).containsExactly(new Decision.Block(null));
    }

    @Test
    void stepsThatNobodyHereServesAreLeftOut() throws Exception {
        String worker = deploy("mask", 0, node());

        List<PolicyVerdict> verdicts =
                review(worker, "fine", step("mask", "{\"word\":\"x\"}"), step("stop", "{\"word\":\"x\"}"));

        assertThat(verdicts).extracting(PolicyVerdict::kind).containsExactly("mask");
    }

    @Test
    void settingsAreAskedForOnceByAllWorkersOfANode() throws Exception {
        PolicyNode node = node();
        String first = deploy("mask", 0, node);
        String second = deploy("mask", 1, node);
        PolicyStep step = step("mask", "{\"word\":\"x\"}");

        List<Future<?>> asked = IntStream.range(0, 20)
                .<Future<?>>mapToObj(i -> ask(i % 2 == 0 ? first : second, "x", 5_000, step))
                .toList();
        Future.all(List.copyOf(asked)).await(5, SECONDS);

        assertThat(settingsAsked).hasValue(1);
    }

    @Test
    void settingsThatNobodyHoldsFailTheVerdict() throws Exception {
        String worker = deploy("mask", 0, node());

        PolicyVerdict verdict =
                review(worker, "x", new PolicyStep("mask", "no-such-digest")).getFirst();

        assertThat(verdict.decision()).isEqualTo(new Decision.Failed("settings_unavailable"));
        assertThat(verdict.coverage().charactersScanned()).isZero();
    }

    @Test
    void settingsWithOtherBytesThanTheirDigestSaysAreNotUsed() throws Exception {
        String worker = deploy("mask", 0, node());
        String digest = "0".repeat(64);
        bus.answer(Address.ofSettings(digest), _ -> Future.succeededFuture(new Settings(digest, Bytes.utf8("{}"))))
                .await(5, SECONDS);

        PolicyVerdict verdict =
                review(worker, "x", new PolicyStep("mask", digest)).getFirst();

        assertThat(verdict.decision()).isEqualTo(new Decision.Failed("settings_unavailable"));
    }

    @Test
    void aPolicyThatThrowsFailsTheVerdictAndTheWorkerGoesOn() throws Exception {
        String worker = deploy("stop", 0, node());
        PolicyStep step = step("stop", "{\"word\":\"x\"}");

        PolicyVerdict thrown = review(worker, WordPolicy.THROW, step).getFirst();
        PolicyVerdict after = review(worker, "fine", step).getFirst();

        assertThat(thrown.decision()).isEqualTo(new Decision.Failed("IllegalStateException"));
        assertThat(after.reason()).isEqualTo("clean");
    }

    @Test
    void moreCallsThanTheCapacityAreRefusedAsOverloaded() throws Exception {
        String worker = deploy("stop", 0, node(limits(2, 10, Duration.ofMinutes(1))));
        PolicyStep step = step("stop", "{\"word\":\"x\"}");

        var refused = new CompletableFuture<Void>();
        WordPolicy.largeTextsWaitFor(refused);

        List<Future<List<PolicyVerdict>>> asked = IntStream.range(0, 5)
                .mapToObj(n -> ask(worker, n < 2 ? "fine ".repeat(20_000) : "fine", 5_000, step))
                .toList();
        Future.all(List.<Future<?>>copyOf(asked.subList(2, 5))).await(5, SECONDS);
        refused.complete(null);
        Future.all(List.<Future<?>>copyOf(asked)).await(5, SECONDS);

        assertThat(asked)
                .extracting(answer -> answer.result().getFirst().decision())
                .containsExactly(
                        new Decision.Allow(),
                        new Decision.Allow(),
                        new Decision.Failed("overloaded"),
                        new Decision.Failed("overloaded"),
                        new Decision.Failed("overloaded"));
    }

    @Test
    void aLargeTextDoesNotHoldSmallOnesUp() throws Exception {
        String worker = deploy("stop", 0, node());
        PolicyStep step = step("stop", "{\"word\":\"x\"}");
        review(worker, "fine", step);
        var released = new CompletableFuture<Void>();
        WordPolicy.largeTextsWaitFor(released);

        Future<List<PolicyVerdict>> large = ask(worker, "y".repeat(70_000), 5_000, step);
        List<PolicyVerdict> small = review(worker, "fine", step);
        boolean largeWasStillAtWork = !large.isComplete();
        released.complete(null);

        assertThat(small).extracting(PolicyVerdict::reason).containsExactly("clean");
        assertThat(largeWasStillAtWork).isTrue();
        assertThat(large.await(5, SECONDS)).extracting(PolicyVerdict::reason).containsExactly("clean");
    }

    @Test
    void underLoadTheQueueTheBusyShareAndTheLatencyAreTrueInTheMetricsAndInPresence() throws Exception {
        BlockingQueue<PresenceEvent> heard = new LinkedBlockingQueue<>();
        bus.listen(Address.PRESENCE, heard::add).await(5, SECONDS);
        String worker = deploy("stop", 0, node());
        PolicyStep step = step("stop", "{\"word\":\"x\"}");

        List<Future<?>> asked = new ArrayList<>();
        until(
                () -> { // 200 reviews of two milliseconds wait, whatever is done meanwhile
                    while (asked.stream().filter(one -> !one.isComplete()).count() < 200) {
                        asked.add(ask(worker, WordPolicy.SLOW, 5_000, step));
                    }
                    return gauge("busy.share") > 0.5 && gauge("queue.depth") > 10 && gauge("p99.seconds") > 0.02;
                });
        WorkerPresent loaded = heardUntil(heard, present -> present.busyShare() > 0.5 && present.queueDepth() > 10);
        Future.all(asked).await(10, SECONDS);
        WorkerPresent idle = heardUntil(heard, present -> present.busyShare() == 0);

        assertThat(loaded.p99Micros()).isGreaterThan(20_000);
        assertThat(loaded.outstanding()).isBetween(loaded.queueDepth(), 200);
        assertThat(idle.queueDepth()).isZero();
        assertThat(gauge("queue.depth")).isZero();
        assertThat(gauge("busy.share")).isZero();
        assertThat(gauge("workers")).isOne();
    }

    private double gauge(String name) {
        return registry.get("keeptrusts.policy." + name)
                .tag("kind", "stop")
                .gauge()
                .value();
    }

    private static WorkerPresent heardUntil(BlockingQueue<PresenceEvent> heard, Predicate<WorkerPresent> wanted)
            throws InterruptedException {
        while (true) {
            PresenceEvent event = heard.poll(10, SECONDS);
            if (!(event instanceof WorkerPresent present)) {
                throw new AssertionError("heard " + event + " (expected: the worker)");
            }
            if (wanted.test(present)) {
                return present;
            }
        }
    }

    @Test
    void aWorkerAnnouncesItselfAndSaysFarewell() throws Exception {
        BlockingQueue<PresenceEvent> heard = new LinkedBlockingQueue<>();
        bus.listen(Address.PRESENCE, heard::add).await(5, SECONDS);
        var verticle = new PolicyVerticle(new PolicyOptions("mask", 3, node()));

        String deployment = vertx.deployVerticle(verticle).await(5, SECONDS);
        PresenceEvent arrival = heard.poll(5, SECONDS);
        vertx.undeploy(deployment).await(5, SECONDS);
        PresenceEvent farewell = heard.poll(5, SECONDS);

        assertThat(arrival).isInstanceOfSatisfying(WorkerPresent.class, worker -> {
            assertThat(worker.address()).isEqualTo("policy.mask.node-1.3");
            assertThat(worker.role()).isEqualTo(Role.POLICY);
            assertThat(worker.kind()).isEqualTo("mask");
            assertThat(worker.capacity()).isEqualTo(PolicyLimits.DEFAULT.capacity());
        });
        assertThat(farewell).isEqualTo(new WorkerLeaving("policy.mask.node-1.3", "node-1"));
        assertThatThrownBy(() -> review("policy.mask.node-1.3", "x", step("mask", "{\"word\":\"x\"}")))
                .isInstanceOf(BusException.class);
    }

    @Test
    void aStreamIsReleasedPieceByPieceAndEndsWithItsVerdict() throws Exception {
        String worker = deploy("mask", 0, node());
        open(worker, step("mask", "{\"word\":\"secret\"}"));

        StreamReleased first = feed(worker, 0, "a sec", false);
        StreamReleased last = feed(worker, 1, "ret!", true);

        assertThat(first.verdict()).isNull();
        assertThat(first.releases()).isEmpty();
        assertThat(last.releases()).singleElement().satisfies(release -> {
            assertThat(release.upTo()).isEqualTo(9);
            assertThat(release.edits()).hasSize(1);
        });
        assertThat(last.verdict())
                .isNotNull()
                .satisfies(verdict -> assertThat(verdict.reason()).isEqualTo("masked"));
    }

    @Test
    void aMissingPieceFailsTheStream() throws Exception {
        String worker = deploy("mask", 0, node());
        open(worker, step("mask", "{\"word\":\"secret\"}"));

        StreamReleased released = feed(worker, 1, "b", false);

        assertThat(decision(released)).isEqualTo(new Decision.Failed("stream_gap"));
        assertThat(decision(feed(worker, 2, "c", false))).isEqualTo(new Decision.Failed("stream_unknown"));
    }

    @Test
    void noMoreStreamsAreOpenedThanTheBound() throws Exception {
        String worker = deploy("mask", 0, node(limits(10, 1, Duration.ofMinutes(1))));
        PolicyStep step = step("mask", "{\"word\":\"x\"}");
        open(worker, step);

        assertThatThrownBy(() -> bus.ask(
                                Address.ofStreamOpen(worker),
                                new StreamOpen("r-2", Deadline.in("asker", 5_000), step),
                                LIMIT)
                        .await(5, SECONDS))
                .isInstanceOf(BusException.class);
    }

    @Test
    void anIdleStreamIsForgotten() throws Exception {
        PolicyNode node = node(limits(10, 1, Duration.ofMillis(50)));
        String worker = deploy("mask", 0, node);
        open(worker, step("mask", "{\"word\":\"x\"}"));

        until(() -> node.pool("mask").openStreams() == 0);

        assertThat(decision(feed(worker, 0, "b", false))).isEqualTo(new Decision.Failed("stream_unknown"));
    }

    @Test
    void aLeavingWorkerFinishesItsStreams() throws Exception {
        PolicyNode node = node();
        var verticle = new PolicyVerticle(new PolicyOptions("mask", 0, node));
        String deployment = vertx.deployVerticle(verticle).await(5, SECONDS);
        String worker = "policy.mask.node-1.0";
        open(worker, step("mask", "{\"word\":\"secret\"}"));

        Future<Void> undeployed = vertx.undeploy(deployment);
        StreamReleased last = feed(worker, 0, "a secret", true);

        assertThat(last.verdict()).isNotNull();
        undeployed.await(5, SECONDS);
    }

    @Test
    void aStreamThatIsGivenUpIsForgotten() throws Exception {
        PolicyNode node = node();
        String worker = deploy("mask", 0, node);
        open(worker, step("mask", "{\"word\":\"secret\"}"));

        bus.tell(Address.ofStreamClose(worker), new StreamClose("r-1", "mask"));

        until(() -> node.pool("mask").openStreams() == 0);
        assertThat(registry.get("keeptrusts.policy.streams.open").gauge().value())
                .isZero();
    }

    @Test
    void whatAWorkerDoesItDoesOnOneThreadAlthoughItWarmsUpWithItsNeighbours() throws Exception {
        PolicyNode node = node();
        List<Future<String>> deployed = IntStream.range(0, 4)
                .mapToObj(n -> vertx.deployVerticle(new PolicyVerticle(new PolicyOptions("thread", n, node))))
                .toList();
        Future.all(deployed).await(5, SECONDS);
        PolicyStep step = step("thread", "{}");

        for (int n = 0; n < 4; n++) {
            String worker = Address.policyWorker("thread", "node-1", n);
            String reviewed = review(worker, "x", step).getFirst().reason();
            open(worker, step);
            PolicyVerdict last = feed(worker, "thread", 0, "x", true).verdict();
            assertThat(last).isNotNull();
            assertThat(last.reason()).as(worker).isEqualTo(reviewed);
        }
    }

    private PolicyNode node() {
        return node(PolicyLimits.DEFAULT);
    }

    private PolicyNode node(PolicyLimits limits) {
        return new PolicyNode("node-1", PolicyCatalog.installed(), registry, "test", limits);
    }

    private static PolicyLimits limits(int capacity, int streams, Duration idle) {
        return new PolicyLimits(capacity, streams, idle, Duration.ofSeconds(1), 64 * 1_024, 1);
    }

    private String deploy(String kind, int n, PolicyNode node) throws Exception {
        vertx.deployVerticle(new PolicyVerticle(new PolicyOptions(kind, n, node)))
                .await(5, SECONDS);
        return Address.policyWorker(kind, "node-1", n);
    }

    private PolicyStep step(String kind, String json) throws Exception {
        Bytes bytes = Bytes.utf8(json);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        bus.answer(Address.ofSettings(digest), _ -> {
                    settingsAsked.incrementAndGet();
                    return Future.succeededFuture(new Settings(digest, bytes));
                })
                .await(5, SECONDS);
        return new PolicyStep(kind, digest);
    }

    private List<PolicyVerdict> review(String worker, String text, PolicyStep... steps) throws Exception {
        return ask(worker, text, 5_000, steps).await(5, SECONDS);
    }

    private Future<List<PolicyVerdict>> ask(String worker, String text, long millis, PolicyStep... steps) {
        var part = new TextPart(0, 0, Channel.USER, "messages[0].content", new UserText(text));
        var call = new PolicyCall("r-1", Deadline.in("asker", millis), Phase.INPUT, List.of(steps), List.of(part));
        return bus.ask(Address.ofPolicy(worker), call, LIMIT).map(answer -> answer.verdicts());
    }

    private void open(String worker, PolicyStep step) throws Exception {
        bus.ask(Address.ofStreamOpen(worker), new StreamOpen("r-1", Deadline.in("asker", 5_000), step), LIMIT)
                .await(5, SECONDS);
    }

    private StreamReleased feed(String worker, long seq, String text, boolean end) throws Exception {
        return feed(worker, "mask", seq, text, end);
    }

    private StreamReleased feed(String worker, String kind, long seq, String text, boolean end) throws Exception {
        var piece = new StreamText(
                "r-1",
                Deadline.in("asker", 5_000),
                kind,
                seq,
                List.of(new TrackText(CONTENT, new UserText(text))),
                end);
        return bus.ask(Address.ofStreamText(worker), piece, LIMIT).await(5, SECONDS);
    }

    private static Decision decision(StreamReleased released) {
        PolicyVerdict verdict = released.verdict();
        assertThat(verdict).isNotNull();
        return verdict.decision();
    }

    /** Turns with the event loop until the condition holds; the test's own time limit ends a vain wait. */
    private void until(java.util.function.BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            vertx.timer(5).await(5, SECONDS);
        }
    }
}
