package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Answers with the positions of their texts, as a provider worker sends them when policies review answers. */
final class Answers {

    static final Track CONTENT = new Track(0, Channel.ASSISTANT, 0);

    private Answers() {}

    static void json(FakeProvider.Line line, String before, String text, String after) {
        String literal = new String(JsonText.literal(text), StandardCharsets.UTF_8);
        int start = before.length();
        var texts = new TextLiteral(CONTENT, start, start + literal.length(), new UserText(text));
        String body = before + literal + after;
        line.started(false);
        line.frame(
                body,
                true,
                List.of(new EventTexts(0, body.length(), false, List.of(texts))),
                FakeProvider.Line.end(null));
    }

    /** One frame with an event for each text; an empty text is an event without any. */
    static void events(FakeProvider.Line line, String... pieces) {
        var frame = new StringBuilder();
        List<EventTexts> texts = new ArrayList<>();
        for (String piece : pieces) {
            int from = frame.length();
            List<TextLiteral> literals = new ArrayList<>();
            frame.append("data: {\"choices\":[{\"index\":0,\"delta\":{");
            if (!piece.isEmpty()) {
                String literal = new String(JsonText.literal(piece), StandardCharsets.UTF_8);
                frame.append("\"content\":");
                literals.add(new TextLiteral(
                        CONTENT, frame.length(), frame.length() + literal.length(), new UserText(piece)));
                frame.append(literal);
            }
            frame.append("}}]}\n\n");
            texts.add(new EventTexts(from, frame.length(), false, literals));
        }
        line.frame(frame.toString(), false, texts, null);
    }

    static String event(String piece) {
        String literal = new String(JsonText.literal(piece), StandardCharsets.UTF_8);
        return "data: {\"choices\":[{\"index\":0,\"delta\":{" + (piece.isEmpty() ? "" : "\"content\":" + literal)
                + "}}]}\n\n";
    }

    static final String LAST =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    static void last(FakeProvider.Line line) {
        line.frame(
                LAST,
                true,
                List.of(
                        new EventTexts(0, LAST.length() - 14, false, List.of()),
                        new EventTexts(LAST.length() - 14, LAST.length(), true, List.of())),
                FakeProvider.Line.end(null));
    }
}
