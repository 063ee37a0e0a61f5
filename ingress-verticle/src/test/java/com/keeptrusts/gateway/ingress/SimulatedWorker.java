package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A worker that serves one question after the other, each for an exponentially distributed time, and announces itself
 * each second. It can be slow, frozen (what arrives waits until it runs again), or deaf (questions are lost on their way,
 * what it says is heard).
 */
final class SimulatedWorker implements VirtualLine.Receiver {

    private record Waiting(long untilMicros, Runnable answer) {}

    private final String address;
    private final String kind;
    private final String node;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Consumer<PresenceEvent> everybody;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private final List<Runnable> whileFrozen = new ArrayList<>();
    private double serviceMicros;
    private boolean serving;
    private boolean frozen;
    private boolean deaf;
    private boolean stopped;
    private int taken;
    private int staleDropped;
    private int presences;

    SimulatedWorker(
            String address,
            String kind,
            String node,
            double serviceMicros,
            VirtualTime time,
            RandomGenerator random,
            Consumer<PresenceEvent> everybody) {
        this.address = address;
        this.kind = kind;
        this.node = node;
        this.serviceMicros = serviceMicros;
        this.time = time;
        this.random = random;
        this.everybody = everybody;
        tell();
        time.after(random.nextLong(1_000_000), this::announce);
    }

    String address() {
        return address;
    }

    String node() {
        return node;
    }

    /** Questions that it has got. */
    int taken() {
        return taken;
    }

    int staleDropped() {
        return staleDropped;
    }

    int presences() {
        return presences;
    }

    /** For the same work it takes so many times as long. */
    void slowDown(double times) {
        serviceMicros *= times;
    }

    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
        List<Runnable> backlog = List.copyOf(whileFrozen);
        whileFrozen.clear();
        backlog.forEach(Runnable::run);
    }

    void deafen(boolean yes) {
        deaf = yes;
    }

    /** Says farewell; what it has got it still answers. */
    void leave() {
        stopped = true;
        everybody.accept(new PresenceEvent.WorkerLeaving(address, node));
    }

    @Override
    public void question(long untilMicros, Runnable answer) {
        if (deaf) {
            return;
        }
        taken++;
        whenRunning(() -> {
            queue.add(new Waiting(untilMicros, answer));
            serve();
        });
    }

    @Override
    public void probe(Runnable answer) {
        if (!deaf) {
            whenRunning(answer);
        }
    }

    private void whenRunning(Runnable act) {
        if (frozen) {
            whileFrozen.add(act);
        } else {
            act.run();
        }
    }

    private void serve() {
        Waiting next = serving ? null : queue.poll();
        if (next == null) {
            return;
        }
        if (next.untilMicros() < time.micros()) {
            staleDropped++;
            serve();
            return;
        }
        serving = true;
        long micros = Math.max(1, (long) (-Math.log(1 - random.nextDouble()) * serviceMicros));
        time.after(
                micros,
                () -> whenRunning(() -> {
                    serving = false;
                    next.answer().run();
                    serve();
                }));
    }

    private void announce() {
        if (stopped) {
            return;
        }
        time.after(1_000_000, this::announce);
        if (!frozen) {
            tell();
        }
    }

    private void tell() {
        presences++;
        int outstanding = queue.size() + (serving ? 1 : 0);
        everybody.accept(new WorkerPresent(
                address, Role.POLICY, kind, node, 1_024, outstanding, queue.size(), 0.5, 1_000, "", "0.1.0"));
    }
}
