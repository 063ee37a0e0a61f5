package com.keeptrusts.gateway.contract;

/** A policy kind of the chain, with the digest under which its settings can be asked for. */
public record PolicyStep(String kind, String settingsDigest) {}
