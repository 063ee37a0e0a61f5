package com.keeptrusts.gateway.node;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where to listen. Port 0 takes any free one. */
public record HostPort(String host, int port) {

    /**
     * Reads {@code host:port}, {@code [v6]:port} or {@code :port} (all interfaces).
     *
     * @throws IllegalArgumentException that tells what was expected
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon >= 0 && port >= 0 && port <= 65_535) {
                String host = text.substring(0, colon);
                return new HostPort(host.isEmpty() ? "0.0.0.0" : host.replaceAll("^\\[|\\]$", ""), port);
            }
        } catch (NumberFormatException _) {
            // said below, as for a port out of range
        }
        throw new IllegalArgumentException("'" + text + "' (expected: host:port, as in 127.0.0.1:41002)");
    }

    public boolean loopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
