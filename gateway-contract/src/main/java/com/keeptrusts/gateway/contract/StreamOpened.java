package com.keeptrusts.gateway.contract;

/** The stream is open at this worker. */
public record StreamOpened(String worker) implements BusMessage {}
