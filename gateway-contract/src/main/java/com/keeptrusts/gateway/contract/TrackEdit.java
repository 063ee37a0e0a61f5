package com.keeptrusts.gateway.contract;

/** Replaces a range of a track, in UTF-16 units of its whole original text, end exclusive. */
public record TrackEdit(long start, long end, String category, UserText replacement) {}
