package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How single facts are written in an entry. */
final class LeafParts {

    private static final String PII_DETECTOR = "pii-detector";
    private static final int LONGEST_NAME = 200;
    private static final long MOST_TOKENS = 1L << 50;
    private static final int MOST_LISTED = 64;

    private LeafParts() {}

    static Map<String, Object> pol(Review review) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("kind", review.step().kind());
        fields.put("ver", review.step().settingsDigest());
        fields.put("phase", review.phase().name().toLowerCase(Locale.ROOT));
        fields.put("verdict", review.word());
        fields.put("us", review.micros());
        if (review.retries() > 0) {
            fields.put("retry_hop", review.retries());
        }
        if (review.degraded()) {
            fields.put("degraded", true);
        }
        put(fields, "error", review.fault());
        if (!review.channels().isEmpty()) {
            fields.put("channels", names(review.channels()));
        }
        PolicyVerdict verdict = review.verdict();
        if (verdict != null) {
            fields.put("worker", verdict.worker());
            fields.put("reason", verdict.reason());
            fields.put("found", Map.copyOf(verdict.findings()));
            fields.put("texts", verdict.coverage().textsScanned());
            fields.put("chars", verdict.coverage().charactersScanned());
            fields.put("offered", verdict.coverage().charactersOffered());
            fields.put("judge_us", verdict.micros());
        }
        return fields;
    }

    private static List<String> names(Set<Channel> channels) {
        return channels.stream()
                .map(channel -> channel.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    static Map<String, Object> up(Attempt attempt) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("target", attempt.target());
        fields.put("provider", attempt.provider());
        fields.put("model", shortened(attempt.model()));
        fields.put("start_us", attempt.startMicros());
        fields.put("status", attempt.status());
        fields.put("ttfb_us", attempt.firstByteMicros());
        fields.put("retry", attempt.retry());
        put(fields, "cause", attempt.cause());
        return fields;
    }

    static Map<String, Object> ended(Outcome outcome) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("status", outcome.status());
        put(fields, "code", outcome.code());
        fields.put("ended_by", outcome.endedBy().wire());
        return fields;
    }

    static Map<String, Object> usage(Usage usage) {
        return Map.of(
                "prompt",
                credible(usage.promptTokens()),
                "completion",
                credible(usage.completionTokens()),
                "total",
                credible(usage.totalTokens()),
                "cached",
                credible(usage.cachedTokens()),
                "reasoning",
                credible(usage.reasoningTokens()));
    }

    /** A target may say anything; canonical JSON takes no number beyond 2^53. */
    private static long credible(long tokens) {
        return Math.clamp(tokens, 0, MOST_TOKENS);
    }

    /** Long lists are cut, and the entry says by how many. */
    static List<Map<String, Object>> capped(List<Map<String, Object>> all, Map<String, Object> leaf, String cutName) {
        if (all.size() <= MOST_LISTED) {
            return new ArrayList<>(all);
        }
        leaf.put(cutName, all.size() - MOST_LISTED);
        return new ArrayList<>(all.subList(0, MOST_LISTED));
    }

    /** What kinds of personal data were found in the texts of a request. */
    static List<String> categories(List<Review> reviews) {
        return reviews.stream()
                .filter(review -> review.step().kind().equals(PII_DETECTOR))
                .map(Review::verdict)
                .filter(verdict -> verdict != null)
                .flatMap(verdict -> verdict.findings().keySet().stream())
                .distinct()
                .sorted()
                .limit(MOST_LISTED)
                .toList();
    }

    static void put(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    static @Nullable String shortened(@Nullable String text) {
        if (text == null || text.length() <= LONGEST_NAME) {
            return text;
        }
        boolean halves = Character.isHighSurrogate(text.charAt(LONGEST_NAME - 1));
        return text.substring(0, halves ? LONGEST_NAME - 1 : LONGEST_NAME);
    }
}
