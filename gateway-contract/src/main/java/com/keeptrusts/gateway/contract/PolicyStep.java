package com.keeptrusts.gateway.contract;

/**
 * A policy kind of the chain, with the digest under which its settings can be asked for.
 *
 * @param patienceMillis how much longer than others this policy may take, as it may have to ask somebody itself
 */
public record PolicyStep(String kind, String settingsDigest, int patienceMillis) {

    public PolicyStep(String kind, String settingsDigest) {
        this(kind, settingsDigest, 0);
    }
}
