package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.BusException;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds out about doubted workers without risking anybody's request: asks each whether it is there, one question at a time,
 * until it says so or is lost. A probe in vain counts as a time-out. Confined to one event loop.
 */
final class Probes {

    /** For the first probe; the next have twice as long, so that a pause of a second does not yet eject. */
    private static final Duration LIMIT = Duration.ofMillis(250);

    private static final int MOST_DOUBLINGS = 2;

    private final Line line;
    private final Alarms alarms;
    private final Consumer<Worker> found;
    private final BiConsumer<Worker, Long> inVain;

    /**
     * @param found to be told of a worker that has answered
     * @param inVain to be told of one that has not, and when it was asked
     */
    Probes(Line line, Alarms alarms, Consumer<Worker> found, BiConsumer<Worker, Long> inVain) {
        this.line = line;
        this.alarms = alarms;
        this.found = found;
        this.inVain = inVain;
    }

    /** Nothing happens when the worker is beyond doubt, or is being probed already. */
    void begin(Worker worker) {
        if (worker.worthProbing() && worker.beginsProbing()) {
            next(worker, 0);
        }
    }

    private void next(Worker worker, int inVainBefore) {
        long pause = worker.pauseBeforeProbe();
        if (pause > 0) {
            alarms.set(pause, () -> probe(worker, inVainBefore));
        } else {
            probe(worker, inVainBefore);
        }
    }

    private void probe(Worker worker, int inVainBefore) {
        if (!worker.worthProbing()) {
            worker.endsProbing();
            return;
        }
        long askedAt = alarms.millis();
        Duration limit = LIMIT.multipliedBy(1L << Math.min(inVainBefore, MOST_DOUBLINGS));
        line.probe(worker.address(), limit).onComplete(done -> heard(worker, done, askedAt, inVainBefore));
    }

    private void heard(Worker worker, AsyncResult<Void> answer, long askedAt, int inVainBefore) {
        if (answer.succeeded()) {
            worker.endsProbing();
            worker.probed(askedAt, alarms.millis());
            found.accept(worker);
            return;
        }
        if (answer.cause() instanceof BusException failure && failure.reason() == BusException.Reason.NO_ONE_THERE) {
            worker.endsProbing();
            worker.unreachable();
            return;
        }
        inVain.accept(worker, askedAt);
        next(worker, inVainBefore + 1);
    }
}
