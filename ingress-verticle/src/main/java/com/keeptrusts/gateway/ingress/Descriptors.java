package com.keeptrusts.gateway.ingress;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Open files and sockets of this process. */
final class Descriptors {

    private Descriptors() {}

    /** How many it may have; more than enough where the system does not say. */
    static long most() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
