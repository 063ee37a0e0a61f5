package com.keeptrusts.gateway.provider;

import static com.keeptrusts.gateway.provider.Conductor.providers;
import static com.keeptrusts.gateway.provider.Conductor.target;
import static com.keeptrusts.gateway.provider.ScriptedUpstream.SSE_HEAD;
import static com.keeptrusts.gateway.provider.Streams.DONE;
import static com.keeptrusts.gateway.provider.Streams.FINISH;
import static com.keeptrusts.gateway.provider.Streams.token;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFailed;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Credit;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.Window;
import com.keeptrusts.gateway.provider.Conductor.Answer;
import com.keeptrusts.gateway.provider.ScriptedUpstream.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ProviderVerticleTest {

    private static final String BODY = "{\"model\":\"m\"}";

    private Vertx vertx;
    private ScriptedUpstream upstream;

    @BeforeEach
    void start(Vertx given) throws Exception {
        vertx = given;
        upstream = ScriptedUpstream.start(vertx);
    }

    @Test
    void withoutRoomNothingMoreIsSent() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = windowed(conductor.call(BODY, true), new Window(2, 1_000_000));
        conductor.ask(call);
        Exchange exchange = upstream.next().write(SSE_HEAD + token("a"));
        assertThat(conductor.next()).isInstanceOf(CompletionStarted.class);
        assertThat(frame(conductor)).isEqualTo(token("a"));
        exchange.write(token("b"));
        assertThat(frame(conductor)).isEqualTo(token("b"));

        exchange.write(token("c"));
        assertThat(conductor.rest()).isEmpty();
        conductor.credit(call, 1, 0);

        assertThat(frame(conductor)).isEqualTo(token("c"));
        conductor.cancel(call);
    }

    @Test
    void creditsThatTheBusHasLostAreMadeUpForByTheNextTotals_N17() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = windowed(conductor.call(BODY, true), new Window(1, 1_000_000));
        conductor.ask(call);
        Exchange exchange = upstream.next().write(SSE_HEAD + token("a"));
        assertThat(conductor.next()).isInstanceOf(CompletionStarted.class);
        assertThat(frame(conductor)).isEqualTo(token("a"));
        exchange.write(token("b"));

        conductor.tell(new Credit(call.requestId(), 0, 0, 0, Conductor.INGRESS, 2, 200));
        assertThat(frame(conductor)).isEqualTo(token("b"));
        exchange.write(token("c"));
        assertThat(frame(conductor)).isEqualTo(token("c"));

        conductor.tell(new Credit(call.requestId(), 0, 2, 200, null, 2, 200)); // late, or once more
        exchange.write(token("d"));
        assertThat(conductor.rest()).isEmpty();
        conductor.cancel(call);
    }

    @Test
    void anEventLargerThanTheWholeWindowStillMoves() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = windowed(conductor.call(BODY, true), new Window(64, 10));
        conductor.ask(call);
        upstream.next()
                .write(SSE_HEAD + token("x".repeat(300_000)) + FINISH + DONE)
                .end();

        assertThat(conductor.answer(call).text()).isEqualTo(token("x".repeat(300_000)) + FINISH + DONE);
    }

    @Test
    void aStalledReaderPausesTheTargetAndHoldsLittle() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = windowed(conductor.call(BODY, true), new Window(64, 64 * 1024));
        conductor.ask(call);
        Exchange exchange = upstream.next();
        exchange.write(SSE_HEAD + token("a"));
        String block = token("y".repeat(1_000)).repeat(1_000);
        for (int i = 0; i < 32; i++) {
            exchange.socket().write(block);
        }
        long sent = 0;
        conductor.next();
        while (sent < 64 * 1024) {
            sent += frame(conductor).length();
        }

        long more = conductor.rest().stream()
                .mapToLong(event ->
                        event instanceof CompletionFrame frame ? frame.bytes().length() : 0)
                .sum();

        assertThat(sent + more).isLessThan(1024 * 1024);
        assertThat(exchange.socket().writeQueueFull()).isTrue();
        conductor.cancel(call);
        exchange.awaitClose();
    }

    @Test
    void aCancellationClosesTheConnectionAtOnceAndNothingMoreIsSent() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = conductor.call(BODY, true);
        conductor.ask(call);
        Exchange exchange = upstream.next().write(SSE_HEAD + token("a"));
        conductor.next();
        conductor.next();

        long cancelled = System.nanoTime();
        conductor.cancel(call);
        long closed = exchange.awaitClose();

        assertThat(Duration.ofNanos(closed - cancelled)).isLessThan(Duration.ofMillis(50));
        assertThat(conductor.rest()).isEmpty();
        assertThat(conductor.board.report().getFirst().inFlight()).isZero();
    }

    @Test
    void aCancellationBeforeTheHeadersClosesTheConnectionToo() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = conductor.call(BODY, false);
        conductor.ask(call);
        Exchange exchange = upstream.next();

        conductor.cancel(call);

        exchange.awaitClose();
        assertThat(conductor.rest()).isEmpty();
    }

    @Test
    void aCancellationThatOvertakesItsCallWins() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = conductor.call(BODY, true);
        conductor.cancel(call);

        conductor.ask(call);

        assertThat(conductor.rest()).isEmpty();
        assertThat(upstream.isIdle()).isTrue();
    }

    @Test
    void theCallsOfAnIngressThatLeftAreGivenUp() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = conductor.call(BODY, true);
        conductor.ask(call);
        Exchange exchange = upstream.next();

        Bus.of(vertx).publish(Address.PRESENCE, new WorkerLeaving(Conductor.INGRESS, "n"));

        exchange.awaitClose();
    }

    @Test
    void whoAsksAboutACallIsToldWhenItIsNotKnownAnyMore() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall running = conductor.call(BODY, true);
        conductor.ask(running);
        Exchange exchange = upstream.next();

        conductor.asksAbout(running);
        CompletionCall ended = conductor.call(BODY, true);
        conductor.asksAbout(ended);

        var answer = (CompletionFailed) Objects.requireNonNull(conductor.events.poll(5, SECONDS));
        assertThat(answer.requestId()).isEqualTo(ended.requestId());
        assertThat(answer.failure().code()).isEqualTo(ErrorCode.WORKER_LOST);
        conductor.cancel(running);
        exchange.awaitClose();
        assertThat(conductor.rest()).isEmpty();
    }

    @Test
    void theCallsOfAnIngressWhoseNodeIsGoneAreGivenUpAtOnce() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = conductor.call(BODY, true);
        conductor.ask(call);
        Exchange exchange = upstream.next();
        long asked = System.nanoTime();

        conductor.nodeLeft("another");
        conductor.nodeLeft("n");

        assertThat(Duration.ofNanos(exchange.awaitClose() - asked)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void theCallsOfAnIngressThatFellSilentAreGivenUp() throws Exception {
        Conductor conductor = conductor(0);
        conductor.stopAnnouncing();
        CompletionCall call = conductor.call(BODY, true);
        conductor.ask(call);
        Exchange exchange = upstream.next();
        long asked = System.nanoTime();

        long closed = exchange.awaitClose();

        assertThat(Duration.ofNanos(closed - asked)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void theHardLimitHoldsAndWaitersAreServedInTurn() throws Exception {
        Conductor conductor = conductor(1);
        CompletionCall one = conductor.call(BODY, false);
        CompletionCall two = conductor.call(BODY, false);
        conductor.ask(one);
        conductor.ask(two);
        Exchange exchange = upstream.next();
        assertThat(conductor.rest()).isEmpty();
        assertThat(upstream.isIdle()).isTrue();
        assertThat(conductor.board.report().getFirst().waiting()).isEqualTo(1);

        exchange.json(200, "", "{\"choices\":[]}");
        assertThat(conductor.answer(one).end().failure()).isNull();
        upstream.next().json(200, "", "{\"choices\":[]}");

        assertThat(conductor.answer(two).end().failure()).isNull();
    }

    @Test
    void whoWaitsTooLongIsRefusedWithAHint() throws Exception {
        Conductor conductor = conductor(1);
        conductor.ask(conductor.call(BODY, false));
        upstream.next();
        CompletionCall waiting = within(conductor.call(BODY, false), 100);
        conductor.ask(waiting);

        Failure failure = conductor.answer(waiting).failed().failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.GATEWAY_OVERLOADED);
        assertThat(Objects.requireNonNull(failure.retryAfterMillis())).isBetween(1_000L, 3_000L);
    }

    @Test
    void tooManyWaitersAreRefusedAtOnce() throws Exception {
        Conductor conductor = conductor(1);
        for (int i = 0; i < 20; i++) {
            conductor.ask(conductor.call(BODY, false));
        }

        for (int i = 0; i < 3; i++) {
            assertThat(((CompletionFailed) conductor.next()).failure().code()).isEqualTo(ErrorCode.GATEWAY_OVERLOADED);
        }

        assertThat(conductor.board.report().getFirst().inFlight()).isEqualTo(1);
        assertThat(conductor.board.report().getFirst().waiting()).isEqualTo(16);
    }

    @Test
    void oneUpstreamMayStandForEveryTargetAndNeedsNoKey() throws Exception {
        Conductor conductor = Conductor.redirected(
                vertx,
                "{\"providers\":{\"targets\":[{\"id\":\"c\",\"provider\":\"cerebras:chat:m\"}]}}",
                "http://127.0.0.1:" + upstream.port() + "/v1");
        CompletionCall call = conductor.call(BODY, false);
        conductor.ask(call);

        Exchange exchange = upstream.next().json(200, "", "{\"choices\":[]}");

        assertThat(exchange.request())
                .startsWith("POST /v1/chat/completions ")
                .contains("authorization: Bearer unused");
        assertThat(conductor.answer(call).started().target()).isEqualTo("c");
    }

    @Test
    void settingsThatNobodyHasAreAnError() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = conductor.call(BODY, false);

        Answer answer = conductor.complete(withDigest(call, "unknown"));

        assertThat(answer.failed().failure().code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void theWorkerIsPresent() throws Exception {
        Bus.prepare(vertx);
        var heard = new LinkedBlockingQueue<PresenceEvent>();
        Bus.of(vertx).listen(Address.PRESENCE, heard::add).await(5, SECONDS);
        Conductor.prepared(vertx, providers(target("c", "cerebras:chat:m", upstream.port(), ""), ""));

        WorkerPresent present = (WorkerPresent) heard.poll(5, SECONDS);

        assertThat(present).isNotNull();
        assertThat(present.address()).isEqualTo("provider.n.0");
        assertThat(present.role()).isEqualTo(Role.PROVIDER);
        assertThat(present.kind()).isEqualTo("provider");
        assertThat(present.capacity()).isEqualTo(512);
    }

    @Test
    void aStoppedWorkerFinishesWhatItHasAndTakesNoMore() throws Exception {
        Conductor conductor = conductor(0);
        CompletionCall call = windowed(conductor.call(BODY, true), new Window(1, 1));
        conductor.ask(call);
        Exchange exchange = upstream.next().write(SSE_HEAD + token("a"));
        conductor.next();

        Future<Void> stopped = vertx.undeploy(conductor.deployment);
        exchange.write(token("b") + FINISH + DONE).end();
        Answer answer = new Answer(1);
        while (!answer.isComplete()) {
            CompletionFrame frame = (CompletionFrame) conductor.next();
            answer.add(frame);
            conductor.credit(call, 1, frame.bytes().length());
        }
        stopped.await(5, SECONDS);

        assertThat(answer.text()).isEqualTo(token("a") + token("b") + FINISH + DONE);
        assertThat(answer.end().failure()).isNull();
    }

    private Conductor conductor(int maxConcurrency) throws Exception {
        return Conductor.of(
                vertx,
                providers(target("c", "cerebras:chat:m", upstream.port(), ""), ""),
                Conductor.KEYS,
                maxConcurrency);
    }

    private static String frame(Conductor conductor) throws Exception {
        return ((CompletionFrame) conductor.next()).bytes().toUtf8();
    }

    private static CompletionCall windowed(CompletionCall call, Window window) {
        return with(call, call.deadline(), call.settingsDigest(), window);
    }

    private static CompletionCall within(CompletionCall call, int millis) {
        return with(call, Deadline.in("n", millis), call.settingsDigest(), call.window());
    }

    private static CompletionCall withDigest(CompletionCall call, String digest) {
        return with(call, call.deadline(), digest, call.window());
    }

    private static CompletionCall with(CompletionCall call, Deadline deadline, String digest, Window window) {
        return new CompletionCall(
                call.requestId(),
                call.epoch(),
                deadline,
                call.totalMillis(),
                call.replyTo(),
                call.endpoint(),
                digest,
                call.model(),
                call.stream(),
                call.includeUsage(),
                call.extractText(),
                call.headers(),
                call.body(),
                window,
                call.maxResponseBytes());
    }
}
