package com.keeptrusts.gateway.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Attempt;
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
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.Usage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A provider worker that does what a test tells it, on the real bus. */
final class FakeProvider {

    static final Usage USAGE = new Usage(10, 20, 30, 0, 0);

    final BlockingQueue<CompletionCall> calls = new LinkedBlockingQueue<>();
    final BlockingQueue<Cancel> cancels = new LinkedBlockingQueue<>();
    final BlockingQueue<Credit> credits = new LinkedBlockingQueue<>();

    private final Bus bus;
    private final String address;
    private volatile Consumer<Line> script = line -> line.json("{}");
    private volatile CallAnswer answer;
    private volatile boolean deaf;

    private FakeProvider(Bus bus, String address) {
        this.bus = bus;
        this.address = address;
        this.answer = new CallAnswer.CallAccepted(address);
    }

    static FakeProvider start(Vertx vertx, String node, int n) throws Exception {
        Bus bus = Bus.of(vertx);
        var provider = new FakeProvider(bus, Address.providerWorker(node, n));
        bus.answer(Address.ofProvider(provider.address), provider::take).await(5, SECONDS);
        bus.listen(Address.ofCancel(provider.address), provider.cancels::add).await(5, SECONDS);
        bus.listen(Address.ofCredit(provider.address), provider.credits::add).await(5, SECONDS);
        Presence.announce(
                vertx,
                () -> new WorkerPresent(
                        provider.address, Role.PROVIDER, "provider", node, 100, 0, 0, 0, 0, "", "test"));
        return provider;
    }

    void does(Consumer<Line> whatToDo) {
        script = whatToDo;
    }

    /** Takes calls up and neither says so nor does anything. */
    void isDeaf() {
        deaf = true;
    }

    void refuses(Failure failure) {
        answer = new CallAnswer.CallRefused(failure);
    }

    CompletionCall call() throws InterruptedException {
        CompletionCall call = calls.poll(5, SECONDS);
        if (call == null) {
            throw new AssertionError("the provider was not asked");
        }
        return call;
    }

    Cancel cancel() throws InterruptedException {
        Cancel cancel = cancels.poll(5, SECONDS);
        if (cancel == null) {
            throw new AssertionError("nothing was cancelled");
        }
        return cancel;
    }

    private Future<CallAnswer> take(CompletionCall call) {
        calls.add(call);
        if (deaf) {
            return Promise.<CallAnswer>promise().future();
        }
        CallAnswer given = answer;
        if (given instanceof CallAnswer.CallAccepted) {
            script.accept(new Line(bus, call));
        }
        return Future.succeededFuture(given);
    }

    /** Sends the events of one call, numbered. */
    static final class Line {
        private final Bus bus;
        final CompletionCall call;
        private long seq;

        Line(Bus bus, CompletionCall call) {
            this.bus = bus;
            this.call = call;
        }

        void json(String body) {
            started(false);
            frame(body, true, List.of(), end(null));
        }

        void started(boolean stream) {
            send(new CompletionStarted(
                    call.requestId(),
                    call.epoch(),
                    seq,
                    200,
                    stream,
                    List.of(
                            new Header("content-type", stream ? "text/event-stream" : "application/json"),
                            new Header("x-ratelimit-limit-requests-day", "1000"),
                            new Header("x-request-id", "theirs")),
                    "cerebras-llama",
                    "cerebras",
                    "llama-3.3-70b",
                    1000));
        }

        void events(String text) {
            frame(text, false, List.of(), null);
        }

        void last(String text) {
            frame(text, true, List.of(), end(null));
        }

        void breaks(Failure failure) {
            frame("", false, List.of(), end(failure));
        }

        void frame(String text, boolean terminal, List<EventTexts> texts, @Nullable CompletionEnd end) {
            send(new CompletionFrame(call.requestId(), call.epoch(), seq, 1, terminal, Bytes.utf8(text), texts, end));
        }

        void fails(Failure failure) {
            send(new CompletionFailed(call.requestId(), call.epoch(), seq, failure, List.of(attempt()), List.of()));
        }

        void skip() {
            seq++;
        }

        static CompletionEnd end(@Nullable Failure failure) {
            return new CompletionEnd(failure, USAGE, List.of("stop"), List.of(attempt()), 2000);
        }

        private static Attempt attempt() {
            return new Attempt("cerebras-llama", "cerebras", "llama-3.3-70b", 0, 200, 900, null, 0);
        }

        private void send(CompletionEvent event) {
            seq++;
            bus.tell(Address.ofIngress(call.replyTo()), event);
        }
    }
}
