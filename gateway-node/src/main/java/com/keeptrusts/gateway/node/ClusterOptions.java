package com.keeptrusts.gateway.node;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a process joins a cluster.
 *
 * @param xml Hazelcast configuration: who the members are
 * @param tls directory with {@code ca.crt}, {@code tls.crt} and {@code tls.key} for the event bus; may be absent where
 *     all addresses are loopback only
 * @param busPort where the event bus listens, or 0 for any free port
 * @param busAddress where other nodes reach the event bus, when that is not where it listens
 */
public record ClusterOptions(
        Path xml, @Nullable Path tls, int busPort, @Nullable HostPort busAddress) {

    /** Any free port, reached directly. */
    public ClusterOptions(Path xml, @Nullable Path tls) {
        this(xml, tls, 0, null);
    }
}
