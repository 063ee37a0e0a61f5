package com.keeptrusts.gateway.contract;

import java.util.List;

/** What nodes tell everyone about themselves, each second and on change. */
public sealed interface NodeEvent extends BusMessage {

    long PERIOD_MILLIS = 1_000;

    /** A node silent for longer than this is not counted on. */
    long SILENCE_MILLIS = 3_500;

    String node();

    /**
     * A node that is there.
     *
     * @param version of the configuration that it runs
     * @param fileDigest of the configuration in its own files, as last read; empty where it has none
     * @param trouble why it does not run what the others run, where it knows; else empty
     * @param build version of the program
     */
    record NodePresent(
            String node, List<Role> roles, ConfigVersion version, String fileDigest, String trouble, String build)
            implements NodeEvent {

        public NodePresent {
            roles = List.copyOf(roles);
            version = version == null ? ConfigVersion.NONE : version;
        }
    }

    /** A node that takes nothing new any more. */
    record NodeLeaving(String node) implements NodeEvent {}
}
