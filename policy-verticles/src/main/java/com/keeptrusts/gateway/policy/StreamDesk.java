package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.StreamOpen;
import com.keeptrusts.gateway.contract.StreamOpened;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Opens streams at one worker; a refusal is a failed future, for the asker then chooses another worker or fails. */
final class StreamDesk {

    private final Vertx vertx;
    private final Context context;
    private final PolicyPool pool;
    private final OpenStreams streams;
    private final String worker;

    StreamDesk(Vertx vertx, PolicyPool pool, OpenStreams streams, String worker) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.pool = pool;
        this.streams = streams;
        this.worker = worker;
    }

    Future<StreamOpened> open(StreamOpen call) {
        if (!call.step().kind().equals(pool.kind())) {
            return refusal("stream of " + call.step().kind() + " (expected: of " + pool.kind() + ")");
        }
        String digest = call.step().settingsDigest();
        Policy policy = pool.policies().ready(digest);
        return policy != null ? open(call, policy) : settle(digest).compose(settled -> open(call, settled));
    }

    private Future<StreamOpened> open(StreamOpen call, Policy policy) {
        if (streams.full()) {
            return refusal("streams: no more can be opened");
        }
        return policy.openStream()
                .map(review -> {
                    streams.open(call.requestId(), call.step().settingsDigest(), review);
                    return Future.succeededFuture(new StreamOpened(worker));
                })
                .orElseGet(() -> refusal(pool.kind() + " does not review answers"));
    }

    private Future<Policy> settle(String digest) {
        Promise<Policy> here = Promise.promise();
        pool.policies().settle(vertx, digest).onComplete(settled -> context.runOnContext(_ -> here.handle(settled)));
        return here.future();
    }

    private static <T> Future<T> refusal(String why) {
        return Future.failedFuture(new IllegalStateException(why));
    }
}
