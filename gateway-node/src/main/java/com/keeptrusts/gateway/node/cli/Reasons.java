package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.audit.retention.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asks for an act upon the ledger and why, which its entry tells. */
final class Reasons {

    @Option(names = "--by", required = true, description = "Who asks for it, for the record.")
    String by;

    @Option(names = "--reason", required = true, description = "Why, for the record.")
    String reason;

    Request request() {
        return new Request(by, reason);
    }

    /** The same where it may be left out. */
    static final class Optional {

        @Option(names = "--by", description = "Who asks for it, for the record.")
        @Nullable
        String by;

        @Option(names = "--reason", description = "Why, for the record.")
        @Nullable
        String reason;

        Request request() {
            if (by == null || reason == null) {
                throw new IllegalArgumentException("--by and --reason: missing (expected: who asks for it and why)");
            }
            return new Request(by, reason);
        }
    }
}
