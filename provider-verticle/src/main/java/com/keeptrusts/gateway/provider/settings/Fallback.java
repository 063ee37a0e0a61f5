package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * When the next target is tried, always before the client has seen a byte.
 *
 * @param maxAttempts how many further targets
 */
public record Fallback(Set<Trigger> triggers, int maxAttempts) {

    static final Fallback ALWAYS = new Fallback(EnumSet.allOf(Trigger.class), 3);

    public Fallback {
        triggers = Set.copyOf(triggers);
    }

    static Fallback from(Section section) {
        List<String> names = section.texts("triggers", Trigger.NAMES);
        var triggers = EnumSet.noneOf(Trigger.class);
        for (int i = 0; i < names.size(); i++) {
            if (Trigger.NAMES.contains(names.get(i))) {
                triggers.add(Trigger.of(names.get(i)));
            } else {
                section.refuseValue("triggers[" + i + "]", names.get(i), Trigger.NAMES);
            }
        }
        return new Fallback(triggers, section.integer("max_fallback_attempts", 3, 0, 100));
    }
}
