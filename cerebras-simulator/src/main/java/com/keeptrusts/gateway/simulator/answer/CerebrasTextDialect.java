package com.keeptrusts.gateway.simulator.answer;

import java.util.stream.IntStream;

/** Legacy text completions as Cerebras sends them. */
final class CerebrasTextDialect implements Dialect {

    private final Answer answer;
    private final Frame[] frames;

    CerebrasTextDialect(Answer answer) {
        this.answer = answer;
        frames = IntStream.range(0, answer.choices())
                .mapToObj(
                        choice -> Frame.of(head() + "{\"index\":" + choice + ",\"text\":\"", "\"}" + rest() + "}\n\n"))
                .toArray(Frame[]::new);
    }

    @Override
    public void opening(ByteRow out, int choice) {
        // a text completion begins with its first token
    }

    @Override
    public void tokens(ByteRow out, int choice, int from, int to) {
        frames[choice].write(out, answer.tokens(), from, to);
    }

    @Override
    public void toolCall(ByteRow out, int choice) {
        throw new IllegalStateException("tool call: in a text completion (expected: none)");
    }

    @Override
    public void finish(ByteRow out, int choice, Timing timing) {
        boolean last = choice == answer.choices() - 1;
        out.append(head() + "{\"finish_reason\":\"" + answer.finishReason() + "\",\"index\":" + choice
                + ",\"text\":\"\"}" + rest() + (last ? Extras.of(answer, timing) : "") + "}\n\n");
    }

    @Override
    public void document(ByteRow out, Timing timing) {
        String text = Json.quote(answer.tokens().text(0, answer.tokens().count()));
        out.append("{\"id\":\"" + answer.identity().id() + "\",\"choices\":[");
        for (int choice = 0; choice < answer.choices(); choice++) {
            out.append((choice == 0 ? "" : ",") + "{\"finish_reason\":\"" + answer.finishReason() + "\",\"index\":"
                    + choice + ",\"text\":" + text + "}");
        }
        out.append(rest() + Extras.of(answer, timing) + "}");
    }

    private String head() {
        return "data: {\"id\":\"" + answer.identity().id() + "\",\"choices\":[";
    }

    private String rest() {
        return "],\"created\":" + answer.identity().created() + ",\"model\":"
                + Json.quote(answer.identity().model()) + ",\"system_fingerprint\":\""
                + answer.identity().fingerprint() + "\",\"object\":\"text_completion\"";
    }
}
