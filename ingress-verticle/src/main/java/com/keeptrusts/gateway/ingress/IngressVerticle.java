package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepts OpenAI requests and conducts each of them to its end. Deploy as many instances as there are cores to spare;
 * instances of one node share the port. Stopping gives notice (readiness is denied, answers end their connections), then
 * refuses new requests and waits for those that run, up to the drain time-out.
 */
public final class IngressVerticle extends VerticleBase {

    private static final int HEADER_BYTES = 16 * 1024;
    private static final int TARGET_BYTES = 8 * 1024;
    private static final long CLOSE_MILLIS = 1_000;

    /** What is on its way when the port is closed has arrived after this. */
    private static final long LAST_CALL_MILLIS = 500;

    private final IngressOptions options;
    private final List<Registration> registrations = new ArrayList<>();
    private @Nullable Parts parts;
    private @Nullable HttpServer server;
    private @Nullable Presence presence;

    public IngressVerticle(IngressOptions options) {
        this.options = options;
    }

    @Override
    public Future<?> start() {
        var made = Parts.of(vertx, options);
        parts = made;
        HttpServer http = vertx.createHttpServer(serverOptions())
                .connectionHandler(made.connections()::opened)
                .invalidRequestHandler(made.routes()::unreadable)
                .requestHandler(request -> {
                    made.connections().uses(request);
                    made.routes().route(request);
                });
        server = http;
        return made.workers()
                .open(Bus.of(vertx))
                .onSuccess(registrations::add)
                .compose(_ -> made.completions().listen())
                .onSuccess(registrations::add)
                .compose(_ -> shareRates())
                .compose(_ -> http.listen(options.port(), options.host()))
                .onSuccess(listening -> {
                    options.status().listening(listening.actualPort());
                    presence = Presence.announce(vertx, this::present);
                });
    }

    /** The instances of a node share their counters, so one of them speaks for all. */
    private Future<Void> shareRates() {
        return options.instance() > 0
                ? Future.succeededFuture()
                : new RateExchange(vertx, options.node(), options.status().rates())
                        .open()
                        .onSuccess(registrations::add)
                        .mapEmpty();
    }

    /** The cluster has lost a node: what it was doing for us ends now. May be called on any thread. */
    public void nodeLeft(String node) {
        Parts made = parts;
        Context own = context;
        if (made != null && own != null) {
            own.runOnContext(_ -> made.workers().nodeLeft(node));
        }
    }

    @Override
    public Future<?> stop() {
        Parts made = parts;
        if (made == null) {
            options.status().drain();
            return Future.succeededFuture();
        }
        return notice(made)
                .compose(_ -> drained(made))
                .compose(_ -> closed())
                .compose(_ -> made.conclusions().tellTally())
                .compose(_ -> presence == null ? Future.succeededFuture() : presence.leave(registrations))
                .onComplete(_ -> made.heartbeat().stop());
    }

    /**
     * Completes when balancers have had the time to leave, and the port is closed; from then on requests are refused. Where
     * no notice is given clients have nowhere else to go: the port stays open, so that they are told why.
     */
    private Future<Void> notice(Parts made) {
        if (options.drainNotice().isZero()) {
            options.status().drain();
            return Future.succeededFuture();
        }
        options.status().leave();
        return vertx.timer(options.drainNotice().toMillis())
                .compose(_ -> {
                    made.connections().closePort();
                    return vertx.timer(LAST_CALL_MILLIS);
                })
                .map(_ -> {
                    options.status().drain();
                    shutDoor();
                    return null;
                });
    }

    /** Idle connections are closed, and the others when their answers have ended. */
    private void shutDoor() {
        if (server != null) {
            server.shutdown(options.drainTimeout().toMillis() + CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Completes when no journey is open, or at the end of the drain time-out. */
    private Future<Void> drained(Parts made) {
        Promise<Void> empty = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, options.drainTimeout().toMillis()), _ -> {
            made.journeys().open().forEach(Journey::cutShort);
            empty.tryComplete();
        });
        made.journeys().whenEmpty(empty::tryComplete);
        return empty.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    private Future<Void> closed() {
        return server == null ? Future.succeededFuture() : server.shutdown(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private WorkerPresent present() {
        Parts made = parts;
        int open = made == null ? 0 : made.journeys().size();
        return new WorkerPresent(
                Address.ingress(options.node(), options.instance()),
                Role.INGRESS,
                Role.INGRESS.name().toLowerCase(Locale.ROOT),
                options.node(),
                options.limits().requests(),
                open,
                0,
                0,
                0,
                options.current().get().digest(),
                options.status().version());
    }

    private static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setHandle100ContinueAutomatically(false)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(TARGET_BYTES)
                .setMaxChunkSize(64 * 1024);
    }
}
