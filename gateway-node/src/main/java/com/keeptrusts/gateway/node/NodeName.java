package com.keeptrusts.gateway.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Names this process on the bus: host and a random suffix, so that a restarted process is another node. */
final class NodeName {

    private static final int LONGEST_HOST = 40;

    private NodeName() {}

    static String fresh() {
        String suffix = Integer.toHexString(ThreadLocalRandom.current().nextInt() | 0x1000_0000);
        return host() + "-" + suffix;
    }

    /** The host's name in letters, digits and hyphens: the same after a restart. */
    static String host() {
        try {
            String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            String clean = host.replaceAll("[^a-z0-9-]", "-");
            return clean.substring(0, Math.min(LONGEST_HOST, clean.length()));
        } catch (UnknownHostException _) {
            return "node";
        }
    }
}
