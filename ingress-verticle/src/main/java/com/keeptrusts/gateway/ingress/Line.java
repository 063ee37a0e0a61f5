package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.BusMessage;
import io.vertx.core.Future;
import java.time.Duration;

/** How workers are reached. Every question has a limit and fails with a {@link BusException}. */
interface Line {

    <Q extends BusMessage, A extends BusMessage> Future<A> ask(Address<Q, A> address, Q question, Duration limit);

    /** Completes when the worker has shown that it runs and can be reached. */
    Future<Void> probe(String worker, Duration limit);

    /** Over the bus, in the name of a node. */
    static Line of(Bus bus, String node) {
        return new Line() {
            @Override
            public <Q extends BusMessage, A extends BusMessage> Future<A> ask(
                    Address<Q, A> address, Q question, Duration limit) {
                return bus.ask(address, question, limit);
            }

            @Override
            public Future<Void> probe(String worker, Duration limit) {
                return bus.probe(worker, node, limit);
            }
        };
    }
}
