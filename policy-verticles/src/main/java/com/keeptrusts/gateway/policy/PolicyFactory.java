package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.config.Section;

/** Makes the policy of one kind; found by {@link java.util.ServiceLoader}. */
public interface PolicyFactory {

    /** The kind's name in {@code policies.chain}. */
    String kind();

    /**
     * Reads {@code policy.<kind>} strictly and builds the policy, compiled and ready.
     *
     * @throws com.keeptrusts.gateway.config.ConfigException through {@link Section#read}
     */
    Policy create(Section settings);
}
