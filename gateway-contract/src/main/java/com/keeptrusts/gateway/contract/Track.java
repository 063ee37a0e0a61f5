package com.keeptrusts.gateway.contract;

/**
 * One growing text of a streamed answer.
 *
 * @param choice {@code choices[].index}; negative for what stands beside the choices
 * @param index tells the texts of one channel apart: for {@link Channel#TOOL_ARGUMENTS}, and for the tool's name in
 *     {@link Channel#METADATA}, the index of the call, negative for the deprecated single one; for other texts of
 *     {@link Channel#METADATA} a number from 1,000 on; else 0 for the first member that holds such text
 */
public record Track(int choice, Channel channel, int index) {}
