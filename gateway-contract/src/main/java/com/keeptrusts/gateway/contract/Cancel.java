package com.keeptrusts.gateway.contract;

/** Ends a model call: the provider closes its upstream stream within 100 ms and sends nothing more. */
public record Cancel(String requestId, int epoch, String reason) implements BusMessage {}
