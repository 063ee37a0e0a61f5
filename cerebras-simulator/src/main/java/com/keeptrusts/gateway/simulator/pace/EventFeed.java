package com.keeptrusts.gateway.simulator.pace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.keeptrusts.gateway.simulator.answer.Answer;
import com.keeptrusts.gateway.simulator.answer.ByteRow;
import com.keeptrusts.gateway.simulator.answer.Dialect;
import com.keeptrusts.gateway.simulator.answer.Spread;
import com.keeptrusts.gateway.simulator.answer.Timing;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** An answer as server-sent events: opening, tokens, perhaps a tool call, finish, and the end marker. */
public final class EventFeed implements Feed {

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(US_ASCII);

    private final Answer answer;
    private final Dialect dialect;
    private final Spread tokensPerEvent;
    private final long seed;
    private final boolean marksEnd;
    private final int tokenCount;
    private Part part = Part.OPENING;
    private int sent;
    private int next;

    public EventFeed(Answer answer, Dialect dialect, Spread tokensPerEvent, long seed, boolean marksEnd) {
        this.answer = answer;
        this.dialect = dialect;
        this.tokensPerEvent = tokensPerEvent;
        this.seed = seed;
        this.marksEnd = marksEnd;
        this.tokenCount = answer.tokens().count();
    }

    @Override
    public boolean exhausted() {
        return part == Part.NOTHING;
    }

    @Override
    public long length() {
        return answer.length();
    }

    @Override
    public Part nextPart() {
        return part;
    }

    @Override
    public long nextDue() {
        return switch (part) {
            case OPENING -> 0;
            case TOKENS -> next;
            case TOOL_CALL, FINISH, DONE, DOCUMENT, NOTHING -> answer.length();
        };
    }

    @Override
    public void append(ByteRow out, Supplier<Timing> timing) {
        switch (part) {
            case OPENING -> {
                forEachChoice(choice -> dialect.opening(out, choice));
                advance();
            }
            case TOKENS -> {
                int from = sent;
                sent = next;
                forEachChoice(choice -> dialect.tokens(out, choice, from, sent));
                advance();
            }
            case TOOL_CALL -> {
                forEachChoice(choice -> dialect.toolCall(out, choice));
                part = Part.FINISH;
            }
            case FINISH -> {
                Timing measured = timing.get();
                forEachChoice(choice -> dialect.finish(out, choice, measured));
                part = marksEnd ? Part.DONE : Part.NOTHING;
            }
            case DONE -> {
                out.append(DONE);
                part = Part.NOTHING;
            }
            case DOCUMENT, NOTHING ->
                throw new IllegalStateException("append: after the last event (expected: not exhausted)");
        }
    }

    private void advance() {
        if (sent < tokenCount) {
            part = Part.TOKENS;
            next = Math.min(endOfPart(), sent + tokensPerEvent.pickWhole(seed, sent));
        } else {
            part = answer.toolCall() == null ? Part.FINISH : Part.TOOL_CALL;
        }
    }

    /** Thinking and saying never share an event. */
    private int endOfPart() {
        return sent < answer.reasoningTokens() ? answer.reasoningTokens() : tokenCount;
    }

    private void forEachChoice(IntConsumer writer) {
        for (int choice = 0; choice < answer.choices(); choice++) {
            writer.accept(choice);
        }
    }
}
