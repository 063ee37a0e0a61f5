package com.keeptrusts.gateway.audit.anchor;

/** A place has a checkpoint of the log that the log, as it is now, does not continue. */
final class ContradictedException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean larger;
    private final long held;

    /**
     * Tells what the place has.
     *
     * @param held size of the tree there
     * @param larger whether that is more than the log has; else it is another tree
     */
    ContradictedException(String place, long held, boolean larger) {
        super(place + " has a checkpoint of " + held + " entries, which the log does not continue");
        this.held = held;
        this.larger = larger;
    }

    long held() {
        return held;
    }

    boolean larger() {
        return larger;
    }
}
