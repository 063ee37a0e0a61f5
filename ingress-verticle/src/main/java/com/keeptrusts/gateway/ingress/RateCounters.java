package com.keeptrusts.gateway.ingress;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Sliding-window counters by name, each the sum of the running window and the part of the previous one that the sliding
 * window still covers. Bounded: the counter unused longest is forgotten first. Thread-safe.
 */
final class RateCounters {

    private static final int MOST = 100_000;

    private final LongSupplier millis;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST;
        }
    };

    RateCounters() {
        this(() -> System.nanoTime() / 1_000_000);
    }

    RateCounters(LongSupplier millis) {
        this.millis = millis;
    }

    /** What {@link #take} answers when the amount alone is more than there may ever be. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * What became of a try.
     *
     * @param waitMillis until there is room, 0 where the amount was added, or {@link #NEVER}
     * @param used what counts now; below zero where more was lent than used
     */
    record Taken(long waitMillis, double used) {}

    /** Adds {@code amount} if that stays within {@code most}; else adds nothing and tells in how many ms to try again. */
    long take(String name, long amount, long most, int windowSeconds) {
        return attempt(name, amount, most, windowSeconds).waitMillis();
    }

    /** As {@link #take}, and tells what counts. */
    synchronized Taken attempt(String name, long amount, long most, int windowSeconds) {
        Window window = window(name, windowSeconds);
        long now = millis.getAsLong();
        double used = window.used(now);
        if (used + amount > most) {
            return new Taken(amount > most ? NEVER : window.millisUntil(now, most - amount), used);
        }
        window.current += amount;
        return new Taken(0, used + amount);
    }

    /**
     * Counts as used what can be spared of {@code most}, and tells how much that is: up to {@code amount} where nothing was
     * used, else up to half of what is left.
     */
    synchronized long spare(String name, long amount, long most, int windowSeconds) {
        Window window = window(name, windowSeconds);
        double used = window.used(millis.getAsLong());
        long left = (long) Math.floor(most - used);
        long spared = Math.max(0, Math.min(amount, used <= 0 ? left : Math.ceilDiv(left, 2)));
        window.current += spared;
        return spared;
    }

    /** Lets so much more through in the running window, which another has given up. */
    synchronized void credit(String name, long amount, int windowSeconds) {
        window(name, windowSeconds).current -= amount;
    }

    /** Corrects an earlier estimate by a difference, which may be negative. */
    synchronized void adjust(String name, long difference, int windowSeconds) {
        Window window = window(name, windowSeconds);
        window.current = Math.max(Math.min(0, window.current), window.current + difference);
    }

    private Window window(String name, int seconds) {
        Window window = windows.computeIfAbsent(name, _ -> new Window(seconds * 1000L));
        window.slide(millis.getAsLong());
        return window;
    }

    /** One counter. */
    private static final class Window {
        private final long length;
        private long number = Long.MIN_VALUE;
        private long current;
        private long previous;

        Window(long length) {
            this.length = length;
        }

        void slide(long now) {
            long running = Math.floorDiv(now, length);
            if (running != number) {
                previous = running == number + 1 ? Math.max(0, current) : 0; // a loan ends with its window
                current = 0;
                number = running;
            }
        }

        double used(long now) {
            double passed = Math.floorMod(now, length) / (double) length;
            return current + previous * (1 - passed);
        }

        long millisUntil(long now, long room) {
            long inWindow = Math.floorMod(now, length);
            if (current <= room && previous > 0) {
                double share = 1 - Math.max(0, room - current) / (double) previous;
                return Math.max(1, (long) Math.ceil(share * length) - inWindow);
            }
            double share = current == 0 ? 0 : 1 - Math.max(0, room) / (double) current;
            return length - inWindow + (long) Math.ceil(share * length);
        }
    }
}
