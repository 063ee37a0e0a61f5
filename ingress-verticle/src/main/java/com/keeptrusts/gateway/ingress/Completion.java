package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
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
    private boolean over;

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
        int asking = epoch;
        workers.ask(next, Address.ofProvider(next.address()), calls.apply(epoch), acceptLimit)
                .onComplete(done -> {
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
        switch (event) {
            case CompletionStarted started -> listener.started(started);
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
        Worker sender = worker;
        if (!over && sender != null) {
            bus.tell(Address.ofCredit(sender.address()), new Credit(requestId, epoch, frames, bytes));
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
