package com.keeptrusts.gateway.contract;

/** Settings as canonical JSON, whose SHA-256 in lower-case hex is their digest. Holds references to secrets, never secrets. */
public record Settings(String digest, Bytes json) implements BusMessage {}
