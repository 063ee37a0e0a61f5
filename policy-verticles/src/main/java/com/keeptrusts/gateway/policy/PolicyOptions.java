package com.keeptrusts.gateway.policy;

/**
 * What one policy worker is.
 *
 * @param kind the policy kind it serves, one of the catalog's
 * @param instance its number among the workers of this kind on this node
 * @param node what it shares with the node's other workers
 */
public record PolicyOptions(String kind, int instance, PolicyNode node) {}
