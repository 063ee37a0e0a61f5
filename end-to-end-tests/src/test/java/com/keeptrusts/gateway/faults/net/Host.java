package com.keeptrusts.gateway.faults.net;

import java.util.ArrayList;
import java.util.List;

/**
 * A host of a {@link Network}: a network namespace with one address.
 *
 * @param name as the test says it
 * @param address reachable from the other hosts and from the machine itself
 */
public record Host(String name, String address) {

    static final String PREFIX = "kt-";
    static final String WIRE = "ktw";

    String namespace() {
        return PREFIX + name;
    }

    /** The machine's end of the wire. */
    String wire() {
        return WIRE + name;
    }

    /** What to put before a command so that it runs here; the process keeps its id. */
    public List<String> enter(String... command) {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", namespace()));
        all.addAll(List.of(command));
        return all;
    }
}
