package com.keeptrusts.gateway.provider.request;

import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the members that a path of a field rule names, such as {@code messages[].reasoning}, or {@code
 * service_tier=scale} for those of one value only.
 */
final class FieldPath {

    private final List<String> steps;
    private final @Nullable String value;

    FieldPath(String path) {
        String[] nameAndValue = path.split("=", 2);
        this.steps = List.of(nameAndValue[0].split("\\.", -1));
        this.value = nameAndValue.length == 1 ? null : nameAndValue[1];
    }

    /** Calls back with each member found and the object that holds it. */
    void find(JsonNode root, BiConsumer<JsonNode, JsonMember> found) {
        find(root, 0, found);
    }

    private void find(JsonNode node, int step, BiConsumer<JsonNode, JsonMember> found) {
        if (node.kind() != JsonKind.OBJECT) {
            return;
        }
        boolean each = steps.get(step).endsWith("[]");
        String name = each ? steps.get(step).substring(0, steps.get(step).length() - 2) : steps.get(step);
        for (JsonMember member : node.members()) {
            if (!member.name().equals(name)) {
                continue;
            }
            if (step == steps.size() - 1) {
                if (value == null || value.equals(member.value().text())) {
                    found.accept(node, member);
                }
            } else if (!each) {
                find(member.value(), step + 1, found);
            } else if (member.value().kind() == JsonKind.ARRAY) {
                member.value().elements().forEach(element -> find(element, step + 1, found));
            }
        }
    }
}
