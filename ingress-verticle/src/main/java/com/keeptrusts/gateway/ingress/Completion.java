package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.CallAnswer;
import com.keeptrusts.gateway.contract.Cancel;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEvent;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFailed;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Credit;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One model call as the ingress sees it. Asks a provider worker, a second one when the first does not take the call up;
 * passes its events on while they are of the running attempt and without a gap; tells the provider when nobody wants
 * them any more.
 */
final class Completion {

    private static final int MOST_ASKED = 2;

    private static final long SILENCE_NANOS = Duration.ofSeconds(3).toNanos();

    /** Why a try came to nothing, as the ledger says it. */
    private static final String WORKER_LOST = "worker_lost";

    /** What one provider worker says of itself only. */
    private static final Set<ErrorCode> NOT_HERE = Set.of(ErrorCode.GATEWAY_OVERLOADED, ErrorCode.SHUTTING_DOWN);

    private final String requestId;
    private final Workers workers;
    private final Bus bus;
    private final IntFunction<CompletionCall> calls;
    private final Duration acceptLimit;
    private final Duration patience;
    private final CompletionListener listener;
    private final Runnable onOver;
    private final List<Worker> asked = new ArrayList<>(MOST_ASKED);
    private @Nullable Worker worker;
    private int epoch = -1;
    private long expected;
    private long creditedFrames;
    private long creditedBytes;
    private boolean over;
    private long beganNanos;
    private long askedNanos;
    private long heardNanos;
    private String replyTo = "";
    private @Nullable CompletionStarted started;

    /**
     * @param calls makes the call of an epoch
     * @param onOver to be told once when nothing more will come
     */
    Completion(
            String requestId,
            Workers workers,
            Bus bus,
            IntFunction<CompletionCall> calls,
            IngressTimings timings,
            CompletionListener listener,
            Runnable onOver) {
        this.requestId = requestId;
        this.workers = workers;
        this.bus = bus;
        this.calls = calls;
        this.acceptLimit = timings.providerAccept();
        this.patience = timings.workerWait();
        this.listener = listener;
        this.onOver = onOver;
    }

    void begin() {
        beganNanos = System.nanoTime();
        workers.providers().find(asked, patience).onSuccess(this::ask);
    }

    private void ask(@Nullable Worker next) {
        if (over) {
            return;
        }
        if (next == null) {
            fail(Failure.of(ErrorCode.GATEWAY_OVERLOADED, "No provider worker took the request up."));
            return;
        }
        worker = next;
        asked.add(next);
        epoch++;
        expected = 0;
        creditedFrames = 0;
        creditedBytes = 0;
        askedNanos = System.nanoTime();
        started = null;
        int asking = epoch;
        heardNanos = askedNanos;
        CompletionCall call = calls.apply(epoch);
        replyTo = call.replyTo();
        workers.ask(next, Address.ofProvider(next.address()), call, acceptLimit).onComplete(done -> {
            if (asking == epoch && !over) {
                answered(done.succeeded() ? done.result() : null, done.cause());
            }
        });
    }

    private void answered(@Nullable CallAnswer answer, @Nullable Throwable cause) {
        switch (answer) {
            case CallAnswer.CallAccepted _ -> {}
            case CallAnswer.CallRefused(Failure failure) -> {
                if (NOT_HERE.contains(failure.code()) && asked.size() < MOST_ASKED) {
                    askAnother(failure);
                } else {
                    fail(failure);
                }
            }
            case null -> {
                if (expected > 0) {
                    return; // its events came before its answer was missed
                }
                if (cause instanceof BusException) {
                    noteLost();
                    tellCancel("not_taken_up"); // it may have taken the call up after all
                    askAnother(Failure.of(ErrorCode.GATEWAY_OVERLOADED, "No provider worker took the request up."));
                } else {
                    fail(Failure.of(ErrorCode.INTERNAL_ERROR, "The request could not be passed on."));
                }
            }
        }
    }

    private void askAnother(Failure otherwise) {
        Worker other = asked.size() < MOST_ASKED ? workers.providers().best(asked) : null;
        if (other == null) {
            fail(otherwise);
        } else {
            ask(other);
        }
    }

    void accept(CompletionEvent event) {
        if (over || event.epoch() != epoch || event.seq() < expected) {
            return; // late news of a dead attempt, or news twice
        }
        if (event.seq() > expected) {
            tellCancel("gap");
            fail(Failure.of(ErrorCode.WORKER_LOST, "A part of the answer was lost on its way."));
            return;
        }
        expected++;
        heardNanos = System.nanoTime();
        switch (event) {
            case CompletionStarted begun -> {
                started = begun;
                listener.started(begun);
            }
            case CompletionFailed failed -> {
                end();
                listener.failed(failed.failure(), failed.attempts(), failed.headers());
            }
            case CompletionFrame frame -> {
                if (frame.end() != null) {
                    end();
                }
                listener.frame(frame);
            }
        }
    }

    void credit(int frames, int bytes) {
        creditedFrames += frames;
        creditedBytes += bytes;
        tellCredit(frames, bytes, null);
    }

    /**
     * Of a call of which nothing was heard for long its worker is asked: the bus may have lost its end, or the credit that
     * the worker waits for.
     */
    void beat(long nowNanos) {
        if (nowNanos - heardNanos > SILENCE_NANOS) {
            heardNanos = nowNanos;
            tellCredit(0, 0, replyTo);
        }
    }

    private void tellCredit(int frames, int bytes, @Nullable String asks) {
        Worker sender = worker;
        if (!over && sender != null) {
            bus.tell(
                    Address.ofCredit(sender.address()),
                    new Credit(requestId, epoch, frames, bytes, asks, creditedFrames, creditedBytes));
        }
    }

    /** Nobody wants the answer any more; nothing more is heard of it. */
    void cancel(String reason) {
        if (!over) {
            tellCancel(reason);
            end();
        }
    }

    /** A worker is gone. */
    void lost(Worker gone) {
        if (!over && gone == worker) {
            noteLost();
            tellCancel("worker_lost"); // should it only have been silent
            fail(Failure.of(ErrorCode.WORKER_LOST, "The worker that made the call is gone."));
        }
    }

    /** The gateway itself failed on an event, be it the last. */
    void fault() {
        tellCancel("fault");
        fail(Failure.of(ErrorCode.INTERNAL_ERROR, "The gateway failed on the answer."));
    }

    /** The whole call took too long. */
    void expire() {
        if (!over) {
            tellCancel("deadline");
            fail(Failure.of(ErrorCode.UPSTREAM_TIMEOUT, "The answer was not complete in time."));
        }
    }

    /** Nobody can say any more what the worker did at a target; that it may have called one is owed to the ledger. */
    private void noteLost() {
        CompletionStarted known = started;
        listener.lost(new Attempt(
                known == null ? "" : known.target(),
                known == null ? "" : known.provider(),
                known == null ? "" : known.servedModel(),
                (askedNanos - beganNanos) / 1000,
                known == null ? 0 : known.status(),
                known == null ? 0 : known.firstByteMicros(),
                WORKER_LOST,
                asked.size() - 1));
    }

    private void tellCancel(String reason) {
        Worker sender = worker;
        if (sender != null) {
            bus.tell(Address.ofCancel(sender.address()), new Cancel(requestId, epoch, reason));
        }
    }

    private void fail(Failure failure) {
        end();
        listener.failed(failure, List.of(), List.of());
    }

    private void end() {
        if (!over) {
            over = true;
            onOver.run();
        }
    }
}
