package com.keeptrusts.gateway.audit.spool;

import java.time.Duration;

/**
 * How much a spool keeps.
 *
 * @param bytes on the disk, at most
 * @param age of the oldest entry that is not drained; beyond it nothing more is taken
 */
public record SpoolLimits(long bytes, Duration age) {

    public static final SpoolLimits DEFAULT = new SpoolLimits(256L * 1024 * 1024, Duration.ofHours(24));

    public SpoolLimits {
        if (bytes <= 0 || !age.isPositive()) {
            throw new IllegalArgumentException("spool: " + bytes + " bytes, " + age + " (expected: more than none)");
        }
    }
}
