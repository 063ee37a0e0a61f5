package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.audit.AuditSettings;
import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.ingress.GatewaySettings;
import com.keeptrusts.gateway.ingress.RateLimits;
import com.keeptrusts.gateway.ingress.SizeLimits;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.PolicyCatalog;
import com.keeptrusts.gateway.provider.settings.ModelAliases;
import com.keeptrusts.gateway.provider.settings.ProvidersSettings;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration that was found valid, every section read by the module that uses it.
 *
 * @param effective what the files come to, merged; the digest is the SHA-256 of its canonical form
 * @param chain policy kinds in order, with {@code audit-logger} where it stands
 * @param policies the policies of the chain, in its order, without {@code audit-logger}
 * @param audit absent when the chain has no {@code audit-logger}
 * @param warnings what is valid and yet probably not meant
 */
public record GatewayConfig(
        JsonObject effective,
        String digest,
        PackSettings pack,
        List<String> chain,
        Map<String, ChainPolicy> policies,
        @Nullable AuditSettings audit,
        ProvidersSettings providers,
        ModelAliases aliases,
        Settings providerSettings,
        GatewaySettings gateway,
        SizeLimits sizeLimits,
        RateLimits rateLimits,
        TestSuites testing,
        List<String> warnings) {

    /** Served by the audit verticle, so it is no policy worker's kind. */
    public static final String AUDIT_LOGGER = "audit-logger";

    /** One policy of the chain: compiled, and its settings as they travel. */
    public record ChainPolicy(Policy policy, Settings settings) {}

    public GatewayConfig {
        chain = List.copyOf(chain);
        policies = new LinkedHashMap<>(policies);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads every section.
     *
     * @throws ConfigException listing every mistake
     */
    static GatewayConfig of(JsonObject effective) {
        return Section.read("", effective, root -> read(root, effective));
    }

    /** The whole of it as canonical JSON, of which the digest is. */
    public Bytes canonical() {
        return CanonicalForm.of(effective).json();
    }

    /** The steps that a request goes through, in order. */
    public List<PolicyStep> steps() {
        return policies.entrySet().stream()
                .map(entry -> new PolicyStep(
                        entry.getKey(), entry.getValue().settings().digest(), (int)
                                entry.getValue().policy().patience().toMillis()))
                .toList();
    }

    /** The kinds that review answers. */
    public Set<String> outputKinds() {
        Set<String> kinds = new LinkedHashSet<>();
        policies.forEach((kind, policy) -> {
            if (policy.policy().reviews(Phase.OUTPUT)) {
                kinds.add(kind);
            }
        });
        return kinds;
    }

    /** Everything that workers may ask for by digest. */
    public List<Settings> settings() {
        List<Settings> settings = new ArrayList<>();
        policies.values().forEach(policy -> settings.add(policy.settings()));
        settings.add(providerSettings);
        JsonObject blocks = effective.getJsonObject("policy", new JsonObject());
        policies.keySet()
                .forEach(kind ->
                        JudgeTarget.settings(effective, block(blocks, kind)).ifPresent(settings::add));
        return settings;
    }

    private static GatewayConfig read(Section root, JsonObject effective) {
        PolicyCatalog catalog = PolicyCatalog.installed();
        for (String required : List.of("pack", "policies", "providers")) {
            if (!effective.containsKey(required)) {
                root.refuse(required, "missing (expected: a mapping)");
            }
        }
        PackSettings pack = root.section("pack", PackSettings.NONE, PackSettings::from);
        List<String> chain = root.section("policies", List.of(), section -> chain(section, catalog.kinds()));
        JsonObject blocks = root.raw("policy");
        Map<String, ChainPolicy> policies = policies(root, effective, chain, blocks, catalog);
        AuditSettings audit = chain.contains(AUDIT_LOGGER) ? auditSettings(root, blocks) : null;
        List<String> warnings = warnings(chain, blocks, catalog.kinds(), root);
        warnings.addAll(AuditWarnings.of(audit, chain));
        ModelAliases aliases = ModelAliases.from(root);
        GatewaySettings gateway = root.section("gateway", GatewaySettings.DEFAULT, GatewaySettings::from);
        SizeLimits sizes = root.section("size_limits", SizeLimits.DEFAULT, SizeLimits::from);
        RateLimits rates = RateLimits.from(root);
        TestSuites testing = root.section("testing", TestSuites.NONE, TestSuites::from);
        ProvidersSettings providers = root.optionalSection("providers", ProvidersSettings::from);
        if (providers == null) {
            throw new IllegalArgumentException("without providers there is no configuration; the problem is recorded");
        }
        return new GatewayConfig(
                effective,
                CanonicalForm.of(effective).digest(),
                pack,
                chain,
                policies,
                audit,
                providers,
                aliases,
                CanonicalForm.of(new JsonObject()
                        .put("providers", effective.getJsonObject("providers"))
                        .put("model_aliases", effective.getJsonObject("model_aliases", new JsonObject()))),
                gateway,
                sizes,
                rates,
                testing,
                warnings);
    }

    private static List<String> chain(Section section, Collection<String> kinds) {
        List<String> allowed = new ArrayList<>(kinds);
        allowed.add(AUDIT_LOGGER);
        List<String> chain = section.texts("chain", List.of());
        if (!section.has("chain")) {
            section.refuse("chain", "missing (expected: an ordered list of " + String.join(", ", allowed) + ")");
        }
        Set<String> seen = new LinkedHashSet<>();
        for (String kind : chain) {
            if (!allowed.contains(kind)) {
                section.refuseValue("chain", kind, allowed);
            } else if (!seen.add(kind)) {
                section.refuse("chain", "'" + kind + "' stands there twice (expected: each kind at most once)");
            }
        }
        seen.retainAll(allowed);
        return List.copyOf(seen);
    }

    private static Map<String, ChainPolicy> policies(
            Section root, JsonObject effective, List<String> chain, JsonObject blocks, PolicyCatalog catalog) {
        Map<String, ChainPolicy> policies = new LinkedHashMap<>();
        for (String kind : chain) {
            if (kind.equals(AUDIT_LOGGER)) {
                continue;
            }
            JsonObject block = JudgeTarget.travelling(effective, block(blocks, kind));
            if (JudgeTarget.isLost(effective, block)) {
                root.refuseAll(new ConfigException(
                        "unknown_target",
                        "policy." + kind + ".judge.target",
                        "no target of this id (expected: the id of one of providers.targets)"));
            }
            try {
                policies.put(kind, new ChainPolicy(catalog.create(kind, block), CanonicalForm.of(block)));
            } catch (ConfigException e) {
                root.refuseAll(e);
            }
        }
        return policies;
    }

    private static @Nullable AuditSettings auditSettings(Section root, JsonObject blocks) {
        try {
            return Section.read("policy." + AUDIT_LOGGER, block(blocks, AUDIT_LOGGER), AuditSettings::from);
        } catch (ConfigException e) {
            root.refuseAll(e);
            return null;
        }
    }

    /** A block of a kind that is not in the chain is read too: its mistakes would show when the kind is added. */
    private static List<String> warnings(
            List<String> chain, JsonObject blocks, Collection<String> kinds, Section root) {
        List<String> warnings = new ArrayList<>();
        List<String> known = new ArrayList<>(kinds);
        known.add(AUDIT_LOGGER);
        for (String kind : new TreeSet<>(blocks.fieldNames())) {
            if (!known.contains(kind)) {
                root.refuseAll(new ConfigException(
                        "unknown_kind",
                        "policy." + kind,
                        "unknown policy kind (expected: " + String.join(", ", known) + ")"));
            } else if (!chain.contains(kind)) {
                warnings.add("policy." + kind + ": has settings but is not in policies.chain, so it does not run");
            }
        }
        return warnings;
    }

    private static JsonObject block(JsonObject blocks, String kind) {
        return blocks.getValue(kind) instanceof JsonObject block ? block : new JsonObject();
    }
}
