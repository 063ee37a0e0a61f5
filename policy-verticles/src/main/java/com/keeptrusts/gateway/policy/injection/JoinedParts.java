package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.TextPart;
import java.util.ArrayList;
import java.util.List;

/** The parts of one message as one text, for an attack may be cut in pieces that say nothing each. */
record JoinedParts(Channel channel, String text) {

    /** Each run of consecutive parts of one message and channel, or of its tool calls, joined by a space, and also without where words meet. */
    static List<JoinedParts> of(List<TextPart> texts) {
        List<JoinedParts> joined = new ArrayList<>();
        int i = 0;
        while (i < texts.size()) {
            int end = i + 1;
            while (end < texts.size() && together(texts.get(i), texts.get(end))) {
                end++;
            }
            if (end - i > 1) {
                join(texts.subList(i, end), joined);
            }
            i = end;
        }
        return joined;
    }

    private static boolean together(TextPart first, TextPart next) {
        return first.message() >= 0
                && first.message() == next.message()
                && (first.channel() == next.channel() || (ofCalls(first.channel()) && ofCalls(next.channel())));
    }

    /** Between the arguments of two tool calls stands the name of the second. */
    private static boolean ofCalls(Channel channel) {
        return channel == Channel.TOOL_ARGUMENTS || channel == Channel.METADATA;
    }

    private static void join(List<TextPart> parts, List<JoinedParts> joined) {
        var spaced = new StringBuilder();
        var bare = new StringBuilder();
        boolean wordsMeet = false;
        for (TextPart part : parts) {
            String text = part.text().value();
            wordsMeet |= !bare.isEmpty()
                    && !text.isEmpty()
                    && Character.isLetter(bare.charAt(bare.length() - 1))
                    && Character.isLetter(text.charAt(0));
            bare.append(text);
            spaced.append(spaced.isEmpty() ? "" : " ").append(text);
        }
        Channel channel = parts.getFirst().channel();
        joined.add(new JoinedParts(channel, spaced.toString()));
        if (wordsMeet) {
            joined.add(new JoinedParts(channel, bare.toString()));
        }
    }

    /** Text of people: prints its length only. */
    @Override
    public String toString() {
        return "JoinedParts[" + channel + ", " + text.length() + "]";
    }
}
