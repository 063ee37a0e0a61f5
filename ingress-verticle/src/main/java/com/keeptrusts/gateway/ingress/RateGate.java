package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Usage;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rate limits of a config to one request: requests are counted when it comes, tokens are reserved by estimate
 * when its body is known and corrected when their number is.
 */
final class RateGate {

    private final RateShares counters;
    private final List<Applied> limits = new ArrayList<>(2);
    private long reserved;

    private RateGate(RateShares counters) {
        this.counters = counters;
    }

    /** The limits that concern this request; none of them is touched yet. */
    static RateGate of(RateShares counters, IngressConfig config, Caller caller, HttpServerRequest http) {
        var gate = new RateGate(counters);
        RateLimits all = config.rateLimits();
        gate.add("global", all.global());
        if (all.ip() != null) {
            gate.add(
                    "ip " + address(http, caller, all.ip().trustProxyDepth()),
                    all.ip().limit());
        }
        if (all.user() != null) {
            gate.add(
                    "user " + user(http, caller, all.user().headerNames()),
                    all.user().limit());
        }
        if (all.token() != null) {
            gate.add("token " + scope(all.token(), http, caller), all.token().limit());
        }
        ClientKey key = caller.key();
        if (key != null) {
            gate.add("key " + key.name(), key.rateLimit());
        }
        return gate;
    }

    /** Counts one request; throws {@link Refused} when it is one too many. */
    void countRequest() {
        for (Applied applied : limits) {
            RateLimit limit = applied.limit();
            if (limit.maxRequests() != Long.MAX_VALUE) {
                refuseIf(counters.take("r " + applied.name(), 1, limit.maxRequests(), limit.windowSeconds()), applied);
            }
        }
    }

    /** Reserves what the request will probably cost; throws {@link Refused} when that is too much. */
    void reserveTokens(long estimate) {
        for (Applied applied : limits) {
            RateLimit limit = applied.limit();
            if (limit.maxTokens() != Long.MAX_VALUE) {
                refuseIf(
                        counters.take("t " + applied.name(), estimate, limit.maxTokens(), limit.windowSeconds()),
                        applied);
            }
        }
        reserved = estimate;
    }

    /** Replaces the estimate by what was used; what never reached a provider costs nothing. */
    void settle(@Nullable Usage usage, boolean dispatched) {
        if (reserved == 0 || (dispatched && usage == null)) {
            return;
        }
        long difference = (usage == null ? 0 : usage.totalTokens()) - reserved;
        reserved = 0;
        for (Applied applied : limits) {
            RateLimit limit = applied.limit();
            if (limit.maxTokens() != Long.MAX_VALUE) {
                counters.adjust("t " + applied.name(), difference, limit.windowSeconds());
            }
        }
    }

    private void add(String name, @Nullable RateLimit limit) {
        if (limit != null) {
            limits.add(new Applied(name + ' ' + limit.windowSeconds(), limit));
        }
    }

    private static void refuseIf(long waitMillis, Applied applied) {
        if (waitMillis > 0) {
            String kind = applied.name().substring(0, applied.name().indexOf(' '));
            throw new Refused(new Failure(
                    ErrorCode.RATE_LIMIT_EXCEEDED,
                    "The gateway's " + kind + " rate limit is reached.",
                    null,
                    null,
                    0,
                    waitMillis,
                    false));
        }
    }

    private static String scope(RateLimits.ByTokens tokens, HttpServerRequest http, Caller caller) {
        return switch (tokens.scope()) {
            case GLOBAL -> "all";
            case KEY -> keyName(caller);
            case USER -> user(http, caller, tokens.headerNames());
            case IP -> address(http, caller, tokens.trustProxyDepth());
        };
    }

    private static String user(HttpServerRequest http, Caller caller, List<String> headerNames) {
        for (String name : headerNames) {
            String value = http.getHeader(name);
            if (value != null && !value.isBlank()) {
                return value.length() <= 128 ? value : Integer.toHexString(value.hashCode());
            }
        }
        return keyName(caller);
    }

    private static String keyName(Caller caller) {
        return caller.key() == null ? "" : caller.key().name();
    }

    /** With {@code n} trusted proxies in front, the n-th address from the end is the one the first of them saw. */
    private static String address(HttpServerRequest http, Caller caller, int proxies) {
        if (proxies == 0) {
            return caller.address();
        }
        List<String> hops = new ArrayList<>();
        for (String line : http.headers().getAll("x-forwarded-for")) {
            for (String hop : line.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        int index = hops.size() - proxies;
        return index >= 0 && index < hops.size() ? hops.get(index) : caller.address();
    }

    /** A limit and the name of its counter here. */
    private record Applied(String name, RateLimit limit) {}
}
