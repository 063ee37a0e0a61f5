package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.anchor.AnchorSettings;
import com.keeptrusts.gateway.config.Section;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The section {@code policy.audit-logger}.
 *
 * @param immutable nothing may be removed before its time, and this promise cannot be taken back
 * @param retentionDays how long an entry stays at least
 * @param logAllAccess every request and every read of the ledger is recorded, not only what was refused or changed
 * @param hipaaAuditControls records carry the user's identity, data categories and the time of access
 * @param content what is kept of prompts and answers
 * @param durability what waits for the disk
 * @param onUnavailable what happens to requests while no writer takes entries
 * @param access headers that tell, under hipaa_audit_controls, who asks and what for
 * @param anchors places outside that keep checkpoints
 * @param store where entries are kept
 */
public record AuditSettings(
        boolean immutable,
        int retentionDays,
        boolean logAllAccess,
        boolean hipaaAuditControls,
        Content content,
        Durability durability,
        OnUnavailable onUnavailable,
        AccessHeaders access,
        List<AnchorSettings> anchors,
        StoreSettings store) {

    public AuditSettings {
        anchors = List.copyOf(anchors);
    }

    /** What is kept of prompts and answers. */
    public enum Content {
        NONE,
        COMMITMENT,
        ENCRYPTED
    }

    /** What waits for the disk: the call to the provider and the answer, the answer only, or nothing. */
    public enum Durability {
        DISPATCH,
        ANSWER,
        ASYNC
    }

    /** What happens to requests while no writer takes entries. */
    public enum OnUnavailable {
        FAIL_CLOSED,
        SPOOL,
        FAIL_OPEN
    }

    public static final AuditSettings DEFAULT = new AuditSettings(
            true,
            365,
            true,
            false,
            Content.COMMITMENT,
            Durability.DISPATCH,
            OnUnavailable.SPOOL,
            AccessHeaders.NONE,
            List.of(),
            StoreSettings.SEGMENTS);

    /** Without access headers and anchors, with the store that there is by default. */
    public AuditSettings(
            boolean immutable,
            int retentionDays,
            boolean logAllAccess,
            boolean hipaaAuditControls,
            Content content,
            Durability durability,
            OnUnavailable onUnavailable) {
        this(
                immutable,
                retentionDays,
                logAllAccess,
                hipaaAuditControls,
                content,
                durability,
                onUnavailable,
                AccessHeaders.NONE,
                List.of(),
                StoreSettings.SEGMENTS);
    }

    public static AuditSettings from(Section section) {
        return new AuditSettings(
                section.bool("immutable", DEFAULT.immutable),
                section.integer("retention_days", DEFAULT.retentionDays, 1, 36_500),
                section.bool("log_all_access", DEFAULT.logAllAccess),
                section.bool("hipaa_audit_controls", DEFAULT.hipaaAuditControls),
                choice(section, "content", DEFAULT.content, Content.class),
                choice(section, "durability", DEFAULT.durability, Durability.class),
                choice(section, "on_unavailable", DEFAULT.onUnavailable, OnUnavailable.class),
                AccessHeaders.from(section),
                AnchorSettings.from(section),
                section.section("store", DEFAULT.store, StoreSettings::from));
    }

    /** As written in the configuration. */
    public Map<String, Object> asMap() {
        return Map.of(
                "immutable",
                immutable,
                "retention_days",
                retentionDays,
                "log_all_access",
                logAllAccess,
                "hipaa_audit_controls",
                hipaaAuditControls,
                "content",
                word(content),
                "durability",
                word(durability),
                "on_unavailable",
                word(onUnavailable),
                "anchors",
                anchors.stream().map(AnchorSettings::name).toList(),
                "store",
                store.kind());
    }

    private static <E extends Enum<E>> E choice(Section section, String key, E fallback, Class<E> type) {
        List<String> words =
                Stream.of(type.getEnumConstants()).map(AuditSettings::word).toList();
        String found = section.choice(key, word(fallback), words);
        return Enum.valueOf(type, found.toUpperCase(Locale.ROOT));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
