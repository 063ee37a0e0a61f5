package com.keeptrusts.gateway.audit.retention;

import com.keeptrusts.gateway.contract.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must not be removed until it is released. Whatever is not named is not restricted: a hold without any of the
 * last three holds everything.
 *
 * @param name by which it is released; of letters, digits, dots, dashes and underscores
 * @param reason for the record, as is {@code by}
 * @param from entries of this moment and later
 * @param until entries before this moment
 * @param subject entries of this pseudonym, as {@code who.subject} gives it
 */
public record Hold(
        String name,
        String reason,
        String by,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String subject) {

    private static final int LONGEST_TEXT = 500;

    public Hold {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "hold name: '" + name + "' (expected: up to 64 letters, digits, dots, dashes, underscores)");
        }
        if (reason.isBlank() || by.isBlank() || reason.length() > LONGEST_TEXT || by.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "hold " + name + ": reason and by (expected: who asks for it and why, up to 500 characters each)");
        }
    }

    /** Whether it holds an entry of this time with these bytes. */
    public boolean covers(Instant time, Bytes leaf) {
        return (from == null || !time.isBefore(from))
                && (until == null || time.isBefore(until))
                && (subject == null || new String(leaf.array(), StandardCharsets.UTF_8).contains('"' + subject + '"'));
    }

    /** Whether it may hold something of this pseudonym. */
    public boolean coversSubject(String pseudonym) {
        return subject == null || subject.equals(pseudonym);
    }

    /** As it stands in an entry and in the file of holds. */
    public Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", name);
        map.put("reason", reason);
        map.put("by", by);
        if (from != null) {
            map.put("from", from.toString());
        }
        if (until != null) {
            map.put("until", until.toString());
        }
        if (subject != null) {
            map.put("subject", subject);
        }
        return map;
    }
}
