package com.keeptrusts.gateway.simulator.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;

/** The words of the simulated model, as text and as ready JSON literals: harmless English with a few non-ASCII letters. */
final class Vocabulary {

    private static final int SENTENCE = 14;

    private static final List<String> WORDS = List.of("""
            the a of in to and is with for on as by from that this each one two small large light dark water river stone
            garden morning evening window letter story music colour paper market bridge island forest mountain valley
            summer winter café naïve Zürich señor 東京 gentle quiet bright early often never always maybe almost perhaps
            while because although before after under over between around through across behind toward within reader writer
            teacher sailor baker painter listens speaks writes reads paints bakes sails walks travels rests begins ends
            opens closes carries follows finds keeps gives takes brings makes shows tells holds turns leaves returns moves
            grows falls rises shines waits calls answers asks thinks remembers forgets learns understands explains describes
            compares measures counts builds repairs improves""".strip().split("\\s+"));

    private static final byte[][] FOLLOWING = literals(" ", false);
    private static final byte[][] SENTENCE_START = literals(" ", true);
    private static final byte[][] TEXT_START = literals("", true);
    private static final byte[] STOP = ".".getBytes(UTF_8);

    private Vocabulary() {}

    /** The literal at a position of the endless text that a seed stands for. */
    static byte[] literal(long seed, int position) {
        int place = position % SENTENCE;
        if (place == SENTENCE - 1) {
            return STOP;
        }
        byte[][] forms = position == 0 ? TEXT_START : place == 0 ? SENTENCE_START : FOLLOWING;
        return forms[Dice.below(forms.length, seed, position)];
    }

    private static byte[][] literals(String before, boolean capital) {
        return WORDS.stream()
                .map(word ->
                        before + (capital ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word))
                .map(text -> text.getBytes(UTF_8))
                .toArray(byte[][]::new);
    }
}
