package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.config.Section;
import java.util.regex.Pattern;

/** Section {@code pack}: what this configuration is called. */
public record PackSettings(String name, String version, boolean enabled, String description) {

    private static final Pattern SEMVER =
            Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(?:[-+][0-9A-Za-z.+-]{1,80})?");

    static final PackSettings NONE = new PackSettings("", "", false, "");

    static PackSettings from(Section section) {
        String name = section.requiredText("name");
        String version = section.requiredText("version");
        if (!version.isEmpty() && !SEMVER.matcher(version).matches()) {
            section.refuse("version", "'" + version + "' (expected: a semantic version, as in 1.0.0)");
        }
        return new PackSettings(name, version, section.bool("enabled", true), section.text("description", ""));
    }

    /** As the start-up line names it: {@code name@version}. */
    public String label() {
        return name + "@" + version;
    }
}
