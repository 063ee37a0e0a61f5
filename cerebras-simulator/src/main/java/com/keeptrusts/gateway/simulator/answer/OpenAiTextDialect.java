package com.keeptrusts.gateway.simulator.answer;

import java.util.stream.IntStream;

/** Legacy text completions as OpenAI sends them. */
final class OpenAiTextDialect implements Dialect {

    private static final String OBJECT = "text_completion";

    private final Answer answer;
    private final boolean includeUsage;
    private final OpenAiText text;
    private final Frame[] frames;

    OpenAiTextDialect(Answer answer, boolean includeUsage) {
        this.answer = answer;
        this.includeUsage = includeUsage;
        text = new OpenAiText(answer, OBJECT);
        frames = IntStream.range(0, answer.choices())
                .mapToObj(choice -> Frame.of(text.eventHead() + "\"choices\":[{\"text\":\"", rest(choice, "null")))
                .toArray(Frame[]::new);
    }

    private String rest(int choice, String finish) {
        return "\"" + after(choice, finish) + "]" + (includeUsage ? ",\"usage\":null" : "") + "}\n\n";
    }

    private static String after(int choice, String finish) {
        return ",\"index\":" + choice + ",\"logprobs\":null,\"finish_reason\":" + finish + "}";
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
        out.append(text.eventHead() + "\"choices\":[{\"text\":\"" + rest(choice, "\"" + answer.finishReason() + "\""));
        if (includeUsage && choice == answer.choices() - 1) {
            out.append(text.eventHead() + "\"choices\":[],\"usage\":" + text.usage() + "}\n\n");
        }
    }

    @Override
    public void document(ByteRow out, Timing timing) {
        String said = Json.quote(answer.tokens().text(0, answer.tokens().count()));
        out.append(text.document(
                OBJECT, choice -> "{\"text\":" + said + after(choice, "\"" + answer.finishReason() + "\"")));
    }
}
