package com.keeptrusts.gateway.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What an ingress instance is given.
 *
 * @param node name of the node it runs on
 * @param instance its number on that node
 * @param port to listen on; instances on one node share it
 * @param drainNotice how long balancers have to leave before connections are refused; zero: new requests are refused at once
 * @param drainTimeout how long running answers have after that
 * @param current the config version that new requests get
 * @param vault what ties audit entries to persons
 * @param status shared by the instances of a node
 */
public record IngressOptions(
        String node,
        int instance,
        String host,
        int port,
        FailMode failMode,
        Duration drainNotice,
        Duration drainTimeout,
        Supplier<IngressConfig> current,
        MeterRegistry meters,
        Spool spool,
        Vault vault,
        IngressStatus status,
        IngressTimings timings,
        IngressLimits limits) {

    /** Options with the ordinary timings and limits, and no notice. */
    public static IngressOptions of(
            String node,
            int instance,
            String host,
            int port,
            FailMode failMode,
            Duration drainTimeout,
            Supplier<IngressConfig> current,
            MeterRegistry meters,
            Spool spool,
            Vault vault,
            IngressStatus status) {
        return new IngressOptions(
                node,
                instance,
                host,
                port,
                failMode,
                Duration.ZERO,
                drainTimeout,
                current,
                meters,
                spool,
                vault,
                status,
                IngressTimings.DEFAULT,
                IngressLimits.DEFAULT);
    }

    /** The same with a notice before the drain. */
    public IngressOptions withNotice(Duration notice) {
        return with(notice, timings, limits);
    }

    IngressOptions with(IngressTimings otherTimings) {
        return with(drainNotice, otherTimings, limits);
    }

    /** The same with other limits. */
    public IngressOptions with(IngressLimits otherLimits) {
        return with(drainNotice, timings, otherLimits);
    }

    private IngressOptions with(Duration notice, IngressTimings otherTimings, IngressLimits otherLimits) {
        return new IngressOptions(
                node,
                instance,
                host,
                port,
                failMode,
                notice,
                drainTimeout,
                current,
                meters,
                spool,
                vault,
                status,
                otherTimings,
                otherLimits);
    }
}
