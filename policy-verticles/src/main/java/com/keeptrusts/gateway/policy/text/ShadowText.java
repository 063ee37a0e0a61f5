package com.keeptrusts.gateway.policy.text;

/**
 * A text as its reader sees it, with a map back to the original: compatibility forms and foreign digits in their plain
 * form, no invisible characters, no marks on letters, look-alike letters read as what they imitate, invisible tag
 * characters spelt out. Letter case stays. ASCII text is its own shadow. Made in one pass.
 */
public final class ShadowText {

    private final String text;
    private final int[] origins;
    private final Traces traces;

    /**
     * What the text gave up on its way here.
     *
     * @param invisible characters that a reader does not see
     * @param tags characters spelt in invisible tags
     * @param lookalikes letters of one script that imitate another's
     * @param smuggled bytes that were encoded in variation selectors
     */
    public record Traces(int invisible, int tags, int lookalikes, String smuggled) {

        static final Traces NONE = new Traces(0, 0, 0, "");
    }

    ShadowText(String text, int[] origins, Traces traces) {
        this.text = text;
        this.origins = origins;
        this.traces = traces;
    }

    public static ShadowText of(String original) {
        return of(original, true);
    }

    public static ShadowText of(String original, boolean readLookalikes) {
        return isAscii(original) ? plain(original) : new ShadowWriter(original, readLookalikes).write();
    }

    /** The text as it is, for those who do not want it normalised. */
    public static ShadowText plain(String original) {
        return new ShadowText(original, new int[0], Traces.NONE);
    }

    public String text() {
        return text;
    }

    public Traces traces() {
        return traces;
    }

    /** Index in the original of the character that the shadow's i-th came from; its length for the end. */
    public int origin(int i) {
        return origins.length == 0 ? i : origins[i];
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
