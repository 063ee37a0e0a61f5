package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Finds the strings in members that have no meaning here: transcripts, annotations, whatever comes next year. They get
 * tracks of {@link Channel#METADATA}: what stands at one place of a stream is one text, an element of a list without an
 * {@code index} is a text of its own.
 */
final class OtherTexts {

    static final int NO_CHOICE = -1;

    private static final int FIRST_TRACK = 1_000;

    private final AnswerTexts texts;
    private final @Nullable TextPlaces places;

    OtherTexts(AnswerTexts texts, @Nullable TextPlaces places) {
        this.texts = texts;
        this.places = places;
    }

    /** A member of an object that stands in every event anew. */
    void beside(int choice, JsonMember member) {
        member(new Place(choice, "", false, true), member);
    }

    /** A member of what grows from event to event. */
    void within(int choice, String parent, JsonMember member) {
        member(new Place(choice, parent, true, true), member);
    }

    private void member(Place parent, JsonMember member) {
        boolean label =
                Labels.is(texts.bytes(), member) || (!parent.grows() && Labels.isWord(texts.bytes(), member.value()));
        if (label) {
            return;
        }
        if (!Labels.isName(member.name()) || isSound(parent, member)) {
            texts.notUnderstood();
        } else {
            value(parent.at(member.name()), member.value());
        }
    }

    private void value(Place place, JsonNode value) {
        switch (value.kind()) {
            case STRING -> text(place, value);
            case OBJECT -> {
                for (JsonMember member : value.members()) {
                    member(place, member);
                }
            }
            case ARRAY -> {
                for (JsonNode element : value.elements()) {
                    value(place.of(element), element);
                }
            }
            case NUMBER, TRUE, FALSE, NULL -> {}
        }
    }

    private void text(Place place, JsonNode value) {
        int number = 0;
        if (places != null) {
            number = place.continued() ? places.of(place.choice() + place.path()) : places.single();
        }
        if (number == TextPlaces.NONE) {
            texts.notUnderstood();
        } else {
            texts.add(value, new Track(place.choice(), Channel.METADATA, FIRST_TRACK + number));
        }
    }

    /** It says the same as its transcript, and nobody here can hear it. */
    private static boolean isSound(Place parent, JsonMember member) {
        return member.name().equals("data")
                && member.value().kind() == JsonKind.STRING
                && parent.path().endsWith("audio");
    }

    /**
     * Where a value stands.
     *
     * @param grows whether pieces of it come one after the other
     * @param continued whether what stands there in the next event goes on with it
     */
    private record Place(int choice, String path, boolean grows, boolean continued) {

        Place at(String name) {
            return new Place(choice, path + '.' + name, grows, continued);
        }

        Place of(JsonNode element) {
            JsonNode index = element.member("index");
            return index != null && index.kind() == JsonKind.NUMBER
                    ? at(index.text())
                    : new Place(choice, path, grows, false);
        }
    }
}
