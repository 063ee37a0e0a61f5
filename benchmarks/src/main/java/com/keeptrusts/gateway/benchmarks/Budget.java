package com.keeptrusts.gateway.benchmarks;

/** What a row has to hold and what it aims at, both in the row's unit. */
record Budget(Side side, double must, double aim) {

    /** Which side of the figures is the good one. */
    enum Side {
        AT_LEAST,
        AT_MOST
    }

    static Budget atLeast(double must, double aim) {
        return new Budget(Side.AT_LEAST, must, aim);
    }

    static Budget atMost(double must, double aim) {
        return new Budget(Side.AT_MOST, must, aim);
    }

    boolean holds(double measured) {
        return reaches(measured, must);
    }

    boolean reachesAim(double measured) {
        return reaches(measured, aim);
    }

    private boolean reaches(double measured, double mark) {
        return switch (side) {
            case AT_LEAST -> measured >= mark;
            case AT_MOST -> measured <= mark;
        };
    }
}
