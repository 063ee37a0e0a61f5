package com.keeptrusts.gateway.benchmarks.load;

/** When requests are sent. */
public sealed interface Arrival {

    /** How many connections there may be at a time. */
    int connections();

    /** Each connection sends its next request when it has the answer to the last one. */
    record Closed(int connections) implements Arrival {

        public Closed {
            require("connections", connections);
        }
    }

    /**
     * Requests are due at fixed times whatever becomes of earlier ones, and their latency counts from then: a stall of
     * the server shows in all requests that were due meanwhile.
     */
    record Open(double perSecond, int connections) implements Arrival {

        public Open {
            require("connections", connections);
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("rate: " + perSecond + " (expected: above 0)");
            }
        }
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
