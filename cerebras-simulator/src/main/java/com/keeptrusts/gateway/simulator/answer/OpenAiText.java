package com.keeptrusts.gateway.simulator.answer;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What OpenAI's events and documents have in common. */
final class OpenAiText {

    private final Answer answer;
    private final String eventHead;

    OpenAiText(Answer answer, String eventObject) {
        this.answer = answer;
        eventHead = "data: " + head(eventObject) + "\"service_tier\":\"default\"," + fingerprint() + ",";
    }

    /** The event up to its choices. */
    String eventHead() {
        return eventHead;
    }

    String document(String object, IntFunction<String> choice) {
        return head(object) + "\"choices\":["
                + IntStream.range(0, answer.choices()).mapToObj(choice).collect(Collectors.joining(","))
                + "],\"usage\":" + usage() + ",\"service_tier\":\"default\"," + fingerprint() + "}";
    }

    String usage() {
        Usage usage = answer.usage();
        return "{\"prompt_tokens\":" + usage.prompt() + ",\"completion_tokens\":" + usage.completion()
                + ",\"total_tokens\":" + usage.total() + ",\"prompt_tokens_details\":{\"cached_tokens\":"
                + usage.cached() + ",\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":"
                + usage.reasoning()
                + ",\"audio_tokens\":0,\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";
    }

    String call(ToolCall call, String arguments) {
        return "\"id\":\"call_" + call.id() + "\",\"type\":\"function\",\"function\":{\"name\":"
                + Json.quote(call.name()) + ",\"arguments\":" + Json.quote(arguments) + "}";
    }

    private String head(String object) {
        return "{\"id\":\"" + answer.identity().id() + "\",\"object\":\"" + object + "\",\"created\":"
                + answer.identity().created() + ",\"model\":"
                + Json.quote(answer.identity().model()) + ",";
    }

    private String fingerprint() {
        return "\"system_fingerprint\":\"" + answer.identity().fingerprint().substring(0, 13) + "\"";
    }
}
