package com.keeptrusts.gateway.node.config;

import java.nio.file.Path;

/** A configuration file that is not there or may not be read. */
public final class UnreadableConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableConfigException(Path file) {
        super(file + ": cannot be read (expected: a policy-config.yaml; kt init writes one)", null, false, false);
    }
}
