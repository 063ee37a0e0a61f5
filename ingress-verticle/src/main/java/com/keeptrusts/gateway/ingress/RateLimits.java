package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.config.Section;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sections {@code global_rate_limit}, {@code ip_rate_limit}, {@code user_rate_limit} and {@code token_rate_limit}.
 */
public record RateLimits(
        @Nullable RateLimit global,
        @Nullable ByIp ip,
        @Nullable ByUser user,
        @Nullable ByTokens token) {

    public static final RateLimits NONE = new RateLimits(null, null, null, null);

    private static final List<String> USER_HEADERS = List.of("x-user-id");
    private static final int MOST_PROXIES = 16;

    /**
     * Per client address.
     *
     * @param trustProxyDepth how many proxies before the gateway append to {@code x-forwarded-for}; 0 ignores it
     */
    public record ByIp(RateLimit limit, int trustProxyDepth) {}

    /** Per user, as the first present of these headers names one; else per gateway key. */
    public record ByUser(RateLimit limit, List<String> headerNames) {
        public ByUser {
            headerNames = headerNames.stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    /** Tokens, counted for everyone together, per gateway key, per user or per address. */
    public record ByTokens(RateLimit limit, Scope scope, List<String> headerNames, int trustProxyDepth) {
        public ByTokens {
            headerNames = headerNames.stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    /** Whose tokens are added up. */
    public enum Scope {
        GLOBAL,
        KEY,
        USER,
        IP
    }

    /** Reads the four sections from the section that holds them. */
    public static RateLimits from(Section root) {
        return new RateLimits(
                root.optionalSection("global_rate_limit", RateLimit::from),
                root.optionalSection("ip_rate_limit", RateLimits::byIp),
                root.optionalSection("user_rate_limit", RateLimits::byUser),
                root.optionalSection("token_rate_limit", RateLimits::byTokens));
    }

    private static ByIp byIp(Section section) {
        return new ByIp(RateLimit.from(section), proxies(section));
    }

    private static ByUser byUser(Section section) {
        return new ByUser(RateLimit.from(section), section.texts("header_names", USER_HEADERS));
    }

    private static ByTokens byTokens(Section section) {
        String scope = section.choice("scope", "global", List.of("global", "key", "user", "ip"));
        return new ByTokens(
                RateLimit.from(section),
                Scope.valueOf(scope.toUpperCase(Locale.ROOT)),
                section.texts("header_names", USER_HEADERS),
                proxies(section));
    }

    private static int proxies(Section section) {
        return section.integer("trust_proxy_depth", 0, 0, MOST_PROXIES);
    }
}
