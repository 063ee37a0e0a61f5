package com.keeptrusts.gateway.simulator.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.stream.IntStream;

/** Chat completions as OpenAI sends them: usage in a chunk of its own and only if asked for, arguments in pieces. */
final class OpenAiDialect implements Dialect {

    private static final byte[] PADDING = "aB3xQ9zLk2Vw7MpT".getBytes(US_ASCII);
    private static final byte[] PADDING_BEFORE = ",\"obfuscation\":\"".getBytes(US_ASCII);
    private static final byte[] PADDING_AFTER = "\"".getBytes(US_ASCII);
    private static final byte[] END = "}\n\n".getBytes(US_ASCII);
    private static final int ARGUMENT_PIECE = 8;

    private final Answer answer;
    private final boolean includeUsage;
    private final boolean obfuscated;
    private final OpenAiText text;
    private final Frame[] frames;

    OpenAiDialect(Answer answer, boolean includeUsage, boolean obfuscated) {
        this.answer = answer;
        this.includeUsage = includeUsage;
        this.obfuscated = obfuscated;
        text = new OpenAiText(answer, "chat.completion.chunk");
        frames = IntStream.range(0, answer.choices()).mapToObj(this::frame).toArray(Frame[]::new);
    }

    private Frame frame(int choice) {
        String gap = "\u0000";
        String whole = start(choice, "{\"content\":\"" + gap + "\"}", "null");
        return Frame.of(whole.substring(0, whole.indexOf(gap)), whole.substring(whole.indexOf(gap) + 1));
    }

    /** An event up to the place where the padding stands. */
    private String start(int choice, String delta, String finish) {
        return text.eventHead() + "\"choices\":[{\"index\":" + choice + ",\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finish + "}]" + (includeUsage ? ",\"usage\":null" : "");
    }

    private void event(ByteRow out, int choice, String delta, String finish) {
        out.append(start(choice, delta, finish));
        close(out, delta.length());
    }

    /** Pads so that the length of an event does not tell the length of its token. */
    private void close(ByteRow out, int literalLength) {
        if (obfuscated) {
            int padding = PADDING.length - literalLength % PADDING.length;
            out.append(PADDING_BEFORE).append(PADDING, 0, padding).append(PADDING_AFTER);
        }
        out.append(END);
    }

    @Override
    public void opening(ByteRow out, int choice) {
        String content = answer.toolCall() == null ? "\"\"" : "null";
        event(out, choice, "{\"role\":\"assistant\",\"content\":" + content + ",\"refusal\":null}", "null");
    }

    @Override
    public void tokens(ByteRow out, int choice, int from, int to) {
        if (from >= answer.reasoningTokens()) { // thinking is charged here, but not shown
            close(out, frames[choice].write(out, answer.tokens(), from, to));
        }
    }

    @Override
    public void toolCall(ByteRow out, int choice) {
        ToolCall call = answer.toolCall();
        if (call == null) {
            return;
        }
        event(out, choice, "{\"tool_calls\":[{\"index\":0," + text.call(call, "") + "}]}", "null");
        String arguments = call.arguments();
        for (int from = 0; from < arguments.length(); from += ARGUMENT_PIECE) {
            String piece = arguments.substring(from, Math.min(arguments.length(), from + ARGUMENT_PIECE));
            event(
                    out,
                    choice,
                    "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + Json.quote(piece) + "}}]}",
                    "null");
        }
    }

    @Override
    public void finish(ByteRow out, int choice, Timing timing) {
        event(out, choice, "{}", "\"" + answer.finishReason() + "\"");
        if (includeUsage && choice == answer.choices() - 1) {
            out.append(text.eventHead() + "\"choices\":[],\"usage\":" + text.usage());
            close(out, 0);
        }
    }

    @Override
    public void document(ByteRow out, Timing timing) {
        ToolCall call = answer.toolCall();
        Tokens tokens = answer.tokens();
        String content = call == null ? Json.quote(tokens.text(answer.reasoningTokens(), tokens.count())) : "null";
        String calls = call == null ? "" : ",\"tool_calls\":[{" + text.call(call, call.arguments()) + "}]";
        String message =
                "{\"role\":\"assistant\",\"content\":" + content + calls + ",\"refusal\":null,\"annotations\":[]}";
        out.append(text.document(
                "chat.completion",
                choice -> "{\"index\":" + choice + ",\"message\":" + message + ",\"logprobs\":null,\"finish_reason\":\""
                        + answer.finishReason() + "\"}"));
    }
}
