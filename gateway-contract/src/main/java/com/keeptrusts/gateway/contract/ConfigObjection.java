package com.keeptrusts.gateway.contract;

/**
 * Why a node refuses a configuration.
 *
 * @param code stable, for programs; {@code reload_under_way} when it is considering another one
 * @param path of the offending member; empty where there is none
 * @param message for the operator
 */
public record ConfigObjection(String code, String path, String message) {}
