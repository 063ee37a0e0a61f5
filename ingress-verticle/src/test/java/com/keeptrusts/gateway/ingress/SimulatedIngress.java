package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.StreamOpen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An ingress that sends requests at random moments to workers that the real directory chooses, with retries, as
 * {@link PolicyChain} does.
 */
final class SimulatedIngress {

    private static final Duration HOP = IngressTimings.DEFAULT.policyHop();

    private final VirtualTime time;
    private final RandomGenerator random;
    private final String kind;
    private final Workers workers;
    private double perSecond;
    private int requests;
    private int retries;
    private int failures;
    private long slowestMicros;

    SimulatedIngress(VirtualTime time, Line line, String node, String kind, RandomGenerator random) {
        this.time = time;
        this.random = random;
        this.kind = kind;
        this.workers = new Workers(line, time, node, 0);
        workers.watch();
    }

    Workers workers() {
        return workers;
    }

    int requests() {
        return requests;
    }

    int retries() {
        return retries;
    }

    int failures() {
        return failures;
    }

    long slowestMillis() {
        return slowestMicros / 1_000;
    }

    /** Begins to count anew. */
    void forget() {
        requests = 0;
        retries = 0;
        failures = 0;
        slowestMicros = 0;
    }

    void load(double requestsPerSecond) {
        boolean idle = perSecond == 0;
        perSecond = requestsPerSecond;
        if (idle) {
            later();
        }
    }

    private void later() {
        if (perSecond > 0) {
            time.after((long) (-Math.log(1 - random.nextDouble()) * 1_000_000 / perSecond), () -> {
                request();
                later();
            });
        }
    }

    private void request() {
        requests++;
        long begun = time.micros();
        workers.policies(kind)
                .find(List.of(), IngressTimings.DEFAULT.workerWait())
                .onSuccess(worker -> new Round(begun).ask(worker));
    }

    private final class Round {
        private final long begun;
        private final List<Worker> tried = new ArrayList<>();
        private int late;
        private int gone;

        Round(long begun) {
            this.begun = begun;
        }

        void ask(@Nullable Worker worker) {
            if (worker == null) {
                failures++;
                return;
            }
            Duration limit = late == 0 ? HOP : HOP.multipliedBy(3);
            var deadline = new Deadline("i", 0, (int) limit.toMillis());
            var question = new StreamOpen("r", deadline, new PolicyStep(kind, "d"));
            workers.ask(worker, Address.ofStreamOpen(worker.address()), question, limit)
                    .onSuccess(_ -> slowestMicros = Math.max(slowestMicros, time.micros() - begun))
                    .onFailure(cause -> again(worker, ((BusException) cause).reason()));
        }

        private void again(Worker worker, BusException.Reason reason) {
            if (reason == BusException.Reason.NO_ONE_THERE ? ++gone > 2 : ++late > 1) {
                failures++;
                return;
            }
            retries += tried.isEmpty() ? 1 : 0;
            tried.add(worker);
            Worker other = workers.policies(kind).best(tried);
            ask(other == null ? worker : other);
        }
    }
}
