package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One worker as this ingress knows it: what it last said, and how it has answered. Confined to one event loop. */
final class Worker {

    /** So many time-outs in a row and it is asked no more. */
    static final int STRIKES = 3;

    /** How long an ejected worker must be heard again before it is asked. */
    static final long PROBATION_MILLIS = 2_000;

    private final int number;
    private WorkerPresent said;
    private long heardAt;
    private long answeredAt = Long.MIN_VALUE;
    private boolean leaving;
    private boolean unreachable;
    private boolean lost;
    private final Set<Promise<?>> unanswered = new LinkedHashSet<>();
    private int timeouts;
    private long struckAt = Long.MIN_VALUE;
    private long ejectedAt = -1;

    Worker(WorkerPresent said, long now) {
        this.number = Address.numberOf(said.address());
        this.said = said;
        this.heardAt = now;
    }

    String address() {
        return said.address();
    }

    /** Workers of one node with the same number share a thread, where each kind has as many. */
    int number() {
        return number;
    }

    String node() {
        return said.node();
    }

    WorkerPresent said() {
        return said;
    }

    boolean usable() {
        return !leaving && !unreachable && !lost && ejectedAt < 0;
    }

    boolean leaving() {
        return leaving;
    }

    boolean lost() {
        return lost;
    }

    /** How busy it is, as far as can be known from here: what it said a moment ago and what was asked since. */
    int load() {
        return unanswered.size() + said.outstanding();
    }

    boolean hasRoom() {
        return load() < Math.max(1, said.capacity());
    }

    long silentFor(long now) {
        return now - heardAt;
    }

    void heard(WorkerPresent saying, long now) {
        said = saying;
        leaving = false;
        unreachable = false;
        lost = false;
        heardAt = now;
        if (ejectedAt >= 0 && now - ejectedAt >= PROBATION_MILLIS) {
            ejectedAt = -1;
            timeouts = STRIKES - 1; // one more and it is out again
        }
    }

    /** The time this process did not run does not count as the worker's silence. */
    void excuse(long millis) {
        heardAt += millis;
    }

    void leaves() {
        leaving = true;
    }

    /** Whoever waits for its answer is told, and need not wait for a limit in time. */
    void loses() {
        lost = true;
        List<Promise<?>> inVain = List.copyOf(unanswered);
        unanswered.clear();
        inVain.forEach(asked -> asked.tryFail(new BusException(BusException.Reason.NO_ONE_THERE, address())));
    }

    void asked(Promise<?> answer) {
        unanswered.add(answer);
    }

    /** Whether the answer was still waited for; from now on it is not. */
    boolean settles(Promise<?> answer) {
        return unanswered.remove(answer);
    }

    /** Whether it was heard, or answered anybody, at that time or later. */
    boolean livedSince(long then) {
        return heardAt >= then || answeredAt >= then;
    }

    void answered(long now) {
        answeredAt = now;
        timeouts = 0;
        ejectedAt = -1;
    }

    /**
     * Tells whether this time-out ejected it. Asks that were under way together time out together, and are one strike:
     * a crowd that comes at one bad moment must not eject everybody.
     */
    boolean timedOut(long askedAt, long now) {
        if (askedAt < struckAt) {
            return false;
        }
        struckAt = now;
        timeouts++;
        if (timeouts < STRIKES || ejectedAt >= 0) {
            return false;
        }
        ejectedAt = now;
        return true;
    }

    /** Nobody listens at its address, until it is heard again; answers it has begun may still go on. */
    void unreachable() {
        unreachable = true;
    }
}
