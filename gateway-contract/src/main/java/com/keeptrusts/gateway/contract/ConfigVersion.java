package com.keeptrusts.gateway.contract;

/**
 * Which configuration a node runs, and where it stands in the order of those that the cluster has run.
 *
 * @param number of the reload that brought it; counts up over the cluster, 0 before the first reload
 * @param atMillis wall clock of the node that was told to reload, or that read its own files
 * @param node which node that was
 * @param digest of the effective configuration; empty for a node that holds none
 * @param ownFiles whether the node read it from its own files when it started, after the reload of that number
 */
public record ConfigVersion(long number, long atMillis, String node, String digest, boolean ownFiles) {

    /** Of a node that holds no configuration. */
    public static final ConfigVersion NONE = new ConfigVersion(-1, 0, "", "", true);
}
