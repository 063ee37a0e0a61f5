package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Request fields that a target does not know, as paths such as {@code store}, {@code stream_options.include_usage},
 * {@code messages[].reasoning}, or {@code service_tier=scale} where only one value is not known.
 *
 * @param strip left out of what is sent
 * @param reject refused, because leaving them out would change what was asked
 */
public record FieldRules(List<String> strip, List<String> reject) {

    public static final FieldRules NONE = new FieldRules(List.of(), List.of());

    private static final Pattern PATH = Pattern.compile("[^.\\[\\]\\s]+(\\[])?(\\.[^.\\[\\]\\s]+(\\[])?)*");

    public FieldRules {
        strip = List.copyOf(strip);
        reject = List.copyOf(reject);
    }

    static FieldRules from(Section section) {
        return new FieldRules(paths(section, "strip"), paths(section, "reject"));
    }

    /** These rules where they say something, else the others. */
    FieldRules over(FieldRules others) {
        return new FieldRules(
                join(strip, others.strip.stream().filter(path -> !reject.contains(path))),
                join(reject, others.reject.stream().filter(path -> !strip.contains(path))));
    }

    private static List<String> join(List<String> first, Stream<String> second) {
        return Stream.concat(first.stream(), second).distinct().toList();
    }

    private static List<String> paths(Section section, String key) {
        List<String> paths = section.texts(key, List.of());
        for (String path : paths) {
            if (!PATH.matcher(path).matches() || path.endsWith("[]")) {
                section.refuse(key, "'" + path + "' (expected: a path such as store or messages[].reasoning)");
            } else if (path.equals("model") || path.equals("messages") || path.equals("stream")) {
                section.refuse(key, "'" + path + "' (expected: a field that a completion can do without)");
            }
        }
        return paths;
    }
}
