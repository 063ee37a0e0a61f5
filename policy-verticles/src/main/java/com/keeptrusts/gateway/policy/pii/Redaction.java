package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.config.Section;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a value is replaced.
 *
 * @param metadata whether a label tells the length of what it replaces
 * @param preserveLength whether the replacement is as long as the value
 * @param custom labels that the operator chose
 */
record Redaction(Format format, boolean metadata, boolean preserveLength, Map<PiiType, String> custom) {

    enum Format {
        LABEL,
        ASTERISKS,
        PARTIAL;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Redaction DEFAULT = new Redaction(Format.LABEL, false, false, Map.of());

    private static final int LONGEST_MARKER = 128;
    private static final List<String> FORMATS = List.of("label", "asterisks", "partial");

    Redaction {
        custom = Map.copyOf(custom);
    }

    /** Why numbered markers cannot be written this way; empty when they can. */
    String unnumbered() {
        if (format != Format.LABEL) {
            return "redaction.marker_format " + format.key();
        }
        return metadata ? "redaction.include_metadata" : preserveLength ? "redaction.preserve_length" : "";
    }

    static Redaction from(Section section) {
        String format = section.choice("marker_format", "label", FORMATS);
        return new Redaction(
                Format.valueOf(format.toUpperCase(Locale.ROOT)),
                section.bool("include_metadata", false),
                section.bool("preserve_length", false),
                custom(section));
    }

    private static Map<PiiType, String> custom(Section section) {
        Map<PiiType, String> custom = new EnumMap<>(PiiType.class);
        section.textMap("custom_markers").forEach((name, marker) -> {
            PiiType type = PiiType.named(name).orElse(null);
            if (type == null) {
                section.refuseValue("custom_markers." + name, name, PiiType.keys());
            } else if (marker.length() > LONGEST_MARKER) {
                section.refuse(
                        "custom_markers." + name,
                        marker.length() + " characters (expected: at most " + LONGEST_MARKER + ")");
            } else {
                custom.put(type, marker);
            }
        });
        return custom;
    }
}
