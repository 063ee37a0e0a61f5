package com.keeptrusts.gateway.node;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a process joins a cluster.
 *
 * @param xml Hazelcast configuration: who the members are
 * @param tls directory with {@code ca.crt}, {@code tls.crt} and {@code tls.key} for the event bus; may be absent where
 *     all addresses are loopback only
 */
public record ClusterOptions(Path xml, @Nullable Path tls) {}
