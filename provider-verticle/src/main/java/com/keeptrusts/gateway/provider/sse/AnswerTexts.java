package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the strings of an answer that a person or a program will read, in the order in which they stand. */
final class AnswerTexts {

    private final List<TextLiteral> found = new ArrayList<>();
    private final int shift;
    private boolean understood = true;

    /** Offsets found are lessened by {@code shift}. */
    AnswerTexts(int shift) {
        this.shift = shift;
    }

    /** What was found, or null when some text stands where none is known to. */
    @Nullable
    List<TextLiteral> result() {
        found.sort((one, other) -> Integer.compare(one.start(), other.start()));
        return understood ? found : null;
    }

    /** Reads a choice; {@code speaker} is its {@code delta} or {@code message}. */
    void ofChoice(int choice, JsonNode node, @Nullable JsonNode speaker) {
        add(node.member("text"), new Track(choice, Channel.ASSISTANT, 0));
        if (speaker == null || speaker.kind() == JsonKind.NULL) {
            return;
        }
        if (speaker.kind() != JsonKind.OBJECT) {
            understood = false;
            return;
        }
        add(speaker.member("content"), new Track(choice, Channel.ASSISTANT, 0));
        add(speaker.member("reasoning"), new Track(choice, Channel.REASONING, 0));
        add(speaker.member("reasoning_content"), new Track(choice, Channel.REASONING, 0));
        add(speaker.member("refusal"), new Track(choice, Channel.REFUSAL, 0));
        ofFunction(speaker.member("function_call"), new Track(choice, Channel.TOOL_ARGUMENTS, 0));
        ofToolCalls(choice, speaker.member("tool_calls"));
    }

    private void ofToolCalls(int choice, @Nullable JsonNode calls) {
        if (calls == null || calls.kind() == JsonKind.NULL) {
            return;
        }
        if (calls.kind() != JsonKind.ARRAY) {
            understood = false;
            return;
        }
        int position = 0;
        for (JsonNode call : calls.elements()) {
            if (call.kind() != JsonKind.OBJECT) {
                understood = false;
                continue;
            }
            JsonNode index = call.member("index");
            int track = index == null ? position : (int) index.asLong(position);
            ofFunction(call.member("function"), new Track(choice, Channel.TOOL_ARGUMENTS, track));
            position++;
        }
    }

    private void ofFunction(@Nullable JsonNode function, Track track) {
        if (function == null || function.kind() == JsonKind.NULL) {
            return;
        }
        if (function.kind() == JsonKind.OBJECT) {
            add(function.member("arguments"), track);
        } else {
            understood = false;
        }
    }

    private void add(@Nullable JsonNode text, Track track) {
        if (text == null || text.kind() == JsonKind.NULL) {
            return;
        }
        if (text.kind() == JsonKind.STRING) {
            found.add(new TextLiteral(track, text.start() - shift, text.end() - shift, new UserText(text.text())));
        } else {
            understood = false;
        }
    }
}
