package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One place that can answer model calls.
 *
 * @param model sent upstream; a target without one passes the client's through
 * @param secretVariable environment variable that holds the key
 * @param keyHeader in lower case
 */
public record TargetSettings(
        String id,
        ProviderProfile provider,
        @Nullable String model,
        BaseUrl baseUrl,
        String secretVariable,
        String keyHeader,
        String keyPrefix,
        DataPolicy dataPolicy,
        Timeouts timeouts,
        int weight,
        FieldRules fieldRules,
        boolean allowPrivate) {

    private static final BaseUrl NOWHERE = new BaseUrl(true, "invalid", 443, "");

    static TargetSettings from(Section section) {
        var name = ProviderName.from(section);
        ProviderProfile profile = ProviderCatalog.profile(name.provider());
        boolean allowPrivate = section.bool("allow_private", false);
        section.choice("format", "openai", List.of("openai"));
        return new TargetSettings(
                section.requiredText("id"),
                profile,
                name.model(),
                baseUrl(section, profile, allowPrivate),
                section.section("secret_key_ref", profile.keyVariable(), reference -> reference.requiredText("env")),
                section.text("api_key_header", "authorization").toLowerCase(Locale.ROOT),
                section.text("api_key_prefix", section.has("api_key_header") ? "" : "Bearer "),
                section.section("data_policy", DataPolicy.UNDECLARED, DataPolicy::from),
                section.section(
                        "timeouts", Timeouts.defaults(profile.quick()), times -> Timeouts.from(times, profile.quick())),
                section.integer("weight", 1, 0, 1_000_000),
                section.section("field_rules", FieldRules.NONE, FieldRules::from)
                        .over(profile.rules()),
                allowPrivate);
    }

    /** The same target at another place, which the operator vouches for. */
    public TargetSettings at(BaseUrl elsewhere) {
        return new TargetSettings(
                id,
                provider,
                model,
                elsewhere,
                secretVariable,
                keyHeader,
                keyPrefix,
                dataPolicy,
                timeouts,
                weight,
                fieldRules,
                true);
    }

    private static BaseUrl baseUrl(Section section, ProviderProfile profile, boolean allowPrivate) {
        boolean allowHttp = section.bool("allow_http", false);
        String text = section.optionalText("base_url");
        if (text == null) {
            text = profile.baseUrl();
        }
        if (text == null && profile.name().equals(ProviderName.UNREADABLE)) {
            return NOWHERE;
        }
        if (text == null) {
            section.refuse("base_url", "missing (expected: a URL, for a provider that is not a known one)");
            return NOWHERE;
        }
        try {
            var url = BaseUrl.parse(text);
            if (!url.tls() && !allowHttp && !AddressGuard.isLoopback(url.host())) {
                section.refuse("base_url", "http (expected: https, unless the host is loopback or allow_http is true)");
            }
            boolean reachable = AddressGuard.literal(url.host())
                    .map(address -> AddressGuard.admits(url.host(), address))
                    .orElse(true);
            if (!reachable && !allowPrivate) {
                section.refuse("base_url", "not a public address (expected: one, unless allow_private is true)");
            }
            return url;
        } catch (IllegalArgumentException e) {
            section.refuse("base_url", String.valueOf(e.getMessage()));
            return NOWHERE;
        }
    }
}
