package com.keeptrusts.gateway.node.reload;

import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one proposed configuration that a node considers. It considers no other until this one is decided, or until
 * {@link #LEASE} has passed, after which whoever proposed it is taken for dead. Thread-safe.
 */
final class Staging {

    static final Duration LEASE = Duration.ofSeconds(15);

    private final LongSupplier nanos;
    private @Nullable ConfigVersion considered;
    private long since;
    private @Nullable Ready ready;

    /** A configuration that may be activated. */
    record Ready(ConfigVersion version, List<String> superseded, GatewayConfig config) {}

    Staging(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes the place, or tells which version has it. */
    synchronized @Nullable ConfigVersion occupy(ConfigVersion version) {
        ConfigVersion other = considered;
        long now = nanos.getAsLong();
        if (other != null && !other.equals(version) && now - since < LEASE.toNanos()) {
            return other;
        }
        considered = version;
        since = now;
        ready = null;
        return null;
    }

    /** Nothing stands against it; answers whether it still has the place. */
    synchronized boolean ready(Ready found) {
        boolean holds = found.version().equals(considered);
        if (holds) {
            ready = found;
        }
        return holds;
    }

    /** Gives the place back; what was ready is answered, if it was this version. */
    synchronized @Nullable Ready decided(ConfigVersion version) {
        if (!version.equals(considered)) {
            return null;
        }
        Ready found = ready;
        considered = null;
        ready = null;
        return found;
    }
}
