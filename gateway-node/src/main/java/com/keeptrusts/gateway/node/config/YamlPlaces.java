package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.config.ConfigProblem;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The line of every path of one YAML file, and what is wrong with the file as YAML: syntax, duplicate keys, tags, several
 * documents, too many aliases, too deep, too big. Nothing is constructed from the file here.
 */
record YamlPlaces(Map<String, Integer> lines, List<ConfigProblem> problems) {

    static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_ALIASES = 50;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 100_000;

    static YamlPlaces of(String yaml) {
        var places = new YamlPlaces(new HashMap<>(), new ArrayList<>());
        if (yaml.length() > MAX_CHARACTERS) {
            places.problem("too_large", "", yaml.length() + " characters (expected: at most " + MAX_CHARACTERS + ")");
            return places;
        }
        try {
            Node root = new Yaml(options()).compose(new StringReader(yaml));
            if (!(root instanceof MappingNode mapping)) {
                places.problem("wrong_type", "", "not a mapping (expected: pack, policies, providers, ...)");
                return places;
            }
            places.mapping("", mapping, new int[] {MAX_NODES});
        } catch (MarkedYAMLException e) {
            places.problem(
                    "invalid_yaml",
                    "",
                    e.getProblem() + " at line " + (e.getProblemMark().getLine() + 1));
        } catch (YAMLException e) {
            places.problem("invalid_yaml", "", String.valueOf(e.getMessage()));
        }
        return places;
    }

    private static LoaderOptions options() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(true); // found below, where they can be named with their path
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CHARACTERS);
        return options;
    }

    private void mapping(String path, MappingNode mapping, int[] left) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problem("invalid_yaml", path, "a key that is no string");
                continue;
            }
            String place = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            lines.putIfAbsent(place, key.getStartMark().getLine() + 1);
            if (!seen.add(key.getValue())) {
                problem(
                        "duplicate_key",
                        place,
                        "written twice, again at line " + (key.getStartMark().getLine() + 1));
            }
            value(place, entry.getValueNode(), left);
        }
    }

    private void value(String place, Node node, int[] left) {
        if (left[0]-- == 0) {
            problem(
                    "too_large",
                    place,
                    "more than " + MAX_NODES + " values, aliases counted as often as they are used");
        }
        if (left[0] < 0) {
            return;
        }
        if (!node.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
            problem("invalid_yaml", place, "a tag (expected: plain values)");
        }
        lines.putIfAbsent(place, node.getStartMark().getLine() + 1);
        switch (node) {
            case MappingNode mapping -> mapping(place, mapping, left);
            case SequenceNode sequence -> {
                int i = 0;
                for (Node element : sequence.getValue()) {
                    value(place + "[" + i++ + "]", element, left);
                }
            }
            default -> {}
        }
    }

    private void problem(String code, String path, String message) {
        problems.add(new ConfigProblem(code, path, message, null));
    }
}
