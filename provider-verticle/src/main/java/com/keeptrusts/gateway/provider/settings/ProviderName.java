package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code provider} and {@code model} keys of a target: {@code cerebras}, or {@code cerebras:chat:<model>}. */
record ProviderName(String provider, @Nullable String model) {

    /** Stands for a name that was refused already. */
    static final String UNREADABLE = "unreadable";

    private static final Pattern FORM = Pattern.compile("([a-z0-9][a-z0-9_.-]*)(?::chat:(\\S+))?");

    static ProviderName from(Section section) {
        String text = section.requiredText("provider");
        String model = section.has("model") ? section.requiredText("model") : null;
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            if (!text.isBlank()) {
                section.refuse("provider", "'" + text + "' (expected: a name, or <name>:chat:<model>)");
            }
            return new ProviderName(UNREADABLE, model);
        }
        String shorthand = form.group(2);
        if (shorthand != null && model != null && !shorthand.equals(model)) {
            section.refuse(
                    "model", "'" + model + "' (expected: '" + shorthand + "', as in provider, or no model here)");
        }
        return new ProviderName(form.group(1), shorthand == null ? model : shorthand);
    }
}
