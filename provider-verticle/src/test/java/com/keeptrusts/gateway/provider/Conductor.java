package com.keeptrusts.gateway.provider;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.CallAnswer;
import com.keeptrusts.gateway.contract.Cancel;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEnd;
import com.keeptrusts.gateway.contract.CompletionEvent;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFailed;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Credit;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Endpoint;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.contract.Window;
import com.keeptrusts.gateway.provider.target.TargetBoard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Conducts calls of one provider worker over the real bus, as an ingress would. */
final class Conductor {

    static final String INGRESS = "ingress.n.0";
    static final String WORKER = Address.providerWorker("n", 0);
    static final Map<String, String> KEYS = Map.of("CEREBRAS_API_KEY", "csk-secret", "OPENAI_API_KEY", "sk-secret");

    private static final AtomicInteger DIGESTS = new AtomicInteger();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final TargetBoard board;
    final BlockingQueue<CompletionEvent> events = new LinkedBlockingQueue<>();

    private final Vertx vertx;
    private final Bus bus;
    private final String digest = "digest-" + DIGESTS.incrementAndGet();
    private final AtomicInteger requests = new AtomicInteger();
    String deployment = "";
    private @Nullable ProviderVerticle verticle;
    private long announcing;

    private Conductor(Vertx vertx, int maxConcurrency) {
        this.vertx = vertx;
        this.bus = Bus.of(vertx);
        this.board = new TargetBoard(maxConcurrency);
    }

    static Conductor of(Vertx vertx, String settings) throws Exception {
        return of(vertx, settings, KEYS, 0);
    }

    static Conductor of(Vertx vertx, String settings, Map<String, String> environment, int maxConcurrency)
            throws Exception {
        Bus.prepare(vertx);
        var conductor = new Conductor(vertx, maxConcurrency);
        conductor.begin(settings, environment, null, null);
        return conductor;
    }

    /** As {@link #of}, where the bus is prepared already. */
    static Conductor prepared(Vertx vertx, String settings) throws Exception {
        var conductor = new Conductor(vertx, 0);
        conductor.begin(settings, KEYS, null, null);
        return conductor;
    }

    /** With one place that stands for every target, and no keys. */
    static Conductor redirected(Vertx vertx, String settings, String upstream) throws Exception {
        Bus.prepare(vertx);
        var conductor = new Conductor(vertx, 0);
        conductor.begin(settings, Map.of("SOME_OTHER", "x"), null, upstream);
        return conductor;
    }

    /** With certificate authorities of the test's own. */
    static Conductor trusting(
            Vertx vertx, String settings, Map<String, String> environment, @Nullable TrustOptions trust)
            throws Exception {
        Bus.prepare(vertx);
        var conductor = new Conductor(vertx, 0);
        conductor.begin(settings, environment, trust, null);
        return conductor;
    }

    /** One target of a provider at a port of this machine. */
    static String target(String id, String provider, int port, String more) {
        return """
                {"id":"%s","provider":"%s","base_url":"http://127.0.0.1:%d"%s}""".formatted(id, provider, port, more);
    }

    static String providers(String targets, String more) {
        return """
                {"providers":{"targets":[%s]%s},"model_aliases":{}}""".formatted(targets, more);
    }

    /** What was sent, before anything is asked. */
    CompletionCall call(String body, boolean stream) {
        return new CompletionCall(
                "r-" + requests.incrementAndGet(),
                0,
                Deadline.in("n", 5_000),
                60_000,
                INGRESS,
                Endpoint.CHAT_COMPLETIONS,
                digest,
                "m",
                stream,
                false,
                false,
                List.of(),
                Bytes.utf8(body),
                Window.INITIAL,
                CompletionCall.UNLIMITED);
    }

    CallAnswer ask(CompletionCall call) throws Exception {
        return bus.ask(Address.ofProvider(WORKER), call, Duration.ofSeconds(5)).await(5, SECONDS);
    }

    /** Asks, and waits for the whole answer, giving room for every frame. */
    Answer complete(CompletionCall call) throws Exception {
        ask(call);
        return answer(call);
    }

    Answer answer(CompletionCall call) throws Exception {
        var answer = new Answer();
        while (!answer.isComplete()) {
            CompletionEvent event = next();
            answer.add(event);
            if (event instanceof CompletionFrame frame && !frame.terminal()) {
                credit(call, 1, frame.bytes().length());
            }
        }
        return answer;
    }

    CompletionEvent next() throws InterruptedException {
        return Objects.requireNonNull(events.poll(10, SECONDS), "no event within ten seconds");
    }

    /** As an ingress of a build that told no totals. */
    void credit(CompletionCall call, int frames, int bytes) {
        tell(new Credit(call.requestId(), call.epoch(), frames, bytes, null, 0, 0));
    }

    void tell(Credit credit) {
        bus.tell(Address.ofCredit(WORKER), credit);
    }

    void cancel(CompletionCall call) {
        bus.tell(Address.ofCancel(WORKER), new Cancel(call.requestId(), call.epoch(), "client gone"));
    }

    /** What the worker has sent and nobody has looked at: a call that cannot be made is answered behind it. */
    List<CompletionEvent> rest() throws Exception {
        CompletionCall last = call("[]", false);
        ask(last);
        List<CompletionEvent> rest = new ArrayList<>();
        CompletionEvent event = next();
        while (!event.requestId().equals(last.requestId())) {
            rest.add(event);
            event = next();
        }
        return rest;
    }

    private void begin(
            String settings, Map<String, String> environment, @Nullable TrustOptions trust, @Nullable String upstream)
            throws Exception {
        bus.listen(Address.ofIngress(INGRESS), events::add).await(5, SECONDS);
        bus.answer(
                        Address.ofSettings(digest),
                        call -> Future.succeededFuture(new Settings(call.digest(), Bytes.utf8(settings))))
                .await(5, SECONDS);
        var options = new ProviderOptions(
                "n", 0, environment::get, upstream, board, meters, trust, Duration.ofMillis(700), "test");
        var worker = new ProviderVerticle(options);
        verticle = worker;
        deployment = vertx.deployVerticle(worker).await(5, SECONDS);
        announcing = vertx.setPeriodic(1_000, _ -> announce());
    }

    /** As an ingress that has heard nothing for a while. */
    void asksAbout(CompletionCall call) {
        tell(new Credit(call.requestId(), call.epoch(), 0, 0, INGRESS, 0, 0));
    }

    /** What the cluster tells of its members. */
    void nodeLeft(String node) {
        Objects.requireNonNull(verticle).nodeLeft(node);
    }

    void stopAnnouncing() {
        vertx.cancelTimer(announcing);
    }

    private void announce() {
        bus.publish(
                Address.PRESENCE, new WorkerPresent(INGRESS, Role.INGRESS, "ingress", "n", 1, 0, 0, 0, 0, "", "test"));
    }

    /** What an ingress has heard of one call. */
    static final class Answer {

        final List<CompletionFrame> frames = new ArrayList<>();

        @Nullable
        CompletionStarted started;

        @Nullable
        CompletionFailed failed;

        private long seq;

        Answer() {}

        /** An answer of which the first events have been heard elsewhere. */
        Answer(long heard) {
            seq = heard;
        }

        void add(CompletionEvent event) {
            if (event.seq() != seq++) {
                throw new AssertionError("event " + event.seq() + " came as number " + (seq - 1));
            }
            switch (event) {
                case CompletionStarted start -> started = start;
                case CompletionFrame frame -> frames.add(frame);
                case CompletionFailed failure -> failed = failure;
            }
        }

        boolean isComplete() {
            return failed != null || (!frames.isEmpty() && frames.getLast().end() != null);
        }

        CompletionStarted started() {
            return Objects.requireNonNull(started, () -> "not started: " + failed);
        }

        CompletionFailed failed() {
            return Objects.requireNonNull(failed, "did not fail");
        }

        CompletionEnd end() {
            return Objects.requireNonNull(frames.getLast().end());
        }

        byte[] bytes() {
            var all = new ByteArrayOutputStream();
            frames.forEach(frame -> all.writeBytes(frame.bytes().array()));
            return all.toByteArray();
        }

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        List<String> headerNames() {
            return started().headers().stream().map(Header::name).toList();
        }
    }
}
