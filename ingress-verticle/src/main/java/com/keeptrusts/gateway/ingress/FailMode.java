package com.keeptrusts.gateway.ingress;

/** What becomes of a request whose policy could not be asked, or could not judge. */
public enum FailMode {
    BLOCK,
    /** Go on unreviewed; the audit entry says {@code degraded}. */
    ALLOW
}
