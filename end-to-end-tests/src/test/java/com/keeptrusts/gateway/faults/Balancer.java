package com.keeptrusts.gateway.faults;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends requests to doors in turn, as balancers do: not to one that says that it is not ready, save when none is. */
final class Balancer implements AutoCloseable {

    private static final long LOOK_MILLIS = 200;

    private final Vertx vertx;
    private final List<Integer> ports;
    private final HttpClient client;
    private final Set<Integer> unready = ConcurrentHashMap.newKeySet();
    private final long timer;

    Balancer(Vertx vertx, List<Integer> ports) {
        this.vertx = vertx;
        this.ports = List.copyOf(ports);
        this.client = vertx.createHttpClient();
        this.timer = vertx.setPeriodic(LOOK_MILLIS, _ -> this.ports.forEach(this::look));
    }

    int doors() {
        return ports.size();
    }

    int port(int turn) {
        for (int i = 0; i < ports.size(); i++) {
            int port = ports.get((turn + i) % ports.size());
            if (!unready.contains(port)) {
                return port;
            }
        }
        return ports.get(turn % ports.size());
    }

    private void look(int port) {
        client.request(HttpMethod.GET, port, "127.0.0.1", "/readyz")
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode)
                .onComplete(done -> {
                    if (done.succeeded() && done.result() == 200) {
                        unready.remove(port);
                    } else {
                        unready.add(port);
                    }
                });
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        client.close();
    }
}
