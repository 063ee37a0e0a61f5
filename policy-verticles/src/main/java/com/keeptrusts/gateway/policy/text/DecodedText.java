package com.keeptrusts.gateway.policy.text;

/**
 * What a disguised text says.
 *
 * @param encoding how it was disguised, as in {@code base64}
 * @param glued whether the spaces between its words may be gone
 */
public record DecodedText(String encoding, String text, boolean glued) {

    /** Whether the text is as good as plain: markup and quotation marks may cut words for honest reasons. */
    public boolean honest() {
        return encoding.equals("pieces") || encoding.equals("glued");
    }

    /** Text of people: prints its length only. */
    @Override
    public String toString() {
        return "DecodedText[" + encoding + ", " + text.length() + "]";
    }
}
