package com.keeptrusts.gateway.contract;

/** Reserves a worker for the output review of one streamed answer; all {@link StreamText} of it go to that worker. */
public record StreamOpen(String requestId, Deadline deadline, PolicyStep step) implements Timed {}
