package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AdminCall;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.NodeReport;
import com.keeptrusts.gateway.contract.Registration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Supplier;

/** What operators ask of a node by its name, at the management port of any node of its cluster. */
final class AdminPost {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** The answer leaves before the node begins to end. */
    private static final long ANSWER_MILLIS = 100;

    private final Vertx vertx;
    private final Supplier<NodeReport> self;
    private final Runnable drain;

    /**
     * @param self how the node stands, its answer to everything
     * @param drain begins the end of this process; returns at once
     */
    AdminPost(Vertx vertx, Supplier<NodeReport> self, Runnable drain) {
        this.vertx = vertx;
        this.self = self;
        this.drain = drain;
    }

    /** Completes when every node can ask this one. */
    Future<Registration> listen() {
        return Bus.of(vertx).answer(Address.ofAdmin(self.get().node()), call -> Future.succeededFuture(answer(call)));
    }

    private NodeReport answer(AdminCall call) {
        NodeReport report = self.get();
        return switch (call.action()) {
            case STATUS -> report;
            case DRAIN -> {
                vertx.setTimer(ANSWER_MILLIS, _ -> drain.run());
                yield report;
            }
        };
    }

    /** {@code POST /keeptrusts/cluster/nodes/<node>/drain} and {@code GET /keeptrusts/cluster/nodes/<node>}. */
    static void mount(Router router, Vertx vertx) {
        router.post("/keeptrusts/cluster/nodes/:node/drain")
                .handler(request -> pass(request, vertx, AdminCall.Action.DRAIN));
        router.get("/keeptrusts/cluster/nodes/:node").handler(request -> pass(request, vertx, AdminCall.Action.STATUS));
    }

    private static void pass(RoutingContext request, Vertx vertx, AdminCall.Action action) {
        String node = request.pathParam("node");
        Bus.of(vertx).ask(Address.ofAdmin(node), new AdminCall(action), LIMIT).onComplete(done -> {
            if (done.succeeded()) {
                AdminServer.answer(request, done.result().ok() ? 200 : 422, json(done.result(), action));
            } else {
                boolean nobody = done.cause() instanceof BusException failure
                        && failure.reason() == BusException.Reason.NO_ONE_THERE;
                String why = nobody
                        ? node + ": no such node (expected: one that kt cluster status names)"
                        : node + ": no answer within " + LIMIT.toSeconds() + " s";
                AdminServer.answer(request, nobody ? 404 : 504, new JsonObject().put("error", why));
            }
        });
    }

    private static JsonObject json(NodeReport report, AdminCall.Action action) {
        return new JsonObject()
                .put("node", report.node())
                .put("message", report.message())
                .put("build", report.build())
                .put("uptime_seconds", report.uptimeMillis() / 1_000)
                .put("roles", report.roles())
                .put("config_digest", report.configDigest())
                .put("draining", action == AdminCall.Action.DRAIN && report.ok());
    }
}
