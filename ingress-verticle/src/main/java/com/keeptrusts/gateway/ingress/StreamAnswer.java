package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.CompletionEnd;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.TextLiteral;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes a streamed answer on as it comes. The terminal part waits until the end has come and its outcome is recorded;
 * a failure after the first byte becomes the error frame. Completes when the response has ended; fails with
 * {@link Refused} while it can still have a status of its own.
 */
final class StreamAnswer implements CompletionListener, OutputPipeline.Sink, Heartbeat.Beat {

    private static final int MOST_CHOICES = 128;

    private final Journey journey;
    private final SseWriter out;
    private final Conclusions conclusions;
    private final IngressTimings timings;
    private final CreditAccount credits = new CreditAccount();
    private final Promise<Void> done;
    private final Buffer tail = Buffer.buffer();
    private final BitSet choices = new BitSet();
    private @Nullable Completion completion;
    private @Nullable OutputPipeline pipeline;
    private @Nullable Failure brokenOff;
    private long received;
    private boolean closing;

    StreamAnswer(Journey journey, SseWriter out, Conclusions conclusions, IngressTimings timings, Promise<Void> done) {
        this.journey = journey;
        this.out = out;
        this.conclusions = conclusions;
        this.timings = timings;
        this.done = done;
    }

    /** The call whose answer this is. */
    void of(Completion call) {
        completion = call;
    }

    /** Everything is to be reviewed before it leaves. */
    void through(OutputPipeline policies) {
        pipeline = policies;
    }

    @Override
    public void lost(Attempt attempt) {
        journey.attemptLost(attempt);
    }

    @Override
    public void started(CompletionStarted event) {
        journey.starts(event);
        if (!event.stream()) {
            cancel("not_a_stream");
            breakOff(
                    Failure.of(ErrorCode.UPSTREAM_INVALID_STREAM, "The target did not stream though it was asked to."));
            return;
        }
        out.head(event.status());
    }

    @Override
    public void frame(CompletionFrame event) {
        if (closing) {
            return;
        }
        received += event.bytes().length();
        if (received > journey.config().sizeLimits().maxResponseBytes()) {
            cancel("too_large");
            breakOff(Failure.of(ErrorCode.UPSTREAM_ERROR, "answer: larger than size_limits.max_response_bytes"));
            return;
        }
        CompletionEnd end = event.end();
        if (end != null) {
            journey.ends(end);
        } else {
            credits.owe(event.bytes().length());
        }
        pass(event);
        if (end != null && !closing) {
            end(end);
        }
        settle();
    }

    @Override
    public void failed(Failure failure, List<Attempt> attempts, List<Header> headers) {
        journey.refusedWith(headers);
        if (!attempts.isEmpty()) {
            journey.attempted(attempts);
        }
        lose(failure);
    }

    /** Nothing more comes; what has come is reviewed and leaves first. */
    private void lose(Failure failure) {
        OutputPipeline policies = pipeline;
        if (closing || policies == null || received == 0) {
            breakOff(failure);
            return;
        }
        brokenOff = failure;
        try {
            policies.end();
        } catch (RuntimeException again) { // it may be what failed
            breakOff(failure);
        }
    }

    @Override
    public void leaving(List<StreamEvent> events) {
        if (closing) {
            return;
        }
        Buffer now = Buffer.buffer();
        for (StreamEvent event : events) {
            boolean waits = event.terminal() || tail.length() > 0;
            (waits ? tail : now).appendBytes(event.bytes().array(), event.start(), event.length());
        }
        if (now.length() > 0) {
            out.write(now);
        }
        settle();
    }

    @Override
    public void ended() {
        Failure failure = brokenOff;
        if (failure != null) {
            breakOff(failure);
        } else {
            finish(tail, Outcome.complete(status()));
        }
    }

    @Override
    public void stopped(PolicyVerdict verdict) {
        cancel("output_blocked");
        ErrorCode code = Verdicts.stopped(Phase.OUTPUT, journey.endpoint(), verdict)
                .failure()
                .code();
        Buffer last = BlockedChunk.of(journey, choices);
        finish(last, new Outcome(status(), code.wire(), EndedBy.POLICY));
    }

    @Override
    public void refused(Refused refused) {
        cancel("policy");
        breakOff(refused);
    }

    @Override
    public void beat(long nowNanos) {
        out.keepAlive(nowNanos, timings.comment().toNanos());
        if (out.stalledNanos(nowNanos) > timings.clientStall().toNanos()) {
            cancel("client_too_slow");
            conclusions.conclude(journey, Outcome.clientLeft(status(), "client_too_slow"));
            closing = true;
            out.reset();
            done.tryFail(new Gone());
        }
    }

    /** The node cannot wait for the end. */
    void cutShort() {
        cancel("shutting_down");
        breakOff(Failure.of(ErrorCode.SHUTTING_DOWN, "This node is shutting down."));
    }

    /** The client is gone; nothing is left to do but to say so. */
    void abandon() {
        closing = true;
        cancel("client_disconnected");
        done.tryFail(new Gone());
    }

    private void pass(CompletionFrame event) {
        OutputPipeline policies = pipeline;
        if (policies != null) {
            review(policies, event);
        } else if (event.terminal() || tail.length() > 0) {
            tail.appendBytes(event.bytes().array());
        } else if (event.bytes().length() > 0) {
            out.write(event.bytes().toBuffer());
        }
    }

    private void review(OutputPipeline policies, CompletionFrame event) {
        if (event.bytes().length() == 0) {
            return;
        }
        if (StreamEvent.unreadable(event)) {
            cancel("unreadable");
            breakOff(Failure.of(
                    ErrorCode.UPSTREAM_INVALID_STREAM, "The target sent an event that no policy could read."));
            return;
        }
        List<StreamEvent> events = StreamEvent.of(event);
        events.forEach(this::noteChoices);
        policies.accept(events);
    }

    private void noteChoices(StreamEvent event) {
        for (TextLiteral text : event.literals()) {
            int choice = text.track().choice();
            if (choice >= 0 && choice < MOST_CHOICES) {
                choices.set(choice);
            }
        }
    }

    /** What came before the end is reviewed and leaves first, also where the end is a failure. */
    private void end(CompletionEnd end) {
        brokenOff = end.failure();
        if (pipeline != null) {
            pipeline.end();
        } else {
            ended();
        }
    }

    private void breakOff(Failure failure) {
        breakOff(new Refused(failure));
    }

    private void breakOff(Refused refused) {
        if (closing) {
            return;
        }
        closePipeline();
        if (!out.begun()) {
            closing = true;
            done.tryFail(refused);
            return;
        }
        var error = new ErrorBody(refused, journey.config().gateway().blockStatus());
        finish(
                error.frame().toBuffer(),
                Outcome.broken(status(), error, refused.failure().code()));
    }

    private void finish(Buffer last, Outcome outcome) {
        if (closing) {
            return;
        }
        closing = true;
        closePipeline();
        out.commit(last);
        conclusions.conclude(journey, outcome).onComplete(recorded -> {
            if (journey.left()) {
                done.tryFail(new Gone());
            } else if (recorded.succeeded()) {
                out.end(last).onComplete(done);
            } else {
                unrecorded(recorded.cause());
            }
        });
    }

    /** An answer that the ledger does not know must not look like a success. */
    private void unrecorded(Throwable cause) {
        if (!(cause instanceof Refused refused)) {
            out.reset();
            done.tryFail(cause);
        } else if (!out.begun()) {
            done.tryFail(refused);
        } else {
            var error = new ErrorBody(refused, journey.config().gateway().blockStatus());
            out.end(error.frame().toBuffer()).onComplete(done);
        }
    }

    /** Lets the provider send more, as far as the client reads and the policies keep up. */
    private void settle() {
        Completion call = completion;
        if (call == null || closing || (pipeline != null && pipeline.behind())) {
            return;
        }
        if (out.full()) {
            out.onRoom(this::settle);
        } else {
            credits.payTo(call);
        }
    }

    private int status() {
        CompletionStarted started = journey.started();
        return started == null ? 0 : started.status();
    }

    private void cancel(String reason) {
        if (completion != null) {
            completion.cancel(reason);
        }
        closePipeline();
    }

    private void closePipeline() {
        if (pipeline != null) {
            pipeline.close();
        }
    }
}
