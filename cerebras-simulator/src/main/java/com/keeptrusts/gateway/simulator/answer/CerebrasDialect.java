package com.keeptrusts.gateway.simulator.answer;

import java.util.stream.IntStream;

/** Chat completions as Cerebras sends them: usage and timing ride on the last chunk, tool calls come whole. */
final class CerebrasDialect implements Dialect {

    private final Answer answer;
    private final Frame[] thought;
    private final Frame[] said;

    CerebrasDialect(Answer answer) {
        this.answer = answer;
        thought = frames("reasoning");
        said = frames("content");
    }

    private Frame[] frames(String member) {
        return IntStream.range(0, answer.choices())
                .mapToObj(choice -> Frame.of(
                        head() + "{\"delta\":{\"" + member + "\":\"",
                        "\"},\"index\":" + choice + "}" + tail() + "}\n\n"))
                .toArray(Frame[]::new);
    }

    @Override
    public void opening(ByteRow out, int choice) {
        out.append(head() + "{\"delta\":{\"role\":\"assistant\"},\"index\":" + choice + "}" + tail() + "}\n\n");
    }

    @Override
    public void tokens(ByteRow out, int choice, int from, int to) {
        Frame[] frames = from < answer.reasoningTokens() ? thought : said;
        frames[choice].write(out, answer.tokens(), from, to);
    }

    @Override
    public void toolCall(ByteRow out, int choice) {
        out.append(head() + "{\"delta\":{\"tool_calls\":[{" + call() + ",\"index\":0}]},\"index\":" + choice + "}"
                + tail() + "}\n\n");
    }

    @Override
    public void finish(ByteRow out, int choice, Timing timing) {
        boolean last = choice == answer.choices() - 1;
        out.append(head() + "{\"delta\":{},\"finish_reason\":\"" + answer.finishReason() + "\",\"index\":" + choice
                + "}" + tail() + (last ? Extras.of(answer, timing) : "") + "}\n\n");
    }

    @Override
    public void document(ByteRow out, Timing timing) {
        out.append("{\"id\":\"" + answer.identity().id() + "\",\"choices\":[");
        for (int choice = 0; choice < answer.choices(); choice++) {
            out.append((choice == 0 ? "" : ",") + "{\"finish_reason\":\"" + answer.finishReason() + "\",\"index\":"
                    + choice + ",\"message\":{" + message() + "\"role\":\"assistant\"}}");
        }
        out.append(rest("chat.completion") + Extras.of(answer, timing) + "}");
    }

    private String message() {
        Tokens tokens = answer.tokens();
        int reasoning = answer.reasoningTokens();
        String content = reasoning == tokens.count() && answer.toolCall() != null
                ? ""
                : "\"content\":" + Json.quote(tokens.text(reasoning, tokens.count())) + ",";
        String thoughts = reasoning == 0 ? "" : "\"reasoning\":" + Json.quote(tokens.text(0, reasoning)) + ",";
        return content + thoughts + (answer.toolCall() == null ? "" : "\"tool_calls\":[{" + call() + "}],");
    }

    private String call() {
        ToolCall call = answer.toolCall();
        return call == null
                ? ""
                : "\"function\":{\"name\":" + Json.quote(call.name()) + ",\"arguments\":" + Json.quote(call.arguments())
                        + "},\"type\":\"function\",\"id\":\"" + call.id() + "\"";
    }

    private String head() {
        return "data: {\"id\":\"" + answer.identity().id() + "\",\"choices\":[";
    }

    private String tail() {
        return rest("chat.completion.chunk");
    }

    private String rest(String object) {
        return "],\"created\":" + answer.identity().created() + ",\"model\":"
                + Json.quote(answer.identity().model()) + ",\"system_fingerprint\":\""
                + answer.identity().fingerprint() + "\",\"object\":\"" + object + "\"";
    }
}
