package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;

/**
 * Finds the tokens of {@code logprobs}, which say a streamed text once more. The tokens that were chosen are one text,
 * and so are those of each rank of the alternatives, one token an event.
 */
final class TokenTexts {

    private static final int FIRST_TRACK = 10_000;
    private static final int KINDS = 4;
    private static final int MOST_RANKS = 32;

    private final AnswerTexts texts;

    TokenTexts(AnswerTexts texts) {
        this.texts = texts;
    }

    void read(int choice, JsonMember logprobs) {
        int kind = logprobs.name().equals("logprobs") ? 0 : 2;
        switch (logprobs.value().kind()) {
            case OBJECT -> {
                for (JsonMember member : logprobs.value().members()) {
                    list(choice, member.name().equals("refusal") ? kind + 1 : kind, member);
                }
            }
            case NULL -> {}
            case ARRAY, STRING, NUMBER, TRUE, FALSE -> texts.notUnderstood();
        }
    }

    private void list(int choice, int kind, JsonMember list) {
        switch (list.value().kind()) {
            case ARRAY -> {
                for (JsonNode element : list.value().elements()) {
                    element(choice, kind, 0, element);
                }
            }
            case NULL, NUMBER -> {}
            case OBJECT, STRING, TRUE, FALSE -> texts.notUnderstood();
        }
    }

    /** A token with its alternatives, or a token, or the older form {@code {"token": -0.1}}. */
    private void element(int choice, int kind, int rank, JsonNode element) {
        switch (element.kind()) {
            case STRING -> texts.add(element, track(choice, kind, rank));
            case OBJECT -> {
                if (element.member("token") == null) {
                    names(choice, kind, element);
                } else {
                    token(choice, kind, rank, element);
                }
            }
            case ARRAY -> texts.notUnderstood();
            case NUMBER, TRUE, FALSE, NULL -> {}
        }
    }

    private void token(int choice, int kind, int rank, JsonNode element) {
        for (JsonMember member : element.members()) {
            JsonNode value = member.value();
            switch (member.name()) {
                case "token" -> texts.add(value, track(choice, kind, rank));
                case "top_logprobs" -> alternatives(choice, kind, rank, value);
                case "bytes" -> only(JsonKind.ARRAY, value); // the token once more, and gone with it
                default -> only(JsonKind.NUMBER, value);
            }
        }
    }

    private void alternatives(int choice, int kind, int rank, JsonNode list) {
        if (rank > 0) {
            texts.notUnderstood();
            return;
        }
        only(JsonKind.ARRAY, list);
        int next = 1;
        for (JsonNode alternative : list.elements()) {
            element(choice, kind, next++, alternative);
        }
    }

    private void names(int choice, int kind, JsonNode alternatives) {
        int rank = 1;
        for (JsonMember member : alternatives.members()) {
            int start = member.nameStart();
            texts.add(start, texts.endOfLiteral(start), member.name(), track(choice, kind, rank++));
        }
    }

    private void only(JsonKind kind, JsonNode value) {
        if (value.kind() != kind && value.kind() != JsonKind.NULL) {
            texts.notUnderstood();
        }
    }

    private Track track(int choice, int kind, int rank) {
        if (rank > MOST_RANKS) {
            texts.notUnderstood();
        }
        return new Track(choice, Channel.METADATA, FIRST_TRACK + kind + rank * KINDS);
    }
}
