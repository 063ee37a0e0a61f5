package com.keeptrusts.gateway.contract;

/** Lets a provider send so much more of a stream. */
public record Credit(String requestId, int epoch, int frames, int bytes) implements BusMessage {}
