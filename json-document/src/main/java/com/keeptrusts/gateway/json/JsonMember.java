package com.keeptrusts.gateway.json;

/** A member of an object: its decoded name, where the name's opening quote stands, and its value. */
public record JsonMember(String name, int nameStart, JsonNode value) {

    /** The place only: a name is the sender's text. */
    @Override
    public String toString() {
        return "member at " + nameStart;
    }
}
