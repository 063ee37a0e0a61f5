package com.keeptrusts.gateway.contract;

/** A JSON string in a frame: byte offsets of the literal including its quotes, and its decoded text. */
public record TextLiteral(Track track, int start, int end, UserText text) {}
