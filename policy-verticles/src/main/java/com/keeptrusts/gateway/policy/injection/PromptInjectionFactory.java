package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.PolicyFactory;

/** Makes {@code prompt-injection}. */
public final class PromptInjectionFactory implements PolicyFactory {

    @Override
    public String kind() {
        return "prompt-injection";
    }

    @Override
    public Policy create(Section settings) {
        InjectionSettings read = InjectionSettings.from(settings);
        return new PromptInjectionPolicy(read, Classifier.open(settings, read.classifier()));
    }
}
