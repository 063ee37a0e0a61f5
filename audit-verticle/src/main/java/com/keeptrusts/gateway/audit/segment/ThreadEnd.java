package com.keeptrusts.gateway.audit.segment;

/** Waiting for the end of a thread that must not be left behind: it may hold what is not on the disk yet. */
public final class ThreadEnd {

    private ThreadEnd() {}

    /** Returns when the thread has ended, also when interrupted meanwhile; the interrupt is kept for the caller. */
    public static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
