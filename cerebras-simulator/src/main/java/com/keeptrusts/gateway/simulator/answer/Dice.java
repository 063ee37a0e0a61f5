package com.keeptrusts.gateway.simulator.answer;

/** Repeatable chance: the same seed and position always show the same number, in any order of asking. */
public final class Dice {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Dice() {}

    public static long roll(long seed, long position) {
        long mixed = seed + (position + 1) * GOLDEN_GAMMA;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number from 0 (inclusive) to {@code bound} (exclusive). */
    public static int below(int bound, long seed, long position) {
        return (int) Long.remainderUnsigned(roll(seed, position), bound);
    }

    /** A number from 0 (inclusive) to 1 (exclusive). */
    public static double fraction(long seed, long position) {
        return (roll(seed, position) >>> 11) * 0x1.0p-53;
    }
}
