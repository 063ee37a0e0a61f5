package com.keeptrusts.gateway.contract;

/** The next piece of a streamed text. */
public record TrackText(Track track, UserText text) {}
