package com.keeptrusts.gateway.node.scaling;

/**
 * How many workers there are, while some that were started are not heard yet or some that were told to end are heard
 * still. What does not come true within a minute is no longer expected. Knows no clock. Not thread-safe.
 */
public final class Roster {

    private static final long PATIENCE_MILLIS = 60_000;

    private int expected = -1;
    private long until;

    /** Whether as many are heard as are expected, or nothing is expected. */
    public boolean settled(long nowMillis, int heard) {
        return expected < 0 || heard == expected || nowMillis >= until;
    }

    /** Workers that are heard or will be. */
    public int present(long nowMillis, int heard) {
        return settled(nowMillis, heard) ? heard : expected;
    }

    /** So many are expected from now on. */
    public void expect(long nowMillis, int workers) {
        expected = workers;
        until = nowMillis + PATIENCE_MILLIS;
    }

    /** So many that were expected will not come. */
    public void lost(int workers) {
        expected = Math.max(-1, expected - workers);
    }
}
