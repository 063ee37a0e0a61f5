package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import org.jspecify.annotations.Nullable;

/** Carries a refusal out of a chain of futures to the one place that answers it. Never a surprise, so it has no stack. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Failure failure;
    private final @Nullable String policy;

    Refused(Failure failure) {
        this(failure, null);
    }

    /**
     * @param policy kind of the policy that stopped the request
     */
    Refused(Failure failure, @Nullable String policy) {
        super(failure.code().wire(), null, false, false);
        this.failure = failure;
        this.policy = policy;
    }

    static Refused of(ErrorCode code, String message) {
        return new Refused(Failure.of(code, message));
    }

    static Refused at(ErrorCode code, String param, String message) {
        return new Refused(Failure.at(code, param, message));
    }

    Failure failure() {
        return failure;
    }

    @Nullable
    String policy() {
        return policy;
    }
}
