package com.keeptrusts.gateway.provider.settings;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells public addresses from those inside a network, so that no target leads the gateway to what it must not reach. */
public final class AddressGuard {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%.*)?");

    private AddressGuard() {}

    /** Whether the name itself says that it is this machine. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /** The address, when the host is written as one; no name is looked up. */
    public static Optional<InetAddress> literal(String host) {
        if (!LITERAL.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether a connection to what {@code host} was resolved to is in order without the operator's special leave. */
    public static boolean admits(String host, InetAddress resolved) {
        return isLoopback(host) ? resolved.isLoopbackAddress() : isPublic(resolved);
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return switch (address) {
            case Inet4Address four -> isPublic(four.getAddress(), 0);
            case Inet6Address six -> isPublicV6(six.getAddress());
            default -> false;
        };
    }

    private static boolean isPublicV6(byte[] bytes) {
        int first = number(bytes, 0);
        if ((first & 0xfe00) == 0xfc00) { // unique local
            return false;
        }
        if (first == 0x2002) { // 6to4 carries an IPv4 address
            return isPublic(bytes, 2);
        }
        boolean nat64 = first == 0x0064 && number(bytes, 2) == 0xff9b;
        boolean compatible = first == 0 && number(bytes, 2) == 0 && number(bytes, 4) == 0 && number(bytes, 6) == 0;
        return !(nat64 || compatible) || isPublic(bytes, 12);
    }

    private static boolean isPublic(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        boolean shared = a == 100 && b >= 64 && b < 128; // carrier-grade NAT
        boolean inside = a == 10 || a == 127 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168);
        boolean special = a == 0 || a >= 224 || (a == 169 && b == 254) || (a == 192 && b == 0 && c == 0);
        boolean benchmark = a == 198 && (b == 18 || b == 19);
        return !(shared || inside || special || benchmark);
    }

    private static int number(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
}
