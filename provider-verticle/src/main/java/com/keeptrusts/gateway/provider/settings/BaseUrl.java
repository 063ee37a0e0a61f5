package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.contract.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a target's API is. Reads {@code https://host[:port][/path]} with or without {@code /v1} at its end.
 *
 * @param path without {@code /v1} and without a slash at its end
 */
public record BaseUrl(boolean tls, String host, int port, String path) {

    /** Other ways to write an address are read differently by different programs. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

    private static final Pattern DOTTED_QUAD = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException naming what is wrong, without the URL itself
     */
    public static BaseUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL (expected: https://host[:port][/path])", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("scheme '" + scheme + "' (expected: https)");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("user, query or fragment (expected: https://host[:port][/path])");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("no valid host and port (expected: https://host[:port][/path])");
        }
        if (NUMBERS.matcher(uri.getHost()).matches()
                && !DOTTED_QUAD.matcher(uri.getHost()).matches()) {
            throw new IllegalArgumentException("ambiguous address (expected: four numbers without leading zeros)");
        }
        boolean tls = scheme.equals("https");
        int port = uri.getPort() < 0 ? (tls ? HTTPS : HTTP) : uri.getPort();
        return new BaseUrl(tls, bareHost(uri.getHost()), port, barePath(uri.getRawPath()));
    }

    public String uri(Endpoint endpoint) {
        return path + endpoint.path();
    }

    /** Scheme, host and port, which decide on the connection pool. */
    public String origin() {
        return (tls ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String bareHost(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare.toLowerCase(Locale.ROOT);
    }

    private static String barePath(String path) {
        String bare = path.replaceAll("/+$", "");
        return bare.endsWith("/v1") ? bare.substring(0, bare.length() - "/v1".length()) : bare;
    }
}
