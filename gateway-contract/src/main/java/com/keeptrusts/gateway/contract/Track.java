package com.keeptrusts.gateway.contract;

/**
 * One growing text of a streamed answer.
 *
 * @param choice {@code choices[].index}
 * @param index index of the tool call for {@link Channel#TOOL_ARGUMENTS}, else 0
 */
public record Track(int choice, Channel channel, int index) {}
