package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to know of an entry at a glance. Empty texts and -1 stand for what the entry does not say.
 *
 * @param verdict the strictest of the policies': allow, redact, escalate, block; empty where no policy judged
 * @param policies each as {@code kind=verdict}
 */
public record EventView(
        LedgerEntry entry,
        String verdict,
        List<String> policies,
        long status,
        String code,
        String endedBy,
        String model,
        String stream,
        long micros,
        long promptTokens,
        long completionTokens) {

    private static final List<String> FROM_MILD_TO_STRICT = List.of("allow", "redact", "failed", "escalate", "block");

    public static EventView of(LedgerEntry entry) {
        JsonNode root = root(entry.leaf().array());
        JsonNode out = member(root, "out");
        JsonNode ask = member(root, "ask");
        JsonNode usage = member(out, "usage");
        List<JsonNode> judged = elements(member(root, "pol"));
        String served = text(out, "model");
        return new EventView(
                entry,
                strictest(judged),
                judged.stream()
                        .map(policy -> text(policy, "kind") + "=" + text(policy, "verdict"))
                        .toList(),
                number(out, "status"),
                text(out, "code"),
                text(out, "ended_by"),
                served.isEmpty() ? text(ask, "model") : served,
                text(ask, "stream"),
                Math.max(number(out, "us"), number(out, "duration_us")),
                number(usage, "prompt"),
                number(usage, "completion"));
    }

    /** Whether a policy of this kind judged. */
    public boolean names(String policyKind) {
        return policies.stream().anyMatch(policy -> policy.startsWith(policyKind + "="));
    }

    private static String strictest(List<JsonNode> judged) {
        int strictest = judged.stream()
                .mapToInt(policy -> FROM_MILD_TO_STRICT.indexOf(text(policy, "verdict")))
                .max()
                .orElse(-1);
        return strictest < 0 ? "" : FROM_MILD_TO_STRICT.get(strictest);
    }

    /** Leaves that someone altered on the disk may be anything. */
    static boolean isJson(Bytes leaf) {
        return root(leaf.array()) != null;
    }

    private static @Nullable JsonNode root(byte[] leaf) {
        try {
            return JsonDocument.parse(leaf).root();
        } catch (JsonRefusal e) {
            return null; // shown as an entry that says nothing
        }
    }

    private static @Nullable JsonNode member(@Nullable JsonNode object, String name) {
        return object == null || object.kind() != JsonKind.OBJECT ? null : object.member(name);
    }

    private static List<JsonNode> elements(@Nullable JsonNode array) {
        var found = new ArrayList<JsonNode>();
        if (array != null && array.kind() == JsonKind.ARRAY) {
            array.elements().forEach(found::add);
        }
        return found;
    }

    private static String text(@Nullable JsonNode object, String name) {
        JsonNode found = member(object, name);
        if (found == null) {
            return "";
        }
        return switch (found.kind()) {
            case STRING -> found.text();
            case NUMBER -> String.valueOf(found.asLong(-1));
            case TRUE -> "true";
            case FALSE -> "false";
            case NULL, OBJECT, ARRAY -> "";
        };
    }

    private static long number(@Nullable JsonNode object, String name) {
        JsonNode found = member(object, name);
        return found == null ? -1 : found.asLong(-1);
    }

    /** All policies in one text. */
    public String policyText() {
        return policies.stream().collect(Collectors.joining(" "));
    }
}
