package com.keeptrusts.gateway.policy.injection;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.keeptrusts.gateway.config.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The section {@code policy.prompt-injection}.
 *
 * @param threshold score from which a text is an attack
 * @param modelThreshold score from which the trained model alone makes a text an attack
 * @param attackPatterns the operator's own patterns; a match is an attack whatever the score
 * @param scanSystem whether system and developer messages are read too
 * @param classifier a classifier of the operator's own, when there is one
 * @param judge a model that is asked about borderline texts, when the operator named one
 */
record InjectionSettings(
        double threshold,
        double modelThreshold,
        List<Pattern> attackPatterns,
        Encoding encoding,
        Boundaries boundaries,
        Response response,
        boolean scanSystem,
        @Nullable JudgeSettings judge,
        @Nullable ClassifierSettings classifier) {

    static final double DEFAULT_THRESHOLD = 0.5;

    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");

    InjectionSettings {
        attackPatterns = List.copyOf(attackPatterns);
    }

    /** Which disguises are looked behind. */
    record Encoding(boolean decodeBase64, boolean normalizeUnicode, boolean detectHomoglyphs) {

        static final Encoding DEFAULT = new Encoding(true, true, true);

        static Encoding from(Section section) {
            return new Encoding(
                    section.bool("decode_base64", true),
                    section.bool("normalize_unicode", true),
                    section.bool("detect_homoglyphs", true));
        }
    }

    /** Whether text that pretends to be a turn or a delimiter of the conversation is an attack. */
    record Boundaries(boolean enforceDelimiters, boolean rejectFakeBoundaries) {

        static final Boundaries DEFAULT = new Boundaries(true, true);

        static Boundaries from(Section section) {
            return new Boundaries(
                    section.bool("enforce_delimiters", true), section.bool("reject_fake_boundaries", true));
        }
    }

    /** What happens with an attack. */
    enum Action {
        BLOCK,
        LOG,
        ESCALATE
    }

    /**
     * @param message for the client, when the operator wrote one
     * @param logLevel level of one log line per attack, when the operator wants one
     */
    record Response(
            Action action,
            @Nullable String message,
            @Nullable Level logLevel) {

        static final Response DEFAULT = new Response(Action.BLOCK, null, null);

        static Response from(Section section) {
            Action action = switch (section.choice("action", "block", List.of("block", "log", "escalate"))) {
                case "log" -> Action.LOG;
                case "escalate" -> Action.ESCALATE;
                default -> Action.BLOCK;
            };
            String level = section.has("log_level") ? section.choice("log_level", "warn", LEVELS) : null;
            return new Response(action, section.optionalText("message"), level == null ? null : level(level));
        }

        private static Level level(String name) {
            return switch (name) {
                case "error" -> Level.ERROR;
                case "info" -> Level.INFO;
                case "debug" -> Level.DEBUG;
                default -> Level.WARN;
            };
        }
    }

    /** {@code embedding_threshold} and {@code attack_patterns} stand at the root or under {@code detection}. */
    private record Detection(double threshold, @Nullable Double modelThreshold, List<Pattern> attackPatterns) {

        static final Detection DEFAULT = new Detection(DEFAULT_THRESHOLD, null, List.of());

        static Detection from(Section section) {
            return new Detection(
                    section.number("threshold", DEFAULT_THRESHOLD, 0.01, 1),
                    readModelThreshold(section),
                    readPatterns(section));
        }
    }

    static InjectionSettings from(Section section) {
        Detection nested = section.section("detection", Detection.DEFAULT, Detection::from);
        Double modelThreshold = readModelThreshold(section);
        List<Pattern> patterns = new ArrayList<>(readPatterns(section));
        refuseTwice(section, "embedding_threshold", modelThreshold != null && nested.modelThreshold() != null);
        refuseTwice(
                section,
                "attack_patterns",
                !patterns.isEmpty() && !nested.attackPatterns().isEmpty());
        patterns.addAll(nested.attackPatterns());
        Double chosen = modelThreshold != null ? modelThreshold : nested.modelThreshold();
        return new InjectionSettings(
                nested.threshold(),
                chosen != null ? chosen : nested.threshold(),
                patterns,
                section.section("encoding", Encoding.DEFAULT, Encoding::from),
                section.section("boundaries", Boundaries.DEFAULT, Boundaries::from),
                section.section("response", Response.DEFAULT, Response::from),
                section.bool("scan_system", false),
                section.optionalSection("judge", JudgeSettings::from),
                section.optionalSection("model", ClassifierSettings::from));
    }

    private static @Nullable Double readModelThreshold(Section section) {
        return section.has("embedding_threshold") ? section.number("embedding_threshold", 0.5, 0.01, 1) : null;
    }

    private static List<Pattern> readPatterns(Section section) {
        List<Pattern> compiled = new ArrayList<>();
        List<String> written = section.texts("attack_patterns", List.of());
        for (int i = 0; i < written.size(); i++) {
            try {
                compiled.add(Pattern.compile(written.get(i), Pattern.CASE_INSENSITIVE));
            } catch (PatternSyntaxException e) {
                section.refuse(
                        "attack_patterns[" + i + "]",
                        e.getDescription() + " (expected: a regular expression in RE2 syntax, which has no"
                                + " back-references and no look-around)");
            }
        }
        return compiled;
    }

    private static void refuseTwice(Section section, String key, boolean twice) {
        if (twice) {
            section.refuse(key, "given here and under detection (expected: one of the two)");
        }
    }
}
