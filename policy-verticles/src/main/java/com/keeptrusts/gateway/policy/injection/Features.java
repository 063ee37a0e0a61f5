package com.keeptrusts.gateway.policy.injection;

/**
 * What a linear model sees of one text: numbers, segment by segment. A window is two neighbouring segments, so that
 * every window can be scored without reading anything twice.
 */
interface Features {

    /** Takes the features as they come. */
    interface Sink {

        void feature(int segment, int number);
    }

    /** How many segments the text has, at least one. */
    int segments();

    /** Gives every feature once; each is below two to the power of the model's bits, each segment below {@link #segments}. */
    void read(Sink sink);
}
