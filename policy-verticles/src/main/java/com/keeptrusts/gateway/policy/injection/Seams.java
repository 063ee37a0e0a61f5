package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.TextPart;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the turns of a conversation meet: what is harmless in two messages may be an attack in one. Only a few hundred
 * characters on either side of the last sixteen seams are read, and short messages in a row, so the cost is bounded
 * however long the conversation is.
 */
final class Seams {

    private static final int MOST = 16;
    private static final int SIDE = 200;
    private static final int SHORT = 80;
    private static final int SHORT_MESSAGES = 40;

    private Seams() {}

    /** The joined texts of what one and the same side said; empty where it spoke but once. */
    static List<JoinedParts> of(List<TextPart> texts) {
        List<JoinedParts> seams = new ArrayList<>();
        for (Channel channel : List.of(Channel.USER, Channel.TOOL)) {
            List<String> turns = turns(texts, channel);
            for (int i = Math.max(1, turns.size() - MOST); i < turns.size(); i++) {
                join(channel, turns.get(i - 1), turns.get(i), seams);
            }
            shortTurns(channel, turns, seams);
        }
        return seams;
    }

    private static List<String> turns(List<TextPart> texts, Channel channel) {
        List<String> turns = new ArrayList<>();
        int message = -1;
        for (TextPart part : texts) {
            if (part.channel() != channel || part.text().value().isBlank()) {
                continue;
            }
            if (part.message() == message && !turns.isEmpty()) {
                turns.add(turns.removeLast() + " " + part.text().value());
            } else {
                turns.add(part.text().value());
            }
            message = part.message();
        }
        return turns;
    }

    private static void join(Channel channel, String first, String second, List<JoinedParts> seams) {
        String before = first.substring(wordStart(first, first.length() - SIDE));
        String after = second.substring(0, wordEnd(second, SIDE));
        seams.add(new JoinedParts(channel, before + " " + after));
        if (Character.isLetter(before.charAt(before.length() - 1)) && Character.isLetter(after.charAt(0))) {
            seams.add(new JoinedParts(channel, before + after));
        }
    }

    /** Words that are dropped one at a time. */
    private static void shortTurns(Channel channel, List<String> turns, List<JoinedParts> seams) {
        var joined = new StringBuilder();
        int count = 0;
        for (int i = Math.max(0, turns.size() - SHORT_MESSAGES); i < turns.size(); i++) {
            if (turns.get(i).length() <= SHORT) {
                joined.append(count == 0 ? "" : " ").append(turns.get(i));
                count++;
            }
        }
        if (count > 2) {
            seams.add(new JoinedParts(channel, joined.toString()));
        }
    }

    private static int wordStart(String text, int from) {
        int i = Math.max(0, from);
        while (i > 0 && i < text.length() - 1 && !Character.isWhitespace(text.charAt(i - 1)) && from - i < SIDE) {
            i--;
        }
        return i;
    }

    private static int wordEnd(String text, int to) {
        int i = Math.min(text.length(), to);
        while (i < text.length() && !Character.isWhitespace(text.charAt(i)) && i - to < SIDE) {
            i++;
        }
        return i;
    }
}
