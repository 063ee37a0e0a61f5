package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.PolicyStep;
import java.util.List;
import java.util.Set;

/**
 * One version of everything that the ingress reads from the config. A request is pinned to the version that was current
 * when it came.
 *
 * @param digest of the effective config
 * @param chain policy kinds in the configured order, without {@code audit-logger}
 * @param outputKinds those kinds of the chain that review answers
 * @param providerDigest digest under which a provider worker can ask for its settings
 * @param targets ids of the provider targets
 * @param models what {@code GET /v1/models} lists
 */
public record IngressConfig(
        String digest,
        String packName,
        String packVersion,
        boolean packEnabled,
        List<PolicyStep> chain,
        Set<String> outputKinds,
        AuditSettings audit,
        String providerDigest,
        List<String> targets,
        List<PublishedModel> models,
        SizeLimits sizeLimits,
        GatewaySettings gateway,
        RateLimits rateLimits) {

    public IngressConfig {
        chain = List.copyOf(chain);
        outputKinds = Set.copyOf(outputKinds);
        targets = List.copyOf(targets);
        models = List.copyOf(models);
    }

    List<PolicyStep> outputChain() {
        return outputKinds.isEmpty()
                ? List.of()
                : chain.stream()
                        .filter(step -> outputKinds.contains(step.kind()))
                        .toList();
    }
}
