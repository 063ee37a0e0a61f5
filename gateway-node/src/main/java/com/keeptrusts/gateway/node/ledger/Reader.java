package com.keeptrusts.gateway.node.ledger;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who reads, as far as the management port can know. It has no accounts: whoever reaches it is an operator, whose name
 * is what he claims, unless he comes with a client's gateway key; then he is that client.
 *
 * @param who what an entry may say: no address, only its class
 * @param address tells readers apart, and stays here
 * @param holder of the key that the reader came with, or null
 */
record Reader(
        Map<String, String> who, String address, @Nullable KeyHolder holder) {

    private static final String BEARER = "Bearer ";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@._-]{1,64}");

    Reader {
        who = Map.copyOf(who);
    }

    static Reader of(HttpServerRequest request, Function<String, Optional<KeyHolder>> keys) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        String credentials = request.getHeader("authorization");
        if (credentials == null) {
            return of(address, request.getHeader("x-keeptrusts-operator"));
        }
        String key = credentials.startsWith(BEARER) ? credentials.substring(BEARER.length()) : "";
        KeyHolder holder = keys.apply(key)
                .orElseThrow(() -> new LedgerRefusal(
                        401, "invalid_api_key", "authorization: no gateway key (expected: Bearer and a client's key)"));
        Map<String, String> who = new HashMap<>(Map.of("auth", "key", "key", holder.key(), "ip", kind(address)));
        if (holder.tenant() != null) {
            who.put("tenant", holder.tenant());
        }
        return new Reader(who, address, holder);
    }

    /** Everything that is not about one request tells of other clients too. */
    void requireOperator() {
        if (holder != null) {
            throw new LedgerRefusal(
                    403, "operators_only", "with a client's key only /requests/<id> and its proof may be read");
        }
    }

    static Reader of(String address, @Nullable String claimed) {
        Map<String, String> who = new HashMap<>();
        who.put("auth", "none");
        who.put("ip", kind(address));
        if (claimed != null) {
            if (!NAME.matcher(claimed).matches()) {
                throw LedgerRefusal.badRequest(
                        "x-keeptrusts-operator: not a name (expected: 1 to 64 of letters, digits, @ . _ -)");
            }
            who.put("as", claimed);
        }
        return new Reader(who, address, null);
    }

    /** Readers of the same address and name are one. */
    String key() {
        return address + " " + who.getOrDefault("as", "");
    }

    private static String kind(String address) {
        try {
            if (address.isEmpty()) {
                return "unknown";
            }
            InetAddress numeric = InetAddress.ofLiteral(address);
            if (numeric.isLoopbackAddress()) {
                return "loopback";
            }
            boolean near = numeric.isSiteLocalAddress() || numeric.isLinkLocalAddress() || uniqueLocal(numeric);
            return near ? "private" : "public";
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }

    private static boolean uniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    }
}
