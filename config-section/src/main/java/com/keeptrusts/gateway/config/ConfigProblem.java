package com.keeptrusts.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in a configuration.
 *
 * @param code stable, for programs: {@code unknown_key}, {@code missing_key}, {@code wrong_type}, {@code out_of_range},
 *     {@code unknown_value}, {@code duplicate_key}, {@code dangling_reference}, {@code invalid_value}
 * @param path where, as in {@code providers.targets[1].base_url}
 * @param message what was found and what was expected
 * @param suggestion the nearest valid spelling, when there is one close enough
 */
public record ConfigProblem(
        String code, String path, String message, @Nullable String suggestion) {

    /** One line for a person: {@code path: message; did you mean 'suggestion'?} */
    public String describe() {
        String place = path.isEmpty() ? "" : path + ": ";
        return place + message + (suggestion == null ? "" : "; did you mean '" + suggestion + "'?");
    }
}
