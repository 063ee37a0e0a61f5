package com.keeptrusts.gateway.simulator.answer;

import org.jspecify.annotations.Nullable;

/**
 * All that an answer will say, decided before its first byte: {@code tokens} (the first {@code reasoningTokens} of them thought, not
 * said) for each of the {@code choices}, then perhaps a tool call, then the reason to end.
 */
public record Answer(
        Identity identity,
        int choices,
        Tokens tokens,
        int reasoningTokens,
        @Nullable ToolCall toolCall,
        String finishReason,
        int promptTokens) {

    /** What every event of an answer repeats. */
    public record Identity(String id, long created, String model, String fingerprint) {}

    /** Tokens of one choice. */
    public int length() {
        return tokens.count() + (toolCall == null ? 0 : toolCall.tokens());
    }

    public Usage usage() {
        return new Usage(promptTokens, 0, choices * length(), choices * reasoningTokens);
    }
}
