package com.keeptrusts.gateway.simulator.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An event rendered once, with a gap for the tokens. */
final class Frame {

    private final byte[] before;
    private final byte[] after;

    private Frame(byte[] before, byte[] after) {
        this.before = before;
        this.after = after;
    }

    static Frame of(String before, String after) {
        return new Frame(before.getBytes(UTF_8), after.getBytes(UTF_8));
    }

    /** Returns the bytes that the tokens took. */
    int write(ByteRow out, Tokens tokens, int from, int to) {
        out.append(before);
        int start = out.length();
        for (int position = from; position < to; position++) {
            out.append(tokens.literal(position));
        }
        int written = out.length() - start;
        out.append(after);
        return written;
    }
}
