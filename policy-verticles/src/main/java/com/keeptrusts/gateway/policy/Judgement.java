package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import java.util.Map;

/**
 * What a policy thinks of texts; the worker adds who judged and how long it took.
 *
 * @param reason stable code, as in {@code clean} or {@code pii_found}
 * @param score between 0 and 1 where the policy has one, else 0
 * @param findings number of findings per category
 */
public record Judgement(
        Decision decision, String reason, double score, Coverage coverage, Map<String, Integer> findings) {

    public Judgement {
        findings = Map.copyOf(findings);
    }
}
