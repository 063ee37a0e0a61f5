package com.keeptrusts.gateway.contract;

import java.util.Map;

/**
 * What one policy decided, and the proof that it looked.
 *
 * @param settingsDigest version of the policy: digest of the settings it judged by
 * @param worker address of the worker that judged
 * @param reason stable code, as in {@code clean}, {@code instruction_override}, {@code pii_found}
 * @param score between 0 and 1 where the policy has one, else 0
 * @param coverage what was read to come to the verdict
 * @param findings number of findings per category
 * @param micros time spent judging, in microseconds
 */
public record PolicyVerdict(
        String kind,
        String settingsDigest,
        String worker,
        Decision decision,
        String reason,
        double score,
        Coverage coverage,
        Map<String, Integer> findings,
        long micros) {

    public PolicyVerdict {
        findings = Map.copyOf(findings);
    }
}
