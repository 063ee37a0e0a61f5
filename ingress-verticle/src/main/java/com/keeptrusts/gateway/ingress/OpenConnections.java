package com.keeptrusts.gateway.ingress;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The client connections of a node, in all and of each client, so that none can take all places: a client may have as many
 * as are left for all others. With nobody else there that is half of them. Thread-safe.
 */
final class OpenConnections {

    /** An IPv6 client is usually given so many bytes of address, and chooses the others itself. */
    private static final int NETWORK_BYTES = 8;

    private final Map<String, Integer> byClient = new HashMap<>();
    private int all;

    /** What came of a client that wants a connection. */
    enum Entrance {
        OPEN,
        /** The node has as many as it may have. */
        NODE_FULL,
        /** This client has as many as are left. */
        CLIENT_FULL
    }

    /** Who counts as one client. */
    static String client(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }

    /** Takes a place of so many, if it may. */
    synchronized Entrance enter(String client, int most) {
        if (all >= most) {
            return Entrance.NODE_FULL;
        }
        int own = byClient.getOrDefault(client, 0);
        if (own >= most - all) {
            return Entrance.CLIENT_FULL;
        }
        byClient.put(client, own + 1);
        all++;
        return Entrance.OPEN;
    }

    /** Gives a place back. */
    synchronized void leave(String client) {
        byClient.computeIfPresent(client, (_, own) -> own == 1 ? null : own - 1);
        all--;
    }

    synchronized int size() {
        return all;
    }
}
