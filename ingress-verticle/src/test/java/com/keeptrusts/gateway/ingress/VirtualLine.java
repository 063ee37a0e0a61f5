package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.BusMessage;
import com.keeptrusts.gateway.contract.StreamOpened;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Carries questions to workers and their answers back, in virtual time. Where nobody is, it says so. */
final class VirtualLine implements Line {

    static final long ONE_WAY_MICROS = 50;

    /** What a worker does with what arrives. */
    interface Receiver {

        /**
         * A question has arrived.
         *
         * @param untilMicros when nobody waits for the answer any more
         * @param answer to be run when it is answered
         */
        void question(long untilMicros, Runnable answer);

        void probe(Runnable answer);
    }

    private final VirtualTime time;
    private final Function<String, Receiver> receivers;

    /** Receivers by the worker's name. */
    static final class Switchboard {
        private final Map<String, Receiver> receivers = new HashMap<>();

        void plug(String worker, Receiver receiver) {
            receivers.put(worker, receiver);
        }

        void unplug(String worker) {
            receivers.remove(worker);
        }
    }

    VirtualLine(VirtualTime time, Switchboard switchboard) {
        this.time = time;
        this.receivers = switchboard.receivers::get;
    }

    @Override
    public <Q extends BusMessage, A extends BusMessage> Future<A> ask(
            Address<Q, A> address, Q question, Duration limit) {
        String worker = address.name().replace(".open", "");
        A answer = address.answerType().cast(new StreamOpened(worker));
        long until = time.micros() + limit.toNanos() / 1_000;
        return send(worker, limit.plus(LONGEST_PAUSE), answer, (receiver, back) -> receiver.question(until, back));
    }

    @Override
    public Future<Void> probe(String worker, Duration limit) {
        return send(worker, limit, worker, VirtualLine.Receiver::probe).mapEmpty();
    }

    private <A> Future<A> send(String worker, Duration limit, A answer, Delivery delivery) {
        Receiver receiver = receivers.apply(worker);
        Promise<A> promise = Promise.promise();
        if (receiver == null) {
            time.after(ONE_WAY_MICROS, () -> promise.fail(new BusException(BusException.Reason.NO_ONE_THERE, worker)));
            return promise.future();
        }
        long alarm = time.set(
                limit.toMillis(), () -> promise.tryFail(new BusException(BusException.Reason.TIMEOUT, worker)));
        Runnable back = () -> time.after(ONE_WAY_MICROS, () -> {
            if (promise.tryComplete(answer)) {
                time.cancel(alarm);
            }
        });
        time.after(ONE_WAY_MICROS, () -> delivery.to(receiver, back));
        return promise.future();
    }

    private interface Delivery {
        void to(Receiver receiver, Runnable back);
    }
}
