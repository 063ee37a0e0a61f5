package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.CompletionCall;

/** The section {@code size_limits}: how many bytes a request body, inflated, and an answer may have. */
public record SizeLimits(int maxBodyBytes, long maxResponseBytes) {

    public static final SizeLimits DEFAULT = new SizeLimits(16 * 1024 * 1024, CompletionCall.UNLIMITED);

    /** A body crosses the bus in one frame, so the limit stays below the frame's. */
    private static final int GREATEST_BODY = 24 * 1024 * 1024;

    public static SizeLimits from(Section section) {
        return new SizeLimits(
                section.integer("max_body_bytes", DEFAULT.maxBodyBytes(), 1, GREATEST_BODY),
                section.whole("max_response_bytes", DEFAULT.maxResponseBytes(), 1, Long.MAX_VALUE));
    }
}
