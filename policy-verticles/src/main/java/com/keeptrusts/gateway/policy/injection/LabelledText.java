package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * One labelled text for evaluation or training. Prints its id only.
 *
 * @param label {@code injection}, {@code jailbreak} or {@code benign}; empty when there is none
 * @param origin {@code user}, {@code tool} or {@code document}
 * @param family finer class of attack or harmless text; empty when unknown
 * @param source where the record comes from; what stands before a colon must not be on both sides of a split
 * @param cluster texts that belong together, for the same reason
 */
public record LabelledText(
        String id,
        String text,
        String label,
        String origin,
        String language,
        String family,
        String subset,
        String source,
        String license,
        String cluster) {

    private static final Set<String> ORDINARY = Set.of(
            "chat",
            "code",
            "code_chat",
            "document",
            "multilingual_document",
            "tool_benign",
            "obfuscated_benign",
            "multilingual_chat");
    private static final Set<String> HARD =
            Set.of("hard_negative", "security_benign", "security_document", "adversarial_benign");
    private static final Set<String> EXPLICIT = Set.of(
            "override",
            "extraction",
            "persona_jailbreak",
            "multilingual_override",
            "obfuscated",
            "embedded_tool",
            "adv_suffix");

    private static final Set<String> LABELS = Set.of("", "injection", "jailbreak", "benign");
    private static final Set<String> ORIGINS = Set.of("user", "tool", "document");

    /**
     * Reads one line of a data file.
     *
     * @throws IllegalArgumentException saying what was expected, never quoting the text
     */
    public static LabelledText of(JsonObject json, String idWhenNone) {
        if (!(json.getValue("text") instanceof String text)) {
            throw new IllegalArgumentException("text: missing (expected: a string)");
        }
        String label = string(json, "label", "");
        String origin = string(json, "channel", "user");
        refuseUnless(LABELS.contains(label), "label", label, "injection, jailbreak or benign");
        refuseUnless(ORIGINS.contains(origin), "channel", origin, "user, tool or document");
        String id = string(json, "id", idWhenNone);
        return new LabelledText(
                id,
                text,
                label,
                origin,
                string(json, "lang", "und"),
                string(json, "family", ""),
                string(json, "subset", ""),
                string(json, "source", ""),
                string(json, "license", ""),
                string(json, "cluster", id));
    }

    private static String string(JsonObject json, String key, String otherwise) {
        Object value = json.getValue(key);
        return value == null ? otherwise : value.toString();
    }

    private static void refuseUnless(boolean fine, String key, String value, String expected) {
        if (!fine) {
            throw new IllegalArgumentException(key + ": '" + value + "' (expected: " + expected + ")");
        }
    }

    public boolean labelled() {
        return !label.isEmpty();
    }

    public boolean attack() {
        return labelled() && !label.equals("benign");
    }

    /** A harmless text that has nothing to do with attacks. */
    public boolean ordinary() {
        return !attack() && ORDINARY.contains(family);
    }

    /** A harmless text with the words of one. */
    public boolean hard() {
        return !attack() && HARD.contains(family);
    }

    /** An attack whose wording shows it. */
    public boolean explicit() {
        return attack() && isExplicit(family);
    }

    /** Whether the attacks of a family show in their wording. */
    public static boolean isExplicit(String family) {
        return EXPLICIT.contains(family);
    }

    /** Retrieved documents reach a model as results of tools. */
    public Channel channel() {
        return origin.equals("user") ? Channel.USER : Channel.TOOL;
    }

    /** The part of the source before the colon. */
    public String provider() {
        int colon = source.indexOf(':');
        return colon < 0 ? source : source.substring(0, colon);
    }

    @Override
    public String toString() {
        return "LabelledText[" + id + "]";
    }
}
