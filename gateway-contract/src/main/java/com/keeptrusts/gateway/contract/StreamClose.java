package com.keeptrusts.gateway.contract;

/** The stream is over for another reason than its end; the worker forgets it. */
public record StreamClose(String requestId, String kind) implements BusMessage {}
