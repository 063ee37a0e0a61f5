package com.keeptrusts.gateway.policy.pii;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.keeptrusts.gateway.config.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The settings of {@code pii-detector}.
 *
 * @param block whether finding something stops the request instead of changing its text
 * @param types what is looked for
 * @param patterns the operator's own, for a linear-time engine
 * @param restore whether the originals go back into the answer to the same client
 * @param output whether answers are reviewed too
 * @param regions countries whose national phone formats are known
 * @param reservedAddresses whether loopback and documentation addresses count as IP addresses
 */
public record PiiSettings(
        boolean block,
        Set<PiiType> types,
        List<Pattern> patterns,
        Redaction redaction,
        boolean restore,
        boolean output,
        List<String> regions,
        boolean reservedAddresses) {

    /** Where national phone numbers are known from when the operator names no regions. */
    static final List<String> REGIONS = List.of(
            "US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "FR", "BE", "NL", "LU", "ES", "IT", "PT", "SE", "NO",
            "DK", "FI", "PL", "CZ", "GR", "TR", "IL", "AE", "IN", "JP", "KR", "CN", "SG", "PH", "ZA", "BR", "MX");

    private static final int MOST_PATTERNS = 100;

    public PiiSettings {
        types = Set.copyOf(types);
        patterns = List.copyOf(patterns);
        regions = List.copyOf(regions);
    }

    /** Reads the section strictly; {@link Section#read} reports every mistake. */
    public static PiiSettings from(Section section) {
        boolean block =
                section.choice("action", "redact", List.of("redact", "block")).equals("block");
        boolean restore = section.bool("restore", false);
        Redaction redaction = section.section("redaction", Redaction.DEFAULT, Redaction::from);
        if (restore && !redaction.unnumbered().isEmpty()) {
            section.refuse(
                    "restore",
                    "true with " + redaction.unnumbered()
                            + " (expected: marker_format label, whose numbered markers can be put back)");
        }
        return new PiiSettings(
                block,
                types(section),
                patterns(section),
                redaction,
                restore,
                section.bool("output", true),
                regions(section),
                section.bool("reserved_addresses", false));
    }

    private static Set<PiiType> types(Section section) {
        boolean named = section.has("categories");
        Set<PiiType> types = EnumSet.noneOf(PiiType.class);
        List<String> categories = section.texts("categories", List.of());
        for (int i = 0; i < categories.size(); i++) {
            PiiType.named(categories.get(i)).ifPresentOrElse(types::add, refusal(section, i, categories.get(i)));
        }
        boolean health = section.bool("healthcare_mode", false);
        boolean payment = section.bool("pci_mode", true);
        if (!named) {
            types.addAll(EnumSet.allOf(PiiType.class));
        }
        mode(types, named, health, Set.of(PiiType.MEDICAL_ID));
        mode(types, named, section.bool("names", false), PiiType.NAMES);
        mode(types, named, payment && (!named || section.has("pci_mode")), PiiType.PAYMENT);
        types.add(PiiType.CUSTOM);
        return types;
    }

    private static Runnable refusal(Section section, int index, String name) {
        return () -> section.refuseValue("categories[" + index + "]", name, PiiType.keys());
    }

    /** A mode that is on adds its types; one that is off takes them away unless the operator named them. */
    private static void mode(Set<PiiType> types, boolean named, boolean on, Set<PiiType> ofMode) {
        if (on) {
            types.addAll(ofMode);
        } else if (!named) {
            types.removeAll(ofMode);
        }
    }

    private static List<Pattern> patterns(Section section) {
        List<String> written = section.texts("detect_patterns", List.of());
        List<Pattern> patterns = new ArrayList<>();
        if (written.size() > MOST_PATTERNS) {
            section.refuse("detect_patterns", written.size() + " patterns (expected: at most " + MOST_PATTERNS + ")");
            return patterns;
        }
        for (int i = 0; i < written.size(); i++) {
            compile(section, "detect_patterns[" + i + "]", written.get(i), patterns);
        }
        return patterns;
    }

    private static void compile(Section section, String place, String written, List<Pattern> patterns) {
        try {
            Pattern pattern = Pattern.compile(written);
            if (pattern.matcher("").find()) {
                section.refuse(place, "matches the empty text (expected: a pattern for something)");
            } else {
                patterns.add(pattern);
            }
        } catch (PatternSyntaxException e) {
            section.refuse(
                    place, e.getDescription() + " (expected: RE2 syntax, without look-around and back references)");
        }
    }

    private static List<String> regions(Section section) {
        List<String> regions = section.texts("regions", REGIONS);
        for (int i = 0; i < regions.size(); i++) {
            if (!PhonePlans.regions().contains(regions.get(i))) {
                section.refuse(
                        "regions[" + i + "]", "'" + regions.get(i) + "' (expected: a country's two capital letters)");
            }
        }
        return regions.stream().filter(PhonePlans.regions()::contains).toList();
    }
}
