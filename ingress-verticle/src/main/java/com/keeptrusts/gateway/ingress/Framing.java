package com.keeptrusts.gateway.ingress;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an HTTP server lets through by default and two servers in a row could read differently. */
final class Framing {

    private static final int MOST_HEADERS = 100;

    private Framing() {}

    /** What is wrong with the head of a request; nothing when it can be read in one way only. */
    static @Nullable String fault(HttpServerRequest http) {
        MultiMap headers = http.headers();
        if (headers.size() > MOST_HEADERS) {
            return "more than " + MOST_HEADERS + " header lines";
        }
        String fault = transferEncoding(http);
        if (fault == null) {
            fault = host(http);
        }
        return fault == null ? values(headers) : fault;
    }

    private static @Nullable String transferEncoding(HttpServerRequest http) {
        List<String> encodings = http.headers().getAll("transfer-encoding");
        if (encodings.isEmpty()) {
            return null;
        }
        boolean chunked = encodings.size() == 1 && "chunked".equalsIgnoreCase(encodings.getFirst());
        if (!chunked || http.version() == HttpVersion.HTTP_1_0) {
            return "transfer-encoding: (expected: chunked, with HTTP/1.1)";
        }
        return http.headers().contains("content-length") ? "content-length beside transfer-encoding" : null;
    }

    private static @Nullable String host(HttpServerRequest http) {
        List<String> hosts = http.headers().getAll("host");
        if (hosts.size() > 1 || (hosts.isEmpty() && http.version() != HttpVersion.HTTP_1_0)) {
            return "host: " + hosts.size() + " of them (expected: 1)";
        }
        String host = hosts.isEmpty() ? "" : hosts.getFirst();
        if (host.indexOf('@') >= 0 || host.indexOf('/') >= 0 || host.indexOf(' ') >= 0 || host.indexOf(',') >= 0) {
            return "host: (expected: a name or address, and a port)";
        }
        return target(http.uri(), host);
    }

    private static @Nullable String target(String uri, String host) {
        if (uri.startsWith("/")) {
            return null;
        }
        String lower = uri.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return "request target (expected: a path)";
        }
        String rest = uri.substring(uri.indexOf("//") + 2);
        int end = rest.indexOf('/');
        String authority = end < 0 ? rest : rest.substring(0, end);
        return authority.equalsIgnoreCase(host) ? null : "request target: another host than the host header";
    }

    private static @Nullable String values(MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            String value = header.getValue();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '\r' || c == '\n' || c == 0) {
                    return "a header value with a line break or NUL";
                }
            }
        }
        return null;
    }
}
