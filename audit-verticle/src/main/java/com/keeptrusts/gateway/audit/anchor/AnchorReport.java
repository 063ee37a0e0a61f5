package com.keeptrusts.gateway.audit.anchor;

import org.jspecify.annotations.Nullable;

/**
 * How one anchor of a log stands.
 *
 * @param ageSeconds since the place was known to have the newest checkpoint; negative when it never was
 * @param size entries under the last checkpoint there
 * @param failure why the last attempt failed, or null
 */
public record AnchorReport(
        String name, double ageSeconds, long size, @Nullable String failure) {}
