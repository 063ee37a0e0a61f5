package com.keeptrusts.gateway.contract;

/** Asks a node that holds a configuration for the settings with this digest. */
public record SettingsCall(String digest) implements BusMessage {}
