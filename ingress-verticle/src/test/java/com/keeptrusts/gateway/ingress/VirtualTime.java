package com.keeptrusts.gateway.ingress;

import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/** Time that passes only when the test says so, in steps from one event to the next. */
final class VirtualTime implements Alarms {

    private record Event(long atMicros, long number, Runnable act) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Set<Long> cancelled = new HashSet<>();
    private long micros = 1_000_000_000;
    private long numbers;

    @Override
    public long millis() {
        return micros / 1_000;
    }

    long micros() {
        return micros;
    }

    @Override
    public long set(long millis, Runnable act) {
        return after(millis * 1_000, act);
    }

    long after(long delayMicros, Runnable act) {
        events.add(new Event(micros + delayMicros, ++numbers, act));
        return numbers;
    }

    @Override
    public void cancel(long alarm) {
        cancelled.add(alarm);
    }

    /** Everything that is due within these milliseconds happens, in its order. */
    void pass(long millis) {
        long until = micros + millis * 1_000;
        for (Event next = events.peek(); next != null && next.atMicros() <= until; next = events.peek()) {
            events.poll();
            if (cancelled.isEmpty() || !cancelled.remove(next.number())) {
                micros = Math.max(micros, next.atMicros());
                next.act().run();
            }
        }
        micros = until;
    }

    /** Time goes by in which nothing could happen, as when a process was stopped. */
    void jump(long millis) {
        micros += millis * 1_000;
    }
}
