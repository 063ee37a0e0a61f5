package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the strings of an answer that a person or a program will read, in the order in which they stand. Every string
 * is one of them, in whatever member it stands, unless it is a label ({@link Labels}).
 */
final class AnswerTexts {

    /** Of the deprecated {@code function_call}, which has no index. */
    private static final int FUNCTION = -1;

    /** Of another member with texts of the same channel, for some targets send both. */
    private static final int SECOND = 1;

    private final List<TextLiteral> found = new ArrayList<>();
    private final byte[] bytes;
    private final int shift;
    private final boolean streamed;
    private final OtherTexts others;
    private final TokenTexts tokens;
    private boolean understood = true;

    /**
     * Offsets found are lessened by {@code shift}.
     *
     * @param places numbers the places of texts that are continued in later events; null where there are none
     */
    AnswerTexts(byte[] bytes, int shift, @Nullable TextPlaces places) {
        this.bytes = bytes;
        this.shift = shift;
        this.streamed = places != null;
        this.others = new OtherTexts(this, places);
        this.tokens = new TokenTexts(this);
    }

    /** What was found, or null when something stands there that is neither known nor text. */
    @Nullable
    List<TextLiteral> result() {
        found.sort((one, other) -> Integer.compare(one.start(), other.start()));
        return understood ? found : null;
    }

    /** Reads what stands beside the choices. */
    void ofRoot(JsonNode root) {
        for (JsonMember member : root.members()) {
            if (!member.name().equals("choices")) {
                others.beside(OtherTexts.NO_CHOICE, member);
            }
        }
    }

    /** Reads a choice. */
    void ofChoice(int choice, JsonNode node) {
        for (JsonMember member : node.members()) {
            switch (member.name()) {
                case "text" -> add(member.value(), new Track(choice, Channel.ASSISTANT, SECOND));
                case "logprobs", "reasoning_logprobs" -> ofTokens(choice, member);
                default -> {
                    if (member.name().equals(speaker())) {
                        ofSpeaker(choice, member.value());
                    } else {
                        others.beside(choice, member);
                    }
                }
            }
        }
    }

    /** Of a whole answer they are nothing but its text once more, and go when it is edited. */
    private void ofTokens(int choice, JsonMember member) {
        if (streamed) {
            tokens.read(choice, member);
        }
    }

    private void ofSpeaker(int choice, JsonNode speaker) {
        if (!holds(speaker, JsonKind.OBJECT)) {
            return;
        }
        for (JsonMember member : speaker.members()) {
            JsonNode value = member.value();
            switch (member.name()) {
                case "content" -> ofContent(choice, value);
                case "reasoning" -> add(value, new Track(choice, Channel.REASONING, 0));
                case "reasoning_content" -> add(value, new Track(choice, Channel.REASONING, SECOND));
                case "refusal" -> add(value, new Track(choice, Channel.REFUSAL, 0));
                case "function_call" -> ofFunction(choice, FUNCTION, value);
                case "tool_calls" -> ofToolCalls(choice, value);
                default -> others.within(choice, speaker(), member);
            }
        }
    }

    private String speaker() {
        return streamed ? "delta" : "message";
    }

    /** A string, or parts of which each says its text. */
    private void ofContent(int choice, JsonNode content) {
        var track = new Track(choice, Channel.ASSISTANT, 0);
        if (content.kind() != JsonKind.ARRAY) {
            add(content, track);
            return;
        }
        for (JsonNode part : content.elements()) {
            if (part.kind() != JsonKind.OBJECT) {
                understood = false;
                continue;
            }
            for (JsonMember member : part.members()) {
                if (member.name().equals("text") && member.value().kind() == JsonKind.STRING) {
                    add(member.value(), track);
                } else {
                    others.within(choice, "content", member);
                }
            }
        }
    }

    private void ofToolCalls(int choice, JsonNode calls) {
        if (!holds(calls, JsonKind.ARRAY)) {
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
            for (JsonMember member : call.members()) {
                if (member.name().equals("function")) {
                    ofFunction(choice, track, member.value());
                } else {
                    others.within(choice, "tool_calls" + track, member);
                }
            }
            position++;
        }
    }

    private void ofFunction(int choice, int index, JsonNode function) {
        if (!holds(function, JsonKind.OBJECT)) {
            return;
        }
        for (JsonMember member : function.members()) {
            switch (member.name()) {
                case "arguments" -> add(member.value(), new Track(choice, Channel.TOOL_ARGUMENTS, index));
                case "name" -> add(member.value(), new Track(choice, Channel.METADATA, index));
                default -> others.within(choice, "function" + index, member);
            }
        }
    }

    /** A text of a track, or nothing; anything else is not understood. */
    void add(JsonNode text, Track track) {
        if (holds(text, JsonKind.STRING)) {
            add(text.start(), text.end(), text.text(), track);
        }
    }

    void add(int start, int end, String text, Track track) {
        found.add(new TextLiteral(track, start - shift, end - shift, new UserText(text)));
    }

    byte[] bytes() {
        return bytes;
    }

    /** The offset behind a string whose opening quote stands at {@code start}. */
    int endOfLiteral(int start) {
        int at = start + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    void notUnderstood() {
        understood = false;
    }

    private boolean holds(JsonNode value, JsonKind wanted) {
        if (value.kind() != wanted && value.kind() != JsonKind.NULL) {
            understood = false;
        }
        return value.kind() == wanted;
    }
}
