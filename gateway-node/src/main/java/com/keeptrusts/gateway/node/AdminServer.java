package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.AuditSettings;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.ledger.KeyHolder;
import com.keeptrusts.gateway.node.ledger.LedgerDesk;
import com.keeptrusts.gateway.node.ledger.LedgerRoutes;
import com.keeptrusts.gateway.node.reload.ConfigBoard;
import com.keeptrusts.gateway.node.reload.NodeHerald;
import com.keeptrusts.gateway.node.reload.Reload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management port: metrics, configuration, cluster. It knows secrets by reference only, so it cannot show one. */
final class AdminServer {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int IDLE_SECONDS = 60;

    private final HttpServer server;
    private final LedgerRoutes ledger;

    private AdminServer(HttpServer server, LedgerRoutes ledger) {
        this.server = server;
        this.ledger = ledger;
    }

    /** What the operator's questions are answered from. */
    record Desk(
            NodeOptions options,
            String node,
            Metrics metrics,
            Console console,
            ConfigBoard board,
            @Nullable ConfigDesk configs,
            Reload reload,
            NodeHerald herald,
            Rooms rooms) {

        String digest() {
            return configs == null ? "" : configs.current().digest();
        }

        LedgerDesk ledger(Vertx vertx) {
            var writers = new NearestWriter(vertx, node, console);
            return new LedgerDesk(options.dataDir(), node, this::recordsReads, writers::append, this::holder);
        }

        private Optional<KeyHolder> holder(String key) {
            return configs == null
                    ? Optional.empty()
                    : configs.ingressView()
                            .gateway()
                            .holder(key)
                            .map(found -> new KeyHolder(found.name(), found.tenant()));
        }

        /** A process without a configuration cannot know that reads need not be recorded. */
        private boolean recordsReads() {
            AuditSettings settings = configs == null ? null : configs.current().audit();
            return settings == null || settings.logAllAccess();
        }
    }

    static Future<AdminServer> open(Vertx vertx, Desk desk) {
        HostPort address = desk.options().admin();
        var httpOptions = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        var ledger = new LedgerRoutes(vertx, desk.ledger(vertx));
        return vertx.createHttpServer(httpOptions)
                .requestHandler(routes(vertx, desk, ledger))
                .listen(address.port(), address.host())
                .recover(failure -> Future.failedFuture(new IllegalStateException(
                        "--admin-listen " + address + ": " + failure.getMessage() + " (expected: a free address)",
                        failure)))
                .compose(server -> vertx.executeBlocking(() -> {
                    ManagementFile.write(desk.options(), server.actualPort());
                    return new AdminServer(server, ledger);
                }));
    }

    int port() {
        return server.actualPort();
    }

    Future<Void> close() {
        return server.close().eventually(ledger::close);
    }

    private static Router routes(Vertx vertx, Desk desk, LedgerRoutes ledger) {
        Router router = Router.router(vertx);
        router.route().handler(AdminServer::refuseBrowsers);
        router.get("/metrics")
                .handler(request -> request.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(desk.metrics().scrape()));
        router.get("/healthz")
                .handler(request -> answer(
                        request,
                        200,
                        new JsonObject()
                                .put("status", "live")
                                .put("anchors", desk.rooms().anchorReport())));
        router.get("/keeptrusts/cluster")
                .handler(request ->
                        answer(request, 200, ClusterView.of(desk.node(), desk.console(), desk.digest(), desk.board())));
        router.get("/keeptrusts/config").handler(request -> config(request, desk));
        router.post("/keeptrusts/config/reload").handler(request -> reload(request, desk));
        router.get("/keeptrusts/providers/metrics")
                .handler(request -> answer(request, 200, desk.rooms().providerReport()));
        new LedgerActs(desk.rooms()).mount(router);
        AdminPost.mount(router, vertx);
        router.post("/keeptrusts/drain").handler(request -> drain(request, desk));
        ledger.mount(router);
        new ContentRoutes(desk.rooms()::contentDesk).on(router);
        router.route()
                .handler(request -> answer(
                        request,
                        404,
                        new JsonObject().put("error", "no such management endpoint; docs/operate.md lists them")));
        return router;
    }

    /** A page in an operator's browser must not act here: browsers name the page's origin, programs name none. */
    private static void refuseBrowsers(RoutingContext request) {
        if (request.request().getHeader("origin") == null) {
            request.next();
        } else {
            answer(request, 403, new JsonObject().put("error", "not for web pages (expected: no origin header)"));
        }
    }

    private static void config(RoutingContext request, Desk desk) {
        if (desk.configs() == null) {
            answer(request, 404, new JsonObject().put("error", "this process holds no configuration"));
            return;
        }
        GatewayConfig config = desk.configs().current();
        answer(request, 200, new JsonObject().put("digest", config.digest()).put("effective", config.effective()));
    }

    private static void reload(RoutingContext request, Desk desk) {
        if (desk.configs() == null) {
            answer(request, 404, new JsonObject().put("error", "this process holds no configuration"));
            return;
        }
        desk.reload().run().onComplete(done -> {
            if (done.succeeded()) {
                desk.herald().tell();
                answer(request, 200, ReloadAnswer.of(done.result()));
            } else {
                answer(request, ReloadAnswer.status(done.cause()), ReloadAnswer.refusal(done.cause()));
            }
        });
    }

    /** Answers first; then the process ends as it does on SIGTERM. */
    private static void drain(RoutingContext request, Desk desk) {
        LOG.info("Draining on an operator's request");
        answer(request, 200, new JsonObject().put("node", desk.node()).put("draining", true))
                .onComplete(_ -> end());
    }

    /** As on SIGTERM; returns at once. */
    static void end() {
        Thread.ofPlatform().name("drain").start(() -> System.exit(0));
    }

    /** Answers with a JSON document, as every act on this port does. */
    static Future<Void> answer(RoutingContext request, int status, JsonObject body) {
        return request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.encode());
    }
}
