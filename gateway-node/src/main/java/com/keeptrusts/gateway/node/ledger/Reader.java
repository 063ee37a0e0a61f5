package com.keeptrusts.gateway.node.ledger;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who reads, as far as the management port can know: it has no accounts, so a name is what the reader claims.
 *
 * @param who what an entry may say: no address, only its class
 * @param address tells readers apart, and stays here
 */
record Reader(Map<String, String> who, String address) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@._-]{1,64}");

    Reader {
        who = Map.copyOf(who);
    }

    static Reader of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        return of(address, request.getHeader("x-keeptrusts-operator"));
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
        return new Reader(who, address);
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
