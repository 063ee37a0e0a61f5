package com.keeptrusts.gateway.contract;

/** So much of a counter's running window, which the receiver may use beyond its own share. */
public record RateLoan(String counter, int windowSeconds, long amount) {}
