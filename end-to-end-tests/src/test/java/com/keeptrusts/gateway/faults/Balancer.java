package com.keeptrusts.gateway.faults;

import com.keeptrusts.gateway.node.HostPort;
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
    private final List<HostPort> doors;
    private final HttpClient client;
    private final Set<HostPort> unready = ConcurrentHashMap.newKeySet();
    private final long timer;

    Balancer(Vertx vertx, List<HostPort> doors) {
        this.vertx = vertx;
        this.doors = List.copyOf(doors);
        this.client = vertx.createHttpClient();
        this.timer = vertx.setPeriodic(LOOK_MILLIS, _ -> this.doors.forEach(this::look));
    }

    int doors() {
        return doors.size();
    }

    HostPort door(int turn) {
        for (int i = 0; i < doors.size(); i++) {
            HostPort door = doors.get((turn + i) % doors.size());
            if (!unready.contains(door)) {
                return door;
            }
        }
        return doors.get(turn % doors.size());
    }

    private void look(HostPort door) {
        client.request(HttpMethod.GET, door.port(), door.host(), "/readyz")
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode)
                .onComplete(done -> {
                    if (done.succeeded() && done.result() == 200) {
                        unready.remove(door);
                    } else {
                        unready.add(door);
                    }
                });
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        client.close();
    }
}
