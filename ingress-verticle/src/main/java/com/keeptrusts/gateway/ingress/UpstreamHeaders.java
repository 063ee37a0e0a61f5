package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Header;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of a client's headers travel on (WIRE 2.4): all but those of the hop, of secrets, and of the gateway itself. */
final class UpstreamHeaders {

    private static final Set<String> STAY = Set.of(
            "connection",
            "keep-alive",
            "upgrade",
            "http2-settings",
            "te",
            "trailer",
            "transfer-encoding",
            "expect",
            "host",
            "content-length",
            "content-encoding",
            "authorization",
            "api-key",
            "x-api-key",
            "cookie",
            "accept-encoding",
            "forwarded",
            "via",
            "x-real-ip");
    private static final List<String> STAY_FAMILIES = List.of("proxy-", "x-keeptrusts-", "x-forwarded-");

    private UpstreamHeaders() {}

    static List<Header> of(MultiMap headers) {
        Set<String> named = namedByConnection(headers);
        List<Header> travelling = new ArrayList<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (travels(name) && !named.contains(name)) {
                travelling.add(new Header(name, header.getValue()));
            }
        }
        return travelling;
    }

    private static boolean travels(String name) {
        if (STAY.contains(name)) {
            return false;
        }
        for (String family : STAY_FAMILIES) {
            if (name.startsWith(family)) {
                return false;
            }
        }
        return true;
    }

    /** The {@code Connection} header may name more headers that belong to this hop only. */
    private static Set<String> namedByConnection(MultiMap headers) {
        List<String> lines = headers.getAll("connection");
        if (lines.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String line : lines) {
            for (String name : line.split(",", -1)) {
                named.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return named;
    }
}
