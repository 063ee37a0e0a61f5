package com.keeptrusts.gateway.policy.text;

/**
 * A text with some places replaced, of which only those places and what stands near them is kept: what is far from a
 * disguise was read already. Patches come in order and do not overlap.
 */
final class Patches {

    private static final int CONTEXT = 80;

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int copied;
    private int due;

    Patches(String text) {
        this.text = text;
    }

    void replace(int start, int end, CharSequence replacement) {
        copyDue(start);
        int from = Math.max(copied, start - CONTEXT);
        if (from > copied && !out.isEmpty()) {
            out.append(". ");
        }
        out.append(text, from, start).append(replacement);
        copied = end;
        due = Math.min(text.length(), end + CONTEXT);
    }

    String around() {
        copyDue(text.length());
        return out.toString();
    }

    private void copyDue(int limit) {
        int to = Math.min(due, limit);
        if (to > copied) {
            out.append(text, copied, to);
            copied = to;
        }
    }
}
