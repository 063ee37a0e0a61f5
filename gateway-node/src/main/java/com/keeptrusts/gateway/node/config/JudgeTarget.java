package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.contract.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The target that a policy's {@code judge} asks: provider settings of their own with this one target and no fallback,
 * under a digest that the policy's settings carry, so that any provider worker can be asked.
 */
final class JudgeTarget {

    private static final String JUDGE = "judge";

    private JudgeTarget() {}

    /** The provider settings for a policy's judge; empty when it has none, or names no target that exists. */
    static Optional<Settings> settings(JsonObject effective, JsonObject block) {
        if (!(block.getValue(JUDGE) instanceof JsonObject judge)
                || !(effective.getValue("providers") instanceof JsonObject providers)
                || !(providers.getValue("targets") instanceof JsonArray targets)) {
            return Optional.empty();
        }
        for (Object one : targets) {
            if (one instanceof JsonObject target && named(target).equals(judge.getString("target"))) {
                return Optional.of(CanonicalForm.of(alone(providers, target, judge)));
            }
        }
        return Optional.empty();
    }

    /** Whether the judge names a target that is not there. */
    static boolean isLost(JsonObject effective, JsonObject block) {
        return block.getValue(JUDGE) instanceof JsonObject judge
                && judge.getValue("target") instanceof String
                && settings(effective, block).isEmpty();
    }

    /** The policy's settings as they travel: with the digest of the judge's provider settings. */
    static JsonObject travelling(JsonObject effective, JsonObject block) {
        return settings(effective, block)
                .map(settings -> block.copy()
                        .put(JUDGE, block.getJsonObject(JUDGE).copy().put("provider_digest", settings.digest())))
                .orElse(block);
    }

    private static String named(JsonObject target) {
        return target.getValue("id") instanceof String id ? id : String.valueOf(target.getValue("provider"));
    }

    private static JsonObject alone(JsonObject providers, JsonObject target, JsonObject judge) {
        JsonObject asked = target.copy();
        if (judge.getValue("model") instanceof String model) {
            asked.put("model", model);
        }
        JsonObject only = providers.copy();
        only.remove("routing");
        only.remove("fallback");
        only.put("targets", new JsonArray().add(asked));
        return new JsonObject().put("providers", only).put("model_aliases", new JsonObject());
    }
}
