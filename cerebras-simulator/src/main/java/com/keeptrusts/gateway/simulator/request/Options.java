package com.keeptrusts.gateway.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.keeptrusts.gateway.simulator.answer.Spread;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Wishes about an answer by name, from an {@code x-sim-*} header, the suffix of a model name, or the control endpoints; the same names
 * everywhere, with {@code -} and {@code _} being one. An unknown name is refused, so that a test cannot misspell its fault.
 */
public record Options(Map<String, String> values) {

    public static final String HEADER_PREFIX = "x-sim-";

    /** Every name that may be used. */
    public static final Set<String> NAMES = Set.of(
            // pace
            "rate",
            "ttft_ms",
            "queue_ms",
            "tokens_per_event",
            "flush_ms",
            "early_headers",
            // text
            "tokens",
            "reasoning",
            "text",
            "echo",
            "tools",
            "seed",
            "done",
            "prompt_tokens",
            // faults before the answer
            "delay_ms",
            "slow_read_ms",
            "status",
            "error",
            "body",
            "retry_after",
            "header",
            "content_type",
            "json_for_stream",
            "stream_for_json",
            "refuse",
            "script",
            // limits
            "rpm",
            "rpd",
            "tpm",
            "tpm_total",
            "reserve",
            "limit_retry_after",
            // faults inside the answer
            "cut_after_events",
            "cut_after_bytes",
            "cut_inside",
            "cut",
            "malformed_at",
            "error_at",
            "error_named",
            "error_status",
            "error_code",
            "no_finish",
            "duplicate_done",
            "after_done",
            "oversize_at",
            "oversize_bytes",
            "framing",
            "bom",
            "gzip",
            "slice",
            "comment_every");

    private static final Options NONE = new Options(Map.of());

    public Options {
        for (String name : values.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(name + ": unknown option (expected: one of "
                        + NAMES.stream().sorted().toList() + ")");
            }
        }
        values = Map.copyOf(values);
    }

    public static Options none() {
        return NONE;
    }

    public static Options of(Map<String, String> values) {
        return values.isEmpty() ? NONE : new Options(values);
    }

    public static Options ofHeaders(MultiMap headers) {
        var found = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(HEADER_PREFIX)) {
                found.put(named(lower.substring(HEADER_PREFIX.length())), value);
            }
        });
        return of(found);
    }

    /** Reads what follows the question mark of a model name such as {@code llama3.1-8b?rate=100&tokens=20}. */
    public static Options ofSuffix(String suffix) {
        var found = new LinkedHashMap<String, String>();
        for (String pair : suffix.split("&", -1)) {
            int equals = pair.indexOf('=');
            found.put(
                    named(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "true" : pair.substring(equals + 1));
        }
        return of(found);
    }

    public static Options ofJson(JsonNode object) {
        var found = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(member ->
                        found.put(named(member.getKey()), member.getValue().asText()));
        return of(found);
    }

    private static String named(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** These options, and those of {@code below} that are not set here. */
    public Options over(Options below) {
        if (values.isEmpty() || below.values.isEmpty()) {
            return values.isEmpty() ? below : this;
        }
        var merged = new LinkedHashMap<>(below.values);
        merged.putAll(values);
        return new Options(merged);
    }

    public Options with(String name, Object value) {
        return new Options(Map.of(named(name), value.toString())).over(this);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public @Nullable String text(String name) {
        return values.get(name);
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public boolean flag(String name, boolean otherwise) {
        return read(name, Boolean::parseBoolean, otherwise);
    }

    public int whole(String name, int otherwise) {
        return read(name, Integer::parseInt, otherwise);
    }

    public long big(String name, long otherwise) {
        return read(name, Long::parseLong, otherwise);
    }

    public double number(String name, double otherwise) {
        return read(name, Double::parseDouble, otherwise);
    }

    public Spread spread(String name, Spread otherwise) {
        return read(name, Spread::parse, otherwise);
    }

    private <T> T read(String name, Function<String, T> reader, T otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return reader.apply(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a number)", e);
        }
    }
}
