package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.config.Section;

/**
 * The section {@code model}: a classifier of the operator's own.
 *
 * @param path of the model
 * @param tokenizer path of its tokenizer
 * @param band scores between which it is asked
 */
record ClassifierSettings(String path, String tokenizer, Band band) {

    static ClassifierSettings from(Section section) {
        return new ClassifierSettings(
                section.requiredText("path"), section.requiredText("tokenizer"), Band.from(section));
    }
}
