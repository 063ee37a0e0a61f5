package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.CompletionCall;

/**
 * How an answer is wanted.
 *
 * @param texts whether it must tell where its texts stand
 * @param mostBytes that it may have
 */
record Wanted(boolean stream, boolean texts, long mostBytes) {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long USUAL_JSON = 16 * MEBIBYTE;

    /** JSON crosses the bus in one frame, its texts once more beside it. */
    private static final long GREATEST_JSON = 28 * MEBIBYTE;

    private static final long GREATEST_JSON_WITH_TEXTS = 15 * MEBIBYTE;

    static Wanted of(CompletionCall call) {
        long asked = call.maxResponseBytes();
        if (call.stream()) {
            return new Wanted(true, call.extractText(), asked);
        }
        long most = asked == CompletionCall.UNLIMITED ? USUAL_JSON : asked;
        long greatest = call.extractText() ? GREATEST_JSON_WITH_TEXTS : GREATEST_JSON;
        return new Wanted(false, call.extractText(), Math.min(most, greatest));
    }
}
