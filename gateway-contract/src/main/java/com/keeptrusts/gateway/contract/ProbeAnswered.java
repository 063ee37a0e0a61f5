package com.keeptrusts.gateway.contract;

/** The answerer of this address runs and can be reached. */
public record ProbeAnswered(String address) implements BusMessage {}
