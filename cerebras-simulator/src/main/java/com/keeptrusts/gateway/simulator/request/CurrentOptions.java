package com.keeptrusts.gateway.simulator.request;

/** The options that hold for every request at the moment. Thread-safe. */
public final class CurrentOptions {

    private volatile Options options;

    public CurrentOptions(Options options) {
        this.options = options;
    }

    public Options get() {
        return options;
    }

    public void set(Options newOptions) {
        options = newOptions;
    }
}
