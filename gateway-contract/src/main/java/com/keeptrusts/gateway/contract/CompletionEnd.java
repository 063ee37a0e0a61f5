package com.keeptrusts.gateway.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a started answer ended.
 *
 * @param failure why it is not complete; absent when it is
 * @param finishReasons of the choices, in order of their index
 * @param durationMicros from the call being taken up to the end
 */
public record CompletionEnd(
        @Nullable Failure failure,
        @Nullable Usage usage,
        List<String> finishReasons,
        List<Attempt> attempts,
        long durationMicros) {

    public CompletionEnd {
        finishReasons = List.copyOf(finishReasons);
        attempts = List.copyOf(attempts);
    }
}
