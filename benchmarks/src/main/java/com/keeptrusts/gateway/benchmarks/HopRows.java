package com.keeptrusts.gateway.benchmarks;

import static com.keeptrusts.gateway.benchmarks.FigureTable.number;

import com.keeptrusts.gateway.benchmarks.load.ProcessCpu;
import com.keeptrusts.gateway.benchmarks.load.Prompts;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyCall;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdicts;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/** A question to a policy worker of the same process and its answer, with nothing reviewed. */
final class HopRows {

    private static final Address<PolicyCall, PolicyVerdicts> WORKER = Address.ofPolicy("policy.none.bench.0");
    private static final int HOPS = 100_000;

    private final Vertx vertx;
    private final Bus bus;
    private final PolicyCall call = new PolicyCall(
            "request",
            Deadline.in("bench", 600_000),
            Phase.INPUT,
            List.of(new PolicyStep("none", "digest")),
            List.of(new TextPart(
                    0,
                    0,
                    Channel.USER,
                    "messages[0].content",
                    new UserText(Prompts.some(1, 1_000).getFirst()))));

    private HopRows(Vertx vertx) {
        this.vertx = vertx;
        this.bus = Bus.of(vertx);
    }

    static List<Figure> measure() {
        Vertx vertx = Vertx.vertx();
        Bus.prepare(vertx);
        try {
            vertx.deployVerticle(new Answerer()).await(10, TimeUnit.SECONDS);
            return new HopRows(vertx).figures();
        } catch (TimeoutException e) {
            throw new IllegalStateException("hops: not answered", e);
        } finally {
            vertx.close().await();
        }
    }

    private List<Figure> figures() throws TimeoutException {
        for (int warmUp = 0; warmUp < 4; warmUp++) {
            hops(16);
        }
        Histogram alone = hops(1);
        double before = ProcessCpu.seconds(List.of(ProcessHandle.current().pid()));
        hops(16);
        double cpu = ProcessCpu.seconds(List.of(ProcessHandle.current().pid())) - before;
        double p50 = alone.getValueAtPercentile(50) / 1e3;
        return List.of(
                new Figure(
                        "policy hop, local: p50",
                        "µs",
                        Budget.atMost(60, 60),
                        p50,
                        "p99 " + number(alone.getValueAtPercentile(99) / 1e3) + " µs"),
                new Figure("policy hop, local: CPU", "µs", Budget.atMost(5, 5), cpu * 1e6 / HOPS, "16 at a time"));
    }

    /** So many hops, a number of them at a time, all asked from one event loop. */
    private Histogram hops(int atATime) throws TimeoutException {
        var nanos = new Histogram(3);
        Promise<Void> done = Promise.promise();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(_ -> {
            for (int i = 0; i < atATime; i++) {
                hop(nanos, done);
            }
        });
        done.future().await(60, TimeUnit.SECONDS);
        return nanos;
    }

    private void hop(Histogram nanos, Promise<Void> done) {
        long start = System.nanoTime();
        bus.ask(WORKER, call, Duration.ofSeconds(10)).onComplete(answer -> {
            nanos.recordValue(System.nanoTime() - start);
            if (answer.failed()) {
                done.tryFail(answer.cause());
            } else if (nanos.getTotalCount() >= HOPS) {
                done.tryComplete();
            } else {
                hop(nanos, done);
            }
        });
    }

    private static final class Answerer extends VerticleBase {

        @Override
        public Future<?> start() {
            return Bus.of(vertx).answer(WORKER, _ -> Future.succeededFuture(new PolicyVerdicts(List.of())));
        }
    }
}
