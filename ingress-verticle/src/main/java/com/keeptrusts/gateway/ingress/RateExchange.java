package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.RatesLent;
import com.keeptrusts.gateway.contract.RatesWanted;
import com.keeptrusts.gateway.contract.Registration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Carries wants and loans of a node's rate limits over the bus; nothing crosses it for a single request. */
final class RateExchange {

    private final Vertx vertx;
    private final Bus bus;
    private final String node;
    private final RateShares shares;

    RateExchange(Vertx vertx, String node, RateShares shares) {
        this.vertx = vertx;
        this.bus = Bus.of(vertx);
        this.node = node;
        this.shares = shares;
    }

    /** Completes when the others' wants are heard. */
    Future<Registration> open() {
        shares.peers().named(node);
        return Future.all(
                        bus.listen(Address.NODES, shares.peers()::hear),
                        bus.listen(Address.RATES, this::lend),
                        bus.listen(Address.ofRates(node), shares::borrow))
                .map(all -> {
                    long timer = vertx.setPeriodic(
                            RateShares.EAGER_MILLIS,
                            _ -> shares.wanted(node).ifPresent(wanted -> bus.publish(Address.RATES, wanted)));
                    return () -> {
                        vertx.cancelTimer(timer);
                        return Registration.withdrawAll(all.list());
                    };
                });
    }

    private void lend(RatesWanted wanted) {
        if (wanted.node().equals(node)) {
            return;
        }
        RatesLent lent = shares.lend(wanted, node);
        if (!lent.loans().isEmpty()) {
            bus.tell(Address.ofRates(wanted.node()), lent);
        }
    }
}
