package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gives a record one component more, and a constructor without it for those who do not know it. */
final class RecordGrowth {

    private RecordGrowth() {}

    static String of(String source, String name, String component) {
        Matcher header =
                Pattern.compile("record " + name + "\\(([^)]*)\\)([^{]*)\\{").matcher(source);
        assertThat(header.find()).as("record " + name).isTrue();
        List<String> components = components(header.group(1));
        String names = components.stream()
                .map(one -> one.substring(one.lastIndexOf(' ') + 1))
                .collect(Collectors.joining(", "));
        String grown = "record " + name + "(" + String.join(", ", components) + ", String " + component + ")"
                + header.group(2) + "{ public " + name + "(" + String.join(", ", components) + ") { this(" + names
                + ", \"of a later build\"); }";
        return source.substring(0, header.start()) + grown + source.substring(header.end());
    }

    /** Those between the parentheses, where a comma inside of angle brackets separates none. */
    private static List<String> components(String list) {
        List<String> components = new ArrayList<>();
        int depth = 0;
        var current = new StringBuilder();
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                components.add(current.toString().strip());
                current.setLength(0);
            } else {
                current.append(c);
            }
        }
        components.add(current.toString().strip());
        return components;
    }
}
