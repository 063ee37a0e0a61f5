package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.RateLoan;
import com.keeptrusts.gateway.contract.RateWant;
import com.keeptrusts.gateway.contract.RatesLent;
import com.keeptrusts.gateway.contract.RatesWanted;
import com.keeptrusts.gateway.ingress.RatePeers.Division;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Rate limits over several ingress nodes. Each has an equal share and lets nothing through beyond it, unless another node
 * lends some of its own, which then counts as used there. So the sum holds whatever becomes of messages, in a split as
 * well: a loan that is lost is missing, and never there twice. A node asks for more when its share is running out, and no
 * request waits for it. Thread-safe.
 */
final class RateShares {

    /** How long a client is to wait for a loan that may come. */
    private static final long LOAN_HINT_MILLIS = 1_000;

    /** A node asks again this soon while others lend, and this late when none does. */
    static final long EAGER_MILLIS = 100;

    private static final long PATIENT_MILLIS = 1_000;
    private static final long UNANSWERED_MILLIS = 300;
    private static final int MOST_WANTS = 256;

    private final RateCounters counters;
    private final RatePeers peers;
    private final LongSupplier millis;
    private final Map<String, Want> wants = new LinkedHashMap<>();

    /** What is known of a counter whose share is running out. */
    private static final class Want {
        private final long limit;
        private final int windowSeconds;
        private long refused;
        private boolean pending = true;
        private long askedAt;
        private long lentAt;

        Want(long limit, int windowSeconds, long before) {
            this.limit = limit;
            this.windowSeconds = windowSeconds;
            this.askedAt = before;
            this.lentAt = before;
        }

        boolean unanswered(long now) {
            return lentAt < askedAt && now - askedAt > UNANSWERED_MILLIS;
        }

        boolean due(long now) {
            return pending && now - askedAt >= (lentAt < askedAt ? PATIENT_MILLIS : EAGER_MILLIS);
        }
    }

    RateShares(RateCounters counters, RatePeers peers, LongSupplier millis) {
        this.counters = counters;
        this.peers = peers;
        this.millis = millis;
    }

    RatePeers peers() {
        return peers;
    }

    /**
     * Adds {@code amount} if that stays within this node's share; else adds nothing and tells in how many ms to try again,
     * or {@link RateCounters#NEVER}.
     */
    long take(String counter, long amount, long limit, int windowSeconds) {
        if (amount > limit) {
            return RateCounters.NEVER;
        }
        Division division = peers.division();
        if (division.nodes() == 1) {
            return counters.take(counter, amount, limit, windowSeconds);
        }
        long share = division.share(counter, limit);
        RateCounters.Taken taken = counters.attempt(counter, amount, share, windowSeconds);
        long wait = taken.waitMillis();
        if (wait == 0) {
            if (taken.used() > 0.8 * share) {
                want(counter, 0, limit, windowSeconds);
            }
            return 0;
        }
        return want(counter, amount, limit, windowSeconds) && wait != RateCounters.NEVER
                ? wait
                : Math.min(wait, LOAN_HINT_MILLIS);
    }

    /** Corrects an earlier estimate by a difference, which may be negative. */
    void adjust(String counter, long difference, int windowSeconds) {
        counters.adjust(counter, difference, windowSeconds);
    }

    /** Notes that more is wanted; answers whether nobody lent any when last asked. */
    private synchronized boolean want(String counter, long refused, long limit, int windowSeconds) {
        long now = millis.getAsLong();
        Want want = wants.get(counter);
        if (want == null) {
            if (wants.size() >= MOST_WANTS) {
                return true;
            }
            want = new Want(limit, windowSeconds, now - PATIENT_MILLIS);
            wants.put(counter, want);
        }
        want.pending = true;
        want.refused = Math.min(limit, want.refused + refused);
        return want.unanswered(now);
    }

    /** What is to be asked of the others now; to be called each {@value #EAGER_MILLIS} ms. */
    synchronized Optional<RatesWanted> wanted(String node) {
        peers.refresh();
        long now = millis.getAsLong();
        Division division = peers.division();
        if (division.lenders() == 0 || wants.isEmpty()) {
            wants.clear();
            return Optional.empty();
        }
        List<RateWant> due = wants.entrySet().stream()
                .filter(entry -> entry.getValue().due(now))
                .map(entry -> asked(entry.getKey(), entry.getValue(), division, now))
                .toList();
        wants.values().removeIf(want -> !want.pending && now - want.askedAt > 10 * PATIENT_MILLIS);
        return due.isEmpty() ? Optional.empty() : Optional.of(new RatesWanted(node, due));
    }

    private static RateWant asked(String counter, Want want, Division division, long now) {
        long half = Math.max(1, division.share(counter, want.limit) / 2);
        long amount = Math.max(want.refused, half);
        want.pending = false;
        want.refused = 0;
        want.askedAt = now;
        return new RateWant(counter, want.limit, want.windowSeconds, amount);
    }

    /** Gives up what can be spared: all that is asked for where nothing was used, else half of what is left. */
    RatesLent lend(RatesWanted wanted, String node) {
        Division division = peers.division();
        return new RatesLent(
                node,
                wanted.wants().stream()
                        .limit(MOST_WANTS)
                        .map(want -> loan(want, division))
                        .filter(loan -> loan.amount() > 0)
                        .toList());
    }

    private RateLoan loan(RateWant want, Division division) {
        if (division.nodes() == 1 || want.limit() < 1 || want.windowSeconds() < 1) {
            return new RateLoan(want.counter(), want.windowSeconds(), 0);
        }
        long part = Math.ceilDiv(want.amount(), Math.max(1, division.lenders()));
        long lent = counters.spare(
                want.counter(), part, division.share(want.counter(), want.limit()), want.windowSeconds());
        return new RateLoan(want.counter(), want.windowSeconds(), lent);
    }

    /** Counts what another has given up. */
    synchronized void borrow(RatesLent lent) {
        for (RateLoan loan : lent.loans()) {
            Want want = wants.get(loan.counter());
            if (want != null && loan.amount() > 0) { // what was not asked for is not taken
                want.lentAt = millis.getAsLong();
                counters.credit(loan.counter(), loan.amount(), loan.windowSeconds());
            }
        }
    }
}
