package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.provider.settings.BaseUrl;
import com.keeptrusts.gateway.provider.settings.TargetSettings;
import com.keeptrusts.gateway.provider.target.TargetBoard;
import com.keeptrusts.gateway.provider.upstream.UpstreamClient;
import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one worker have in common.
 *
 * @param context on which all of them run
 * @param upstream in place of every target's own, for debugging
 */
record Workshop(
        Context context,
        Bus bus,
        TargetBoard board,
        UpstreamClient client,
        Secrets secrets,
        ProviderMetrics metrics,
        @Nullable BaseUrl upstream) {

    /** Where a target is really called. */
    TargetSettings located(TargetSettings target) {
        return upstream == null ? target : target.at(upstream);
    }
}
