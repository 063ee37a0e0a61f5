package com.keeptrusts.gateway.node;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * An event loop on which one verticle of each role runs: a message between them wakes no other thread, which is what a hop
 * mostly costs. A journey that begins on a lane stays on it while its workers have room.
 */
final class Lane extends VerticleBase {

    private Lane() {}

    /** One lane for each core. They end with the Vert.x instance, after the verticles that were opened on them. */
    static Future<List<Lane>> open(Vertx vertx) {
        int cores = Runtime.getRuntime().availableProcessors();
        List<Lane> lanes = IntStream.range(0, cores).mapToObj(_ -> new Lane()).toList();
        return Future.all(lanes.stream().map(vertx::deployVerticle).toList()).map(lanes);
    }

    /** Completes when the verticle has started. */
    Future<Void> start(Deployable verticle) {
        return onLane(() -> verticle.deploy(context));
    }

    /** Completes when the verticle has stopped. */
    Future<Void> stop(Deployable verticle) {
        return onLane(() -> verticle.undeploy(context));
    }

    private Future<Void> onLane(Callable<Future<?>> act) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> {
            try {
                act.call().<Void>mapEmpty().onComplete(done);
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future();
    }
}
