package com.keeptrusts.gateway.contract;

/** Tokens as the target counted them. */
public record Usage(
        long promptTokens, long completionTokens, long totalTokens, long cachedTokens, long reasoningTokens) {}
