package com.keeptrusts.gateway.provider.request;

import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.provider.settings.ProviderCatalog;
import com.keeptrusts.gateway.provider.settings.ProviderProfile;
import com.keeptrusts.gateway.provider.settings.TargetSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers travel to a target and back (WIRE 2.4). */
public final class UpstreamHeaders {

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
            "content-type",
            "content-encoding",
            "authorization",
            "api-key",
            "x-api-key",
            "cookie",
            "accept-encoding",
            "forwarded",
            "via",
            "x-real-ip");
    private static final List<String> STAY_WHEN_THEY_START_WITH =
            List.of("proxy-", "x-keeptrusts-", "x-forwarded-", ":");
    private static final Set<String> RETURN =
            Set.of("content-type", "x-should-retry", "inference-id", "openai-processing-ms", "openai-version");
    private static final List<String> RETURN_WHEN_THEY_START_WITH = List.of("x-ratelimit-", "retry-after");

    private UpstreamHeaders() {}

    /** The client's headers that the target may see, then those that the gateway sets. */
    public static List<Header> request(List<Header> client, TargetSettings target, String secret, boolean stream) {
        List<Header> sent = new ArrayList<>();
        boolean accepts = false;
        for (Header header : client) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (mayTravel(name, target) && isOneLine(header.value())) {
                accepts |= name.equals("accept");
                sent.add(new Header(name, latin(header.value())));
            }
        }
        if (!accepts) {
            sent.add(new Header("accept", stream ? "text/event-stream" : "application/json"));
        }
        sent.add(new Header("accept-encoding", "identity"));
        sent.add(new Header("content-type", "application/json"));
        sent.add(new Header(target.keyHeader(), target.keyPrefix() + secret));
        return sent;
    }

    /** The target's headers that the client may see; its request id under another name, for the gateway has its own. */
    public static List<Header> response(Iterable<? extends Map.Entry<String, String>> target) {
        List<Header> returned = new ArrayList<>();
        for (var header : target) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("x-request-id")) {
                name = "x-upstream-request-id";
            } else if (!RETURN.contains(name)
                    && RETURN_WHEN_THEY_START_WITH.stream().noneMatch(name::startsWith)) {
                continue;
            }
            boolean again = name.equals("content-type")
                    && returned.stream().anyMatch(kept -> kept.name().equals("content-type"));
            if (!again && isOneLine(header.getValue())) {
                returned.add(new Header(name, header.getValue()));
            }
        }
        return returned;
    }

    private static boolean mayTravel(String name, TargetSettings target) {
        if (STAY.contains(name)
                || STAY_WHEN_THEY_START_WITH.stream().anyMatch(name::startsWith)
                || name.equals(target.keyHeader())) {
            return false;
        }
        for (ProviderProfile other : ProviderCatalog.known()) {
            if (other.ownHeaders().contains(name)
                    && !other.name().equals(target.provider().name())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneLine(String value) {
        return value.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 0x7f);
    }

    private static String latin(String value) {
        if (value.chars().allMatch(c -> c < 0x100)) {
            return value;
        }
        var encoded = new StringBuilder();
        value.codePoints()
                .forEach(c -> encoded.append(
                        c < 0x100
                                ? Character.toString(c)
                                : URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8)));
        return encoded.toString();
    }
}
