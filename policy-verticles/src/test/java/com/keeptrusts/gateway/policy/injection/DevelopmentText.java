package com.keeptrusts.gateway.policy.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.keeptrusts.gateway.contract.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One labelled text of the development data, which lies outside the repository. Prints its id only. */
record DevelopmentText(
        String id,
        String text,
        boolean attack,
        Channel channel,
        String family,
        String subset,
        String source,
        String license,
        String language,
        String cluster) {

    private static final Set<String> ORDINARY = Set.of(
            "chat",
            "code",
            "code_chat",
            "document",
            "multilingual_document",
            "tool_benign",
            "obfuscated_benign",
            "multilingual_chat");
    private static final Set<String> EXPLICIT = Set.of(
            "override",
            "extraction",
            "persona_jailbreak",
            "multilingual_override",
            "obfuscated",
            "embedded_tool",
            "adv_suffix");

    static List<DevelopmentText> read(Path file) throws IOException {
        var mapper = new ObjectMapper();
        List<DevelopmentText> texts = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            texts.add(of(mapper.readTree(line)));
        }
        return texts;
    }

    private static DevelopmentText of(JsonNode json) {
        return new DevelopmentText(
                json.path("id").asText(),
                json.path("text").asText(),
                !json.path("label").asText().equals("benign"),
                json.path("channel").asText().equals("user") ? Channel.USER : Channel.TOOL,
                json.path("family").asText(),
                json.path("subset").asText(),
                json.path("source").asText(),
                json.path("license").asText(),
                json.path("lang").asText(),
                json.path("cluster").asText());
    }

    boolean ordinary() {
        return !attack && ORDINARY.contains(family);
    }

    boolean explicit() {
        return attack && EXPLICIT.contains(family);
    }

    /** The part of the source before the colon: what must not be on both sides of a split. */
    String origin() {
        int colon = source.indexOf(':');
        return colon < 0 ? source : source.substring(0, colon);
    }

    @Override
    public String toString() {
        return "DevelopmentText[" + id + "]";
    }
}
