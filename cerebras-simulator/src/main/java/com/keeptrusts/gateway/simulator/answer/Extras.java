package com.keeptrusts.gateway.simulator.answer;

import java.math.BigDecimal;

/** What Cerebras adds to the end of an answer: usage and the time it took. */
final class Extras {

    private Extras() {}

    static String of(Answer answer, Timing timing) {
        return ",\"usage\":" + usage(answer.usage()) + ",\"time_info\":" + timeInfo(timing);
    }

    private static String usage(Usage usage) {
        return "{\"total_tokens\":" + usage.total() + ",\"completion_tokens\":" + usage.completion()
                + ",\"completion_tokens_details\":{\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0,"
                + "\"reasoning_tokens\":" + usage.reasoning() + "},\"prompt_tokens\":" + usage.prompt()
                + ",\"prompt_tokens_details\":{\"cached_tokens\":" + usage.cached() + "}}";
    }

    private static String timeInfo(Timing timing) {
        return "{\"created\":" + plain(timing.created()) + ",\"queue_time\":" + plain(timing.queue())
                + ",\"prompt_time\":"
                + plain(timing.prompt()) + ",\"completion_time\":" + plain(timing.completion()) + ",\"total_time\":"
                + plain(timing.total()) + "}";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).toPlainString();
    }
}
