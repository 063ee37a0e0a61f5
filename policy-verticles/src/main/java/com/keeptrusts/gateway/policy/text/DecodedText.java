package com.keeptrusts.gateway.policy.text;

/**
 * What a disguised text says.
 *
 * @param encoding how it was disguised, as in {@code base64}
 * @param glued whether the spaces between its words may be gone
 */
public record DecodedText(String encoding, String text, boolean glued) {

    /** Text of people: prints its length only. */
    @Override
    public String toString() {
        return "DecodedText[" + encoding + ", " + text.length() + "]";
    }
}
