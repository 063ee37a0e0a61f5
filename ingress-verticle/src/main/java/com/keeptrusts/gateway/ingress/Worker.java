package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.BusException;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One worker as this ingress knows it: what it last said, and how it has answered. Confined to one event loop. */
final class Worker {

    /** So many time-outs in a row and it is asked no more, until it answers a probe. */
    static final int STRIKES = 3;

    /** Who owes prompt answers and has given none for so long gets no more questions where others do not. */
    static final long SILENCE_MILLIS = 100;

    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final int MOST_DOUBLINGS = 7;

    private static final double FORGETTING_MILLIS = 1_000;
    private static final double LEAST_WEIGHT = 0.1;

    /** What it is thought to be good for. */
    private enum Trust {
        SOUND,
        /** It is asked only where there is no other. */
        DOUBTED,
        EJECTED
    }

    private final int number;
    private WorkerPresent said;
    private int owedThen;
    private long heardAt;
    private long answeredAt = Long.MIN_VALUE;
    private boolean leaving;
    private boolean unreachable;
    private boolean lost;
    private boolean probing;
    private final Set<Ask<?>> unanswered = new LinkedHashSet<>();
    private double pace;
    private long paceAt;
    private int prompt;
    private long promptSince;
    private Trust trust = Trust.SOUND;
    private int strikes;
    private int ejections;
    private long struckAt = Long.MIN_VALUE;

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
        return !leaving && !unreachable && !lost && trust != Trust.EJECTED;
    }

    /** Usable, and nothing speaks against it. */
    boolean sound(long now) {
        return trust == Trust.SOUND && usable() && !silent(now);
    }

    private boolean silent(long now) {
        return prompt > 0 && now - Math.max(promptSince, answeredAt) > SILENCE_MILLIS;
    }

    boolean leaving() {
        return leaving;
    }

    boolean lost() {
        return lost;
    }

    /** How busy it is, as far as can be known from here: what we asked, and what it said a moment ago that others did. */
    int load() {
        return unanswered.size() + Math.max(0, said.outstanding() - owedThen);
    }

    boolean hasRoom() {
        return load() < Math.max(1, said.capacity());
    }

    /** A measure of how long the next question would wait for its answer; for comparing workers only. */
    double expectedWait(long now) {
        double forgetting = 1 + (now - paceAt) / FORGETTING_MILLIS;
        return (1 + unanswered.size()) * (1 + pace / forgetting);
    }

    /** An answer took so long, or did not come in so long. The last second counts most. */
    void took(long millis, long now) {
        double weight = Math.min(1, LEAST_WEIGHT + (now - paceAt) / FORGETTING_MILLIS);
        pace += weight * (millis - pace);
        paceAt = now;
    }

    /** How long ago it was heard, or answered anybody. */
    long silentFor(long now) {
        return now - Math.max(heardAt, answeredAt);
    }

    void heard(WorkerPresent saying, long now) {
        said = saying;
        owedThen = unanswered.size();
        leaving = false;
        unreachable = false;
        lost = false;
        heardAt = now;
    }

    /** The time this process did not run does not count as the worker's silence. */
    void excuse(long millis) {
        heardAt += millis;
        answeredAt += answeredAt == Long.MIN_VALUE ? 0 : millis;
    }

    void leaves() {
        leaving = true;
    }

    /** Whoever waits for its answer is told, and need not wait for a limit in time. */
    void loses() {
        lost = true;
        List<Ask<?>> inVain = List.copyOf(unanswered);
        unanswered.clear();
        prompt = 0;
        inVain.forEach(ask -> ask.answer().tryFail(new BusException(BusException.Reason.NO_ONE_THERE, address())));
    }

    void asked(Ask<?> ask) {
        unanswered.add(ask);
        if (ask.prompt() && prompt++ == 0) {
            promptSince = ask.at();
        }
    }

    /** Whether the answer was still waited for; from now on it is not. */
    boolean settles(Ask<?> ask) {
        boolean waited = unanswered.remove(ask);
        if (waited && ask.prompt()) {
            prompt--;
        }
        return waited;
    }

    /** Whether it was heard, or answered anybody, at that time or later. */
    boolean livedSince(long then) {
        return heardAt >= then || answeredAt >= then;
    }

    void answered(long now) {
        answeredAt = now;
        strikes = 0;
        ejections = 0;
        trust = Trust.SOUND;
    }

    /** It runs and can be reached. Whether it also answers questions will be seen: after an ejection one may fail. */
    void probed(long askedAt, long now) {
        answeredAt = now;
        if (trust == Trust.EJECTED) {
            strikes = STRIKES - 1;
            pace = Math.min(pace, (double) (now - askedAt)); // limits missed while it was frozen say nothing of it now
            paceAt = now;
        }
        trust = Trust.SOUND;
    }

    void doubt() {
        if (trust == Trust.SOUND) {
            trust = Trust.DOUBTED;
        }
    }

    /** Whether only a probe can bring it back among those that are asked first. */
    boolean doubted() {
        return trust != Trust.SOUND;
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
        strikes++;
        if (strikes < STRIKES || trust == Trust.EJECTED) {
            return false;
        }
        trust = Trust.EJECTED;
        ejections++;
        return true;
    }

    /** Whether nobody probes it yet; from now on somebody does. */
    boolean beginsProbing() {
        boolean begins = !probing;
        probing = true;
        return begins;
    }

    void endsProbing() {
        probing = false;
    }

    /** Whether there is something to find out by a probe: a worker that is not there cannot answer one. */
    boolean worthProbing() {
        return doubted() && !lost && !leaving && !unreachable;
    }

    /** The longer, the more often it answered a probe and then no question. */
    long pauseBeforeProbe() {
        return ejections == 0 ? 0 : FIRST_PAUSE_MILLIS << Math.min(ejections - 1, MOST_DOUBLINGS);
    }

    /** Nobody listens at its address, until it is heard again; answers it has begun may still go on. */
    void unreachable() {
        unreachable = true;
    }
}
