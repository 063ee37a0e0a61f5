package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.provider.settings.TargetSettings;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of the targets, looked up where they are and kept nowhere else. */
final class Secrets {

    private static final String ANY = "unused";

    private final Function<String, @Nullable String> environment;
    private final boolean optional;

    /**
     * Keys from an environment.
     *
     * @param optional whether a target that is not really called can do without
     */
    Secrets(Function<String, @Nullable String> environment, boolean optional) {
        this.environment = environment;
        this.optional = optional;
    }

    /** The key of a target, when its variable holds one that can stand in a header. */
    Optional<String> of(TargetSettings target) {
        String value = environment.apply(target.secretVariable());
        String key = value == null ? "" : value.strip();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return optional ? Optional.of(ANY) : Optional.empty();
        }
        return Optional.of(key);
    }
}
