package com.keeptrusts.gateway.contract;

/**
 * Replaces a range of one text.
 *
 * @param part id of the {@link TextPart}
 * @param start in UTF-16 units, inclusive
 * @param end exclusive
 * @param category what was found there, as in {@code EMAIL}
 */
public record Edit(int part, int start, int end, String category, UserText replacement) {}
