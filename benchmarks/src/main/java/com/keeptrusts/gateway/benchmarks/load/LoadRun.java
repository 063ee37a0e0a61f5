package com.keeptrusts.gateway.benchmarks.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of a plan, on one event loop from beginning to end. */
final class LoadRun {

    private static final long RECONNECT_MILLIS = 20;

    private final Vertx vertx;
    private final Context context;
    private final LoadPlan plan;
    private final NetClient client;
    private final Promise<LoadReport> result;
    private final long from;
    private final long until;
    private final Tally tally;
    private final Set<LoadConnection> connections = new HashSet<>();
    private final Deque<LoadConnection> idle = new ArrayDeque<>();
    private final Deque<Long> backlog = new ArrayDeque<>();

    private int connecting;
    private int outstanding;
    private int next;
    private double cpuSeconds;
    private boolean over;

    private LoadRun(Vertx vertx, Context context, LoadPlan plan) {
        this.vertx = vertx;
        this.context = context;
        this.plan = plan;
        this.client =
                vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(5_000));
        this.result = Promise.promise();
        this.from = System.nanoTime() + plan.warmUp().toNanos();
        this.until = from + plan.duration().toNanos();
        this.tally = new Tally(from, until);
    }

    static Future<LoadReport> start(Vertx vertx, LoadPlan plan) {
        Context context = vertx.getOrCreateContext();
        Promise<LoadReport> report = Promise.promise();
        context.runOnContext(_ -> new LoadRun(vertx, context, plan).begin().onComplete(report));
        return report.future();
    }

    private Future<LoadReport> begin() {
        at(from, () -> cpuSeconds = -ProcessCpu.seconds(plan.pids()));
        at(until, this::end);
        switch (plan.arrival()) {
            case Arrival.Closed(int count) -> {
                for (int i = 0; i < count; i++) {
                    dispatch(System.nanoTime());
                }
            }
            case Arrival.Open(double perSecond, int _) ->
                Pacer.start(perSecond, until, due -> context.runOnContext(_ -> dispatch(due)));
        }
        return result.future();
    }

    private void at(long nanos, Runnable what) {
        long millis = (nanos - System.nanoTime() + 999_999) / 1_000_000;
        if (millis <= 0) {
            what.run();
        } else {
            vertx.setTimer(millis, _ -> what.run());
        }
    }

    private void dispatch(long due) {
        if (over) {
            return;
        }
        outstanding++;
        LoadConnection connection = idle();
        if (connection != null) {
            send(connection, due);
        } else {
            backlog.add(due);
            if (connections.size() + connecting < plan.arrival().connections()) {
                connect();
            }
        }
    }

    private @Nullable LoadConnection idle() {
        LoadConnection connection = idle.poll();
        while (connection != null && !connection.isReusable()) { // the server closed it meanwhile
            connections.remove(connection);
            connection = idle.poll();
        }
        return connection;
    }

    private void connect() {
        connecting++;
        client.connect(plan.port(), plan.host()).onComplete(this::connected, _ -> notConnected());
    }

    private void connected(NetSocket socket) {
        connecting--;
        var connection = new LoadConnection(socket, tally, this::answered);
        connections.add(connection);
        take(connection);
    }

    private void notConnected() {
        connecting--;
        if (backlog.poll() != null) {
            tally.failed("not connected", System.nanoTime());
            outstanding--;
            vertx.setTimer(RECONNECT_MILLIS, _ -> again());
        }
        endWhenDone();
    }

    /** Gives an idle connection the request that waits longest, if one waits. */
    private void take(LoadConnection connection) {
        Long due = backlog.poll();
        if (due == null) {
            idle.push(connection);
        } else {
            send(connection, due);
        }
    }

    private void send(LoadConnection connection, long due) {
        connection.send(plan.requests().get(next), due);
        next = (next + 1) % plan.requests().size();
    }

    private void answered(LoadConnection connection) {
        outstanding--;
        if (connection.isReusable()) {
            take(connection);
        } else {
            connections.remove(connection);
            idle.remove(connection);
            if (!backlog.isEmpty() && !over) {
                connect();
            }
        }
        again();
        endWhenDone();
    }

    /** In a closed loop an answer brings the next request. */
    private void again() {
        if (plan.arrival() instanceof Arrival.Closed && !over) {
            dispatch(System.nanoTime());
        }
    }

    private void end() {
        over = true;
        cpuSeconds += ProcessCpu.seconds(plan.pids());
        connections.forEach(connection -> connection.endOfTime(until));
        if (plan.grace().isZero()) {
            finish();
        } else {
            vertx.setTimer(plan.grace().toMillis(), _ -> finish());
            endWhenDone();
        }
    }

    private void endWhenDone() {
        if (over && outstanding == 0) {
            finish();
        }
    }

    private void finish() {
        if (result.tryComplete(tally.report(cpuSeconds))) {
            connections.forEach(LoadConnection::drop);
            client.close();
        }
    }
}
