package com.keeptrusts.gateway.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.keeptrusts.gateway.simulator.request.CompletionRequest;
import com.keeptrusts.gateway.simulator.request.Options;
import org.jspecify.annotations.Nullable;

/** Decides what the model says to a request: the same request, options and seed always get the same text. */
public final class Composer {

    private static final int SHORTEST = 48;
    private static final int LONGEST = 144;

    private final long seed;

    public Composer(long seed) {
        this.seed = seed;
    }

    /** {@code prepared} is the text the model was told to say, if it was; {@code contextLimit} what it can hold. */
    public Answer compose(
            CompletionRequest request,
            Options options,
            Answer.Identity identity,
            @Nullable String prepared,
            int contextLimit) {
        long mood = seed ^ options.big("seed", 0) ^ request.fingerprint();
        int promptTokens = options.whole("prompt_tokens", request.promptTokens());
        int limit = request.mostTokens() >= 0 ? request.mostTokens() : contextLimit - promptTokens;
        ToolCall call = toolCall(request.calledTool(), mood);
        int wanted = wanted(request, options, mood);
        int thoughts = request.thinks() ? (int) Math.round(options.number("reasoning", 0) * wanted) : 0;
        Tokens full = call != null && prepared == null
                ? Tokens.generated(mood, thoughts)
                : withThoughts(request, prepared, mood, wanted, thoughts);
        Tokens said = full.first(limit);
        boolean cut = said.count() < full.count();
        return new Answer(
                identity,
                request.choices(),
                said,
                Math.min(thoughts, said.count()),
                cut ? null : call,
                cut ? "length" : call != null ? "tool_calls" : "stop",
                promptTokens);
    }

    private static int wanted(CompletionRequest request, Options options, long mood) {
        int usual = SHORTEST + Dice.below(LONGEST - SHORTEST, mood, -3);
        return Math.max(options.whole("tokens", usual), request.leastTokens());
    }

    private static @Nullable ToolCall toolCall(@Nullable JsonNode function, long mood) {
        return function == null
                ? null
                : new ToolCall(
                        String.format("%09x", Dice.roll(mood, -4) >>> 28),
                        function.path("name").asText(),
                        Json.write(SchemaSample.of(function.path("parameters"), mood)));
    }

    private static Tokens withThoughts(
            CompletionRequest request, @Nullable String prepared, long mood, int wanted, int thoughts) {
        String text = prepared != null ? prepared : structured(request.outputSchema(), mood);
        Tokens endless = Tokens.generated(mood, wanted);
        if (text == null && request.stops().isEmpty()) {
            return endless;
        }
        String spoken = upToStop(request, text != null ? text : endless.text(thoughts, wanted));
        return thoughts == 0
                ? Tokens.of(spoken)
                : Tokens.generated(mood, thoughts).then(Tokens.of(spoken));
    }

    private static @Nullable String structured(@Nullable JsonNode schema, long mood) {
        return schema == null ? null : Json.write(SchemaSample.of(schema, mood));
    }

    private static String upToStop(CompletionRequest request, String text) {
        int end = text.length();
        for (String stop : request.stops()) {
            int found = text.indexOf(stop);
            end = found < 0 ? end : Math.min(end, found);
        }
        return text.substring(0, end);
    }
}
