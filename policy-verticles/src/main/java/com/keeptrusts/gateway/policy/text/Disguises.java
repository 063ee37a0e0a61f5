package com.keeptrusts.gateway.policy.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks behind the disguises of a text, each only where the text shows evidence of it. At most four readings of at most
 * 64 Ki characters, disguises within disguises to a depth of two; linear in the length of the text.
 */
public final class Disguises {

    private static final int READINGS = 4;
    private static final int DEPTH = 2;
    private static final int BOUND = 64 * 1_024;
    private static final int LONGEST_WORD = 28;
    private static final int CUT_EVERY = 40;

    /** Letters to a word that ends as in Pig Latin; in English one word in sixty does. */
    private static final int PIG_EVERY = 30;

    private static final int PLAIN_LANGUAGE = 90; // thousandths of common words

    /** Readings in which the spaces between words may be gone. */
    private static final Set<String> GLUES = Set.of("spaced", "pieces");

    private final boolean decodeRuns;
    private final List<DecodedText> readings = new ArrayList<>(READINGS);

    private Disguises(boolean decodeRuns) {
        this.decodeRuns = decodeRuns;
    }

    /**
     * The other readings of a text.
     *
     * @param decodeRuns whether encoded runs (base64, hexadecimal, character codes) are decoded too
     */
    public static List<DecodedText> of(ShadowText shadow, boolean decodeRuns) {
        var disguises = new Disguises(decodeRuns);
        disguises.add("smuggled", shadow.traces().smuggled(), 1);
        disguises.read(bounded(shadow.text()), 1);
        return disguises.readings;
    }

    private void read(String text, int depth) {
        var evidence = TextEvidence.of(text);
        if (decodeRuns && evidence.longestRun() >= 20) {
            add("base64", EncodedRuns.decode(text), depth);
        }
        if (decodeRuns && evidence.digits() >= 20) {
            add("codes", CodeLists.decode(text), depth);
        }
        if (evidence.escapes() >= 2) {
            add("escapes", Escapes.decode(text), depth);
        }
        if (evidence.lonelyLetters() >= 5) {
            String joined = SpacedLetters.join(text);
            add("spaced", joined, depth);
        }
        if (evidence.morse() >= 16 && evidence.morse() * 3 > text.length()) {
            add("morse", Morse.read(text), depth);
        }
        if (evidence.turned() >= 6) {
            add("upside down", UpsideDown.read(text), depth);
        }
        if (evidence.cuts() >= 3 && evidence.cuts() * CUT_EVERY > text.length()) {
            add("pieces", Pieces.join(text), depth);
        }
        if (evidence.pigs() >= 4 && evidence.pigs() * PIG_EVERY > evidence.latinLetters()) {
            add("pig latin", PigLatin.read(text), depth);
        }
        if (evidence.longestWord() > LONGEST_WORD && readings.size() < READINGS) {
            String words = longWords(text);
            if (!words.isEmpty()) {
                readings.add(new DecodedText("glued", words, true));
            }
        }
        if (evidence.digitsInWords() >= 2) {
            String letters = LeetSpeak.read(text);
            boolean plainer = letters != null && Ciphers.commonWords(letters) > Ciphers.commonWords(text);
            add("leet", plainer ? letters : null, depth);
        }
        cipher(text, evidence);
    }

    /** Words longer than any language has, which may be several without the spaces between them. */
    private static String longWords(String text) {
        var words = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !Character.isLetter(text.charAt(i))) {
                if (i - start > LONGEST_WORD && !scrambled(text, start, i)) {
                    words.append(text, start, i).append(". ");
                }
                start = i + 1;
            }
        }
        return words.toString();
    }

    /** Capitals begin words; where they stand everywhere it is a key or a hash. */
    private static boolean scrambled(String text, int start, int end) {
        int capitals = 0;
        for (int i = start; i < end; i++) {
            capitals += Character.isUpperCase(text.charAt(i)) ? 1 : 0;
        }
        return capitals * 4 > end - start && capitals < end - start;
    }

    private void cipher(String text, TextEvidence evidence) {
        if (readings.size() >= READINGS || evidence.latinLetters() < 12) {
            return;
        }
        if (evidence.announced() || Ciphers.plainness(text) < PLAIN_LANGUAGE) {
            DecodedText reading = Ciphers.read(text, evidence.announced());
            if (reading != null) {
                readings.add(reading);
                if (reading.encoding().equals("reversed") && readings.size() < READINGS) {
                    // whether words or the whole text were turned around, their letters are the same
                    readings.add(new DecodedText("reversed", Ciphers.inOtherOrder(reading.text()), false));
                }
            }
        }
    }

    private void add(String encoding, @Nullable String found, int depth) {
        if (found == null || found.length() < 6 || readings.size() >= READINGS) {
            return;
        }
        ShadowText shadow = ShadowText.of(bounded(found));
        readings.add(new DecodedText(encoding, shadow.text(), GLUES.contains(encoding) && glued(shadow.text())));
        if (depth < DEPTH) {
            read(shadow.text(), depth + 1);
        }
    }

    /** Whether joining letters left words longer than any language has. */
    private static boolean glued(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            length = Character.isLetter(text.charAt(i)) ? length + 1 : 0;
            if (length > 18) {
                return true;
            }
        }
        return false;
    }

    private static String bounded(String text) {
        return text.length() <= BOUND ? text : text.substring(0, BOUND);
    }
}
