package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.BusMessage;
import io.vertx.core.Future;
import java.time.Duration;

/** How workers are reached. Every question is answered or fails with a {@link BusException}. */
interface Line {

    /** The longest pause of this process that whoever asks may forgive. */
    Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /**
     * Whoever asks keeps the limit, after which the answer is worth nothing; the question itself fails only
     * {@link #LONGEST_PAUSE} later, so that an answer can still be read that came while this process was paused.
     */
    <Q extends BusMessage, A extends BusMessage> Future<A> ask(Address<Q, A> address, Q question, Duration limit);

    /** Completes when the worker has shown that it runs and can be reached. */
    Future<Void> probe(String worker, Duration limit);

    /** Over the bus, in the name of a node. */
    static Line of(Bus bus, String node) {
        return new Line() {
            @Override
            public <Q extends BusMessage, A extends BusMessage> Future<A> ask(
                    Address<Q, A> address, Q question, Duration limit) {
                return bus.ask(address, question, limit.plus(LONGEST_PAUSE));
            }

            @Override
            public Future<Void> probe(String worker, Duration limit) {
                return bus.probe(worker, node, limit);
            }
        };
    }
}
