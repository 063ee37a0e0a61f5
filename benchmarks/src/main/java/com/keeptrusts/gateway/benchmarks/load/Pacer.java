package com.keeptrusts.gateway.benchmarks.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Tells when requests are due, on a thread of its own: an event loop's timers are a millisecond coarse. */
final class Pacer {

    private Pacer() {}

    static void start(double perSecond, long until, LongConsumer onDue) {
        double interval = 1e9 / perSecond;
        long start = System.nanoTime();
        Thread.ofPlatform().daemon().name("load-pacer").start(() -> {
            for (long number = 0; ; number++) {
                long due = start + (long) (number * interval);
                if (due - until > 0) {
                    return;
                }
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                onDue.accept(due);
            }
        });
    }
}
