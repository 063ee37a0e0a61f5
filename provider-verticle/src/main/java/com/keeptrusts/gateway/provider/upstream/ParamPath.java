package com.keeptrusts.gateway.provider.upstream;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which member of the request an upstream error is about, written as {@code messages[2].content}. */
final class ParamPath {

    private static final Pattern IN_MESSAGE = Pattern.compile("^([A-Za-z_][\\w-]*(?:\\.[\\w-]+)*): ");
    private static final Pattern WRITTEN = Pattern.compile("[A-Za-z_][\\w-]*(?:\\.[\\w-]+|\\[\\d+])*");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final int LONGEST = 200;

    private ParamPath() {}

    static @Nullable String of(@Nullable String param, @Nullable String message) {
        if (param == null || param.length() > LONGEST) {
            return null;
        }
        if (!param.equals("validation_error")) {
            return WRITTEN.matcher(param).matches() ? param : null;
        }
        Matcher path = IN_MESSAGE.matcher(message == null ? "" : message);
        return path.find() && path.group(1).length() <= LONGEST ? dotted(path.group(1)) : null;
    }

    /** Cerebras writes indexes as names, and the role of a message behind its index. */
    private static String dotted(String path) {
        var written = new StringBuilder();
        boolean afterIndex = false;
        for (String step : path.split("\\.", -1)) {
            boolean index = step.chars().allMatch(Character::isDigit);
            if (index) {
                written.append('[').append(step).append(']');
            } else if (!(afterIndex && ROLES.contains(step))) {
                written.append(written.isEmpty() ? "" : ".").append(step);
            }
            afterIndex = index;
        }
        return written.toString();
    }
}
