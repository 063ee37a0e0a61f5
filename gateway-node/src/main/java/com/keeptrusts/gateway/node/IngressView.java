package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.AuditSettings;
import com.keeptrusts.gateway.ingress.AccessControls;
import com.keeptrusts.gateway.ingress.AuditSettings.Content;
import com.keeptrusts.gateway.ingress.AuditSettings.Durability;
import com.keeptrusts.gateway.ingress.AuditSettings.OnUnavailable;
import com.keeptrusts.gateway.ingress.IngressConfig;
import com.keeptrusts.gateway.ingress.PublishedModel;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.provider.settings.TargetSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the ingress needs of a configuration, in the ingress' own terms. */
final class IngressView {

    private IngressView() {}

    static IngressConfig of(GatewayConfig config, Function<String, @Nullable String> environment) {
        return new IngressConfig(
                config.digest(),
                config.pack().name(),
                config.pack().version(),
                config.pack().enabled(),
                config.steps(),
                config.outputKinds(),
                audit(config.audit()),
                config.providerSettings().digest(),
                config.providers().targets().stream().map(TargetSettings::id).toList(),
                models(config),
                config.sizeLimits(),
                config.gateway().resolved(environment::apply),
                config.rateLimits());
    }

    private static com.keeptrusts.gateway.ingress.AuditSettings audit(@Nullable AuditSettings settings) {
        if (settings == null) {
            return com.keeptrusts.gateway.ingress.AuditSettings.OFF;
        }
        return new com.keeptrusts.gateway.ingress.AuditSettings(
                true,
                Durability.valueOf(settings.durability().name()),
                OnUnavailable.valueOf(settings.onUnavailable().name()),
                settings.logAllAccess(),
                content(settings.content()),
                access(settings));
    }

    private static Content content(AuditSettings.Content content) {
        return switch (content) {
            case NONE -> Content.NONE;
            case COMMITMENT -> Content.COMMITMENT;
            case ENCRYPTED -> Content.ENCRYPTED;
        };
    }

    private static AccessControls access(AuditSettings settings) {
        return new AccessControls(
                settings.hipaaAuditControls(),
                settings.access().userHeader(),
                settings.access().purposeHeader());
    }

    /** The models that targets name, then the aliases, each once. */
    private static List<PublishedModel> models(GatewayConfig config) {
        List<PublishedModel> models = new ArrayList<>();
        Set<String> listed = new LinkedHashSet<>();
        for (TargetSettings target : config.providers().targets()) {
            String model = target.model();
            if (model != null && listed.add(model)) {
                models.add(new PublishedModel(model, target.provider().name().toLowerCase(Locale.ROOT)));
            }
        }
        for (String alias : config.aliases().configured().keySet()) {
            if (listed.add(alias)) {
                models.add(new PublishedModel(alias, "keeptrusts"));
            }
        }
        return models;
    }
}
