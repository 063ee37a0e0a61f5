package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.BusMessage;
import com.keeptrusts.gateway.contract.Presence;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Asks workers, and lets each remember how it did. Confined to one event loop. */
final class Questions {

    private static final long LOOK_MILLIS = 250;

    /** A worker that lives announces itself, at the latest, this long after it last did. */
    private static final long LIFE_SIGN_MILLIS = Presence.PERIOD_MILLIS + LOOK_MILLIS;

    /** Whoever may take longer than that need not be silent for a bad reason. */
    private static final long PROMPT_MILLIS = 1_000;

    /** An alarm that rings so late was kept back by a pause of this process (a long collection, SIGSTOP). */
    private static final long PAUSE_MILLIS = 500;

    /** After a pause, what arrived meanwhile, and what workers of this node could not say, is waited for so long. */
    private static final long CATCHING_UP_MILLIS = 500;

    private final Line line;
    private final Alarms alarms;
    private final BiConsumer<Worker, Long> late;

    /**
     * @param late to be told of a worker whose answer did not come in time, and when it was asked
     */
    Questions(Line line, Alarms alarms, BiConsumer<Worker, Long> late) {
        this.line = line;
        this.alarms = alarms;
        this.late = late;
    }

    /** Asks one worker and remembers how it did. When the worker is lost meanwhile, the ask fails at once. */
    <Q extends BusMessage, A extends BusMessage> Future<A> ask(
            Worker worker, Address<Q, A> address, Q question, Duration limit) {
        return begin(worker, address, question, limit).answer().future();
    }

    /**
     * As {@link #ask}, with patience: it may take up to {@code most}, but after {@code first} only as long as it shows that
     * it lives.
     */
    <Q extends BusMessage, A extends BusMessage> Future<A> askPatiently(
            Worker worker, Address<Q, A> address, Q question, Duration first, Duration most) {
        Ask<A> ask = begin(worker, address, question, most);
        after(first.toMillis(), ask, () -> {
            if (worker.livedSince(ask.at())) {
                watch(worker, address, ask);
            } else {
                giveUp(worker, address, ask);
            }
        });
        return ask.answer().future();
    }

    private <Q extends BusMessage, A extends BusMessage> Ask<A> begin(
            Worker worker, Address<Q, A> address, Q question, Duration limit) {
        var ask = new Ask<A>(Promise.promise(), alarms.millis(), limit.toMillis() <= PROMPT_MILLIS);
        worker.asked(ask);
        after(limit.toMillis(), ask, () -> giveUp(worker, address, ask));
        line.ask(address, question, limit).onComplete(done -> {
            if (!worker.settles(ask)) {
                return; // it was given up, and noted, before
            }
            long now = alarms.millis();
            worker.took(now - ask.at(), now);
            if (done.succeeded()) {
                worker.answered(now);
                ask.answer().complete(done.result());
            } else {
                note(worker, done.cause(), ask.at());
                ask.answer().fail(done.cause());
            }
        });
        return ask;
    }

    /** Acts when the answer has not come by then; the time that this process was paused does not count against it. */
    private void after(long millis, Ask<?> ask, Runnable act) {
        long due = alarms.millis() + millis;
        long alarm = alarms.set(millis, () -> {
            if (alarms.millis() - due > PAUSE_MILLIS) {
                after(CATCHING_UP_MILLIS, ask, act);
            } else {
                act.run();
            }
        });
        ask.answer().future().onComplete(_ -> alarms.cancel(alarm));
    }

    private void watch(Worker worker, Address<?, ?> address, Ask<?> ask) {
        after(LOOK_MILLIS, ask, () -> {
            if (worker.livedSince(alarms.millis() - LIFE_SIGN_MILLIS)) {
                watch(worker, address, ask);
            } else {
                giveUp(worker, address, ask);
            }
        });
    }

    private void giveUp(Worker worker, Address<?, ?> address, Ask<?> ask) {
        if (worker.settles(ask)) {
            long now = alarms.millis();
            worker.took(now - ask.at(), now);
            var late = new BusException(BusException.Reason.TIMEOUT, address.name());
            note(worker, late, ask.at());
            ask.answer().fail(late);
        }
    }

    private void note(Worker worker, Throwable cause, long askedAt) {
        if (!(cause instanceof BusException failure)) {
            return;
        }
        switch (failure.reason()) {
            case TIMEOUT -> late.accept(worker, askedAt);
            case NO_ONE_THERE -> worker.unreachable();
            case FAILED, MALFORMED -> worker.answered(alarms.millis());
        }
    }
}
