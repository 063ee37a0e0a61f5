package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.audit.read.EventFormat;
import com.keeptrusts.gateway.audit.read.EventQuery;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query as its address says it, each parameter once and none that is not known.
 *
 * @param query always with an end in time and a limit
 * @param asked the parameters as given, for the record of the read
 */
record Ask(EventQuery query, EventFormat format, Map<String, Object> asked) {

    static final int USUAL_LIMIT = 1_000;
    static final int MOST = 10_000_000;

    private static final Set<String> KNOWN = Set.of("since", "until", "verdict", "policy", "limit", "format");
    private static final List<String> VERDICTS = List.of("allow", "redact", "escalate", "block", "failed");
    private static final Pattern KIND = Pattern.compile("[a-z0-9-]{1,64}");

    Ask {
        asked = Map.copyOf(asked);
    }

    static Ask of(MultiMap parameters, Instant now) {
        Map<String, Object> asked = new HashMap<>();
        for (String name : parameters.names()) {
            if (!KNOWN.contains(name)) {
                throw bad(name, "not known (expected: since, until, verdict, policy, limit or format)");
            }
            if (parameters.getAll(name).size() > 1) {
                throw bad(name, "given more than once (expected: once)");
            }
            asked.put(name, String.valueOf(parameters.get(name)));
        }
        Instant until = moment("until", parameters.get("until"));
        var query = new EventQuery(
                null,
                moment("since", parameters.get("since")),
                until == null || until.isAfter(now) ? now : until, // what comes while it is read is not part of it
                oneOf("verdict", parameters.get("verdict"), VERDICTS),
                kind(parameters.get("policy")),
                limit(parameters.get("limit")));
        boolean csv = "csv".equals(oneOf("format", parameters.get("format"), List.of("json", "csv")));
        return new Ask(query, csv ? EventFormat.CSV : EventFormat.JSON, asked);
    }

    private static @Nullable Instant moment(String name, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw bad(name, "not a moment (expected: as in 2026-11-21T04:00:00Z)");
        }
    }

    private static @Nullable String oneOf(String name, @Nullable String text, List<String> words) {
        if (text != null && !words.contains(text)) {
            throw bad(name, "not known (expected: one of " + String.join(", ", words) + ")");
        }
        return text;
    }

    private static @Nullable String kind(@Nullable String text) {
        if (text != null && !KIND.matcher(text).matches()) {
            throw bad("policy", "not a policy kind (expected: as in pii-detector)");
        }
        return text;
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        int limit = text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw bad("limit", "out of range (expected: 1 to " + MOST + ")");
        }
        return limit;
    }

    /** Names that are not ours are not repeated. */
    private static LedgerRefusal bad(String name, String message) {
        return LedgerRefusal.badRequest((KNOWN.contains(name) ? name : "a parameter") + ": " + message);
    }
}
