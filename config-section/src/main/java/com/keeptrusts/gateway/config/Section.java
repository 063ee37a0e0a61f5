package com.keeptrusts.gateway.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the configuration, read strictly. Every getter notes the key as known and, on a mistake, records a
 * problem and returns the fallback, so that one reading lists all mistakes; {@link #end()} then refuses what nobody
 * asked for. Not thread-safe; read a section on one thread.
 */
public final class Section {

    private final String path;
    private final JsonObject json;
    private final List<ConfigProblem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, JsonObject json, List<ConfigProblem> problems) {
        this.path = path;
        this.json = json;
        this.problems = problems;
    }

    /**
     * Reads a whole section with {@code reader}, then refuses unknown keys.
     *
     * @throws ConfigException listing every mistake found
     */
    public static <T> T read(String path, JsonObject json, Function<Section, T> reader) {
        var section = new Section(path, json, new ArrayList<>());
        T result = null;
        RuntimeException refusal = null;
        try {
            result = reader.apply(section);
        } catch (IllegalArgumentException e) { // a record's own invariant, checked in its compact constructor
            refusal = e;
        }
        section.end();
        if (refusal != null && section.problems.isEmpty()) {
            section.problem("invalid_value", path, String.valueOf(refusal.getMessage()));
        }
        if (!section.problems.isEmpty() || result == null) {
            throw new ConfigException(section.problems);
        }
        return result;
    }

    public String path() {
        return path;
    }

    public boolean has(String key) {
        known.add(key);
        return json.getValue(key) != null;
    }

    public String text(String key, String fallback) {
        String found = optionalText(key);
        return found == null ? fallback : found;
    }

    public @Nullable String optionalText(String key) {
        return value(key, String.class, "a string");
    }

    /** A string that must be there and must not be blank; empty text after recording the problem otherwise. */
    public String requiredText(String key) {
        String found = optionalText(key);
        if (found == null) {
            if (json.getValue(key) == null) {
                problem("missing_key", at(key), "missing (expected: a string)");
            }
            return "";
        }
        if (found.isBlank()) {
            problem("invalid_value", at(key), "empty (expected: a string that is not blank)");
        }
        return found;
    }

    public boolean bool(String key, boolean fallback) {
        Boolean found = value(key, Boolean.class, "true or false");
        return found == null ? fallback : found;
    }

    public int integer(String key, int fallback, int min, int max) {
        return Math.toIntExact(whole(key, fallback, min, max));
    }

    public long whole(String key, long fallback, long min, long max) {
        Number found = value(key, Number.class, "a whole number");
        if (found == null) {
            return fallback;
        }
        if (!(found instanceof Integer) && !(found instanceof Long)) {
            problem("wrong_type", at(key), found + " (expected: a whole number)");
            return fallback;
        }
        if (found.longValue() < min || found.longValue() > max) {
            problem("out_of_range", at(key), found + " (expected: " + min + " to " + max + ")");
            return fallback;
        }
        return found.longValue();
    }

    public double number(String key, double fallback, double min, double max) {
        Number found = value(key, Number.class, "a number");
        if (found == null) {
            return fallback;
        }
        if (!(found.doubleValue() >= min && found.doubleValue() <= max)) {
            problem("out_of_range", at(key), found + " (expected: " + min + " to " + max + ")");
            return fallback;
        }
        return found.doubleValue();
    }

    /** One of a fixed set of words. */
    public String choice(String key, String fallback, List<String> allowed) {
        String found = optionalText(key);
        if (found == null) {
            return fallback;
        }
        if (!allowed.contains(found)) {
            unknownValue(at(key), found, allowed);
            return fallback;
        }
        return found;
    }

    /** A list of strings, each not blank. */
    public List<String> texts(String key, List<String> fallback) {
        JsonArray found = value(key, JsonArray.class, "a list of strings");
        if (found == null) {
            return fallback;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            if (found.getValue(i) instanceof String text && !text.isBlank()) {
                texts.add(text);
            } else {
                problem("wrong_type", at(key) + "[" + i + "]", "not a string (expected: a string that is not blank)");
            }
        }
        return List.copyOf(texts);
    }

    /** A list as it stands, whose reader records what is wrong with it; empty when absent. */
    public JsonArray list(String key) {
        JsonArray found = value(key, JsonArray.class, "a list");
        return found == null ? new JsonArray() : found;
    }

    /** The strings of a mapping from name to string, in the order written. */
    public Map<String, String> textMap(String key) {
        JsonObject found = value(key, JsonObject.class, "a mapping of names to strings");
        Map<String, String> texts = new LinkedHashMap<>();
        if (found == null) {
            return texts;
        }
        for (String name : found.fieldNames()) {
            if (found.getValue(name) instanceof String text) {
                texts.put(name, text);
            } else {
                problem("wrong_type", at(key) + "." + name, "not a string (expected: a string)");
            }
        }
        return texts;
    }

    /** A nested mapping read by {@code reader}; the fallback when it is absent or is no mapping. */
    public <T> T section(String key, T fallback, Function<Section, T> reader) {
        JsonObject found = value(key, JsonObject.class, "a mapping");
        return found == null ? fallback : nested(at(key), found, fallback, reader);
    }

    /** As {@link #section(String, Object, Function)}, where absence is no value at all. */
    public <T> @Nullable T optionalSection(String key, Function<Section, T> reader) {
        JsonObject found = value(key, JsonObject.class, "a mapping");
        return found == null ? null : nestedOrNull(at(key), found, reader);
    }

    /** A list of mappings, each read by {@code reader}; empty when absent. */
    public <T> List<T> sections(String key, Function<Section, T> reader) {
        JsonArray found = value(key, JsonArray.class, "a list of mappings");
        List<T> read = new ArrayList<>();
        for (int i = 0; found != null && i < found.size(); i++) {
            String place = at(key) + "[" + i + "]";
            if (found.getValue(i) instanceof JsonObject mapping) {
                T one = nestedOrNull(place, mapping, reader);
                if (one != null) {
                    read.add(one);
                }
            } else {
                problem("wrong_type", place, "not a mapping (expected: a mapping)");
            }
        }
        return List.copyOf(read);
    }

    /** The raw mapping under a key, for a reader elsewhere (the settings of a policy kind); empty when absent. */
    public JsonObject raw(String key) {
        JsonObject found = value(key, JsonObject.class, "a mapping");
        return found == null ? new JsonObject() : found;
    }

    /** Records a mistake at a key of this section that only the reader can see. */
    public void refuse(String key, String message) {
        known.add(key);
        problem("invalid_value", at(key), message);
    }

    /** Records that a value is not one of those allowed, with the nearest of them. */
    public void refuseValue(String key, String found, List<String> allowed) {
        unknownValue(at(key), found, allowed);
    }

    /** Records everything that another reader found, as if found here. */
    public void refuseAll(ConfigException found) {
        problems.addAll(found.problems());
    }

    private <T> T nested(String place, JsonObject found, T fallback, Function<Section, T> reader) {
        T read = nestedOrNull(place, found, reader);
        return read == null ? fallback : read;
    }

    private <T> @Nullable T nestedOrNull(String place, JsonObject found, Function<Section, T> reader) {
        var nested = new Section(place, found, problems);
        T result = null;
        int before = problems.size();
        try {
            result = reader.apply(nested);
        } catch (IllegalArgumentException e) { // as in read: a record's own invariant
            if (problems.size() == before) {
                problem("invalid_value", place, String.valueOf(e.getMessage()));
            }
        }
        nested.end();
        return result;
    }

    private void end() {
        for (String key : json.fieldNames()) {
            if (!known.contains(key)) {
                problems.add(new ConfigProblem(
                        "unknown_key",
                        at(key),
                        "unknown key (expected: " + (known.isEmpty() ? "no keys here" : String.join(", ", known)) + ")",
                        NearestName.of(key, known).orElse(null)));
            }
        }
    }

    private <T> @Nullable T value(String key, Class<T> type, String expected) {
        known.add(key);
        Object found = json.getValue(key);
        if (found == null && !json.containsKey(key)) {
            return null;
        }
        if (!type.isInstance(found)) {
            problem("wrong_type", at(key), named(found) + " (expected: " + expected + ")");
            return null;
        }
        return type.cast(found);
    }

    private void unknownValue(String place, String found, List<String> allowed) {
        problems.add(new ConfigProblem(
                "unknown_value",
                place,
                "'" + found + "' (expected: " + String.join(", ", allowed) + ")",
                NearestName.of(found, allowed).orElse(null)));
    }

    private void problem(String code, String place, String message) {
        problems.add(new ConfigProblem(code, place, message, null));
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String named(@Nullable Object found) {
        return switch (found) {
            case null -> "nothing";
            case String _ -> "a string";
            case Boolean truth -> truth.toString();
            case Number number -> number.toString();
            case JsonArray _ -> "a list";
            case JsonObject _ -> "a mapping";
            default -> found.getClass().getSimpleName();
        };
    }
}
