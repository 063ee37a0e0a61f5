package com.keeptrusts.gateway.audit.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Members of a leaf as words for a person; what is not there is an empty text. Control characters never come out. */
record LeafFacts(JsonNode node) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 200;

    static LeafFacts of(LedgerEntry entry) {
        try {
            return new LeafFacts(JSON.readTree(entry.leaf().array()));
        } catch (IOException e) {
            return new LeafFacts(JSON.createObjectNode()); // altered on the disk; verification speaks of it
        }
    }

    LeafFacts in(String member) {
        return new LeafFacts(node.path(member));
    }

    List<LeafFacts> each(String member) {
        var found = new ArrayList<LeafFacts>();
        node.path(member).elements().forEachRemaining(one -> found.add(new LeafFacts(one)));
        return found;
    }

    boolean has(String member) {
        return node.has(member);
    }

    boolean isTrue(String member) {
        return node.path(member).asBoolean();
    }

    String text(String member) {
        String text = EventLines.printable(node.path(member).asText(""));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** The member behind some words, or nothing. */
    String text(String before, String member) {
        String text = text(member);
        return text.isEmpty() ? "" : before + text;
    }

    long number(String member) {
        return node.path(member).asLong();
    }

    /** The beginning of a digest: enough to tell two from each other. */
    String digest(String member) {
        String text = text(member);
        return text.length() <= 12 ? text : text.substring(0, 12);
    }

    /** Texts of an array. */
    List<String> words(String member) {
        return each(member).stream()
                .map(one -> EventLines.printable(one.node().asText("")))
                .toList();
    }

    /** Members that are numbers, as in {@code email 2, phone 1}. */
    String counts(String member) {
        return node.path(member).properties().stream()
                .map(count -> EventLines.printable(count.getKey()) + " "
                        + EventLines.printable(count.getValue().asText("")))
                .collect(Collectors.joining(", "));
    }

    /** A duration that the leaf gives in microseconds. */
    String millis(String member) {
        return millis(number(member));
    }

    static String millis(long micros) {
        return micros < 10_000_000 ? "%.1f ms".formatted(micros / 1_000.0) : "%.1f s".formatted(micros / 1_000_000.0);
    }

    static String joined(String separator, String... parts) {
        return List.of(parts).stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(separator));
    }

    /** Members of one level, for entries of which nothing more is known. */
    List<String> members() {
        return node.properties().stream()
                .filter(member -> !Map.of("v", "", "mono", "").containsKey(member.getKey()))
                .map(member -> EventLines.printable(member.getKey() + ": " + member.getValue()))
                .toList();
    }
}
