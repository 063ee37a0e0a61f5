package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.Usage;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonNode;
import org.jspecify.annotations.Nullable;

/** The {@code usage} member of an answer. */
final class Usages {

    private Usages() {}

    static @Nullable Usage of(JsonNode root) {
        JsonNode usage = root.member("usage");
        if (usage == null || usage.kind() != JsonKind.OBJECT) {
            return null;
        }
        long prompt = number(usage, "prompt_tokens");
        long completion = number(usage, "completion_tokens");
        JsonNode total = usage.member("total_tokens");
        return new Usage(
                prompt,
                completion,
                total == null ? prompt + completion : total.asLong(prompt + completion),
                number(usage.member("prompt_tokens_details"), "cached_tokens"),
                number(usage.member("completion_tokens_details"), "reasoning_tokens"));
    }

    private static long number(@Nullable JsonNode object, String name) {
        JsonNode value = object == null || object.kind() != JsonKind.OBJECT ? null : object.member(name);
        return value == null ? 0 : Math.max(0, value.asLong(0));
    }
}
