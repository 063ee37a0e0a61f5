package com.keeptrusts.gateway.conformance;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Loses messages on the bus of a running gateway, as a network or a dead process would, until it is closed. */
final class BusFault implements AutoCloseable {

    private final Vertx vertx;
    private final Handler<DeliveryContext<Object>> trap;

    private BusFault(Vertx vertx, Predicate<String> lost) {
        this.vertx = vertx;
        this.trap = delivery -> {
            if (!lost.test(delivery.message().address())) {
                delivery.next();
            }
        };
        vertx.eventBus().addOutboundInterceptor(trap);
    }

    /** Everything that is sent to addresses that begin so. */
    static BusFault losing(Vertx vertx, String addresses) {
        return new BusFault(vertx, address -> address.startsWith(addresses));
    }

    static BusFault losing(Vertx vertx, Predicate<String> addresses) {
        return new BusFault(vertx, addresses);
    }

    /** Only the first message to addresses that begin so. */
    static BusFault losingOne(Vertx vertx, String addresses) {
        var once = new AtomicBoolean();
        return new BusFault(vertx, address -> address.startsWith(addresses) && once.compareAndSet(false, true));
    }

    @Override
    public void close() {
        vertx.eventBus().removeOutboundInterceptor(trap);
    }
}
