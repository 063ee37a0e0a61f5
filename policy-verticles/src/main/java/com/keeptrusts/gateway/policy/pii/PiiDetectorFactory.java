package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.PolicyFactory;

/** Makes the {@code pii-detector}. */
public final class PiiDetectorFactory implements PolicyFactory {

    public static final String KIND = "pii-detector";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Policy create(Section settings) {
        return new PiiPolicy(PiiSettings.from(settings));
    }
}
