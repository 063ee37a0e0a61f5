package com.keeptrusts.gateway.provider.settings;

/** A target that may answer a call, and the model that it would be asked for. */
public record Candidate(TargetSettings target, String model) {}
