package com.keeptrusts.gateway.contract;

/** What a worker does. */
public enum Role {
    INGRESS,
    POLICY,
    PROVIDER,
    AUDIT
}
