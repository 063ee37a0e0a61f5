package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.provider.target.TargetBoard;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one provider worker is given.
 *
 * @param node short name of its node
 * @param instance its number on the node
 * @param environment where keys are looked up
 * @param upstream takes the place of every target's base_url, for debugging; a target then needs no key
 * @param board shared by the workers of a node; holds the limit of calls per target
 * @param trust certificate authorities in place of the platform's
 * @param drainLimit how long running calls may take when the worker is stopped
 * @param build version of the program
 */
public record ProviderOptions(
        String node,
        int instance,
        Function<String, @Nullable String> environment,
        @Nullable String upstream,
        TargetBoard board,
        MeterRegistry meters,
        @Nullable TrustOptions trust,
        Duration drainLimit,
        String build) {

    /** A worker with the platform's certificate authorities that takes a minute at most to stop. */
    public static ProviderOptions of(
            String node,
            int instance,
            Function<String, @Nullable String> environment,
            @Nullable String upstream,
            TargetBoard board,
            MeterRegistry meters,
            String build) {
        return new ProviderOptions(
                node, instance, environment, upstream, board, meters, null, Duration.ofSeconds(60), build);
    }

    /** The same with another limit for what runs when it stops. */
    public ProviderOptions withDrainLimit(Duration limit) {
        return new ProviderOptions(node, instance, environment, upstream, board, meters, trust, limit, build);
    }
}
