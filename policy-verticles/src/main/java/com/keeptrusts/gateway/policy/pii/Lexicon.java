package com.keeptrusts.gateway.policy.pii;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The cue words of many languages in one trie, read from {@code cues.txt}. A word counts only where it stands alone;
 * one written {@code tel*} may go on, one written {@code *nummer} may have something before it.
 */
final class Lexicon {

    static final Lexicon INSTALLED = load();

    private static final int OPEN_LEFT = 1 << 30;
    private static final int OPEN_RIGHT = 1 << 29;

    private final Trie trie = new Trie();

    private Lexicon() {}

    private static Lexicon load() {
        var lexicon = new Lexicon();
        for (String line : resource().split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                Cue cue = Cue.valueOf(line.substring(0, colon));
                for (String term : line.substring(colon + 1).split(",", -1)) {
                    lexicon.add(term.strip(), cue);
                }
            }
        }
        return lexicon;
    }

    private static String resource() {
        try (InputStream in = Lexicon.class.getResourceAsStream("cues.txt")) {
            if (in == null) {
                throw new IllegalStateException("cues.txt: missing (expected: beside " + Lexicon.class.getName() + ")");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String written, Cue cue) {
        int open = (written.startsWith("*") ? OPEN_LEFT : 0) | (written.endsWith("*") ? OPEN_RIGHT : 0);
        var term = new StringBuilder(written.length());
        written.replace("*", "").chars().forEach(c -> term.append(plain((char) c)));
        trie.add(term, cue.bit() | open);
    }

    /** Tells {@code found} each word in {@code [from, to)}; {@code before} is the first readable character. */
    void mark(char[] text, int before, int from, int to, Found found) {
        for (int at = from; at < to; at++) {
            boolean boundary = at <= before || boundary(text[at - 1], text[at]);
            int node = Trie.ROOT;
            for (int i = at; i < to; i++) {
                node = trie.step(node, plain(text[i]));
                if (node == Trie.NOWHERE) {
                    break;
                }
                int meaning = trie.meaning(node);
                if (meaning != 0 && fits(meaning, boundary, text, i, to)) {
                    found.cue(meaning & ~(OPEN_LEFT | OPEN_RIGHT), i + 1);
                }
            }
        }
    }

    /** Hears of the bits of the cues that a word stands for, and where the word ends. */
    interface Found {
        void cue(int bits, int end);
    }

    private static boolean fits(int meaning, boolean boundary, char[] text, int last, int to) {
        boolean left = boundary || (meaning & OPEN_LEFT) != 0;
        return left && ((meaning & OPEN_RIGHT) != 0 || ended(text, last, to));
    }

    /** Whether a word ends behind {@code last}, at most with the letter of a plural. */
    private static boolean ended(char[] text, int last, int to) {
        int next = last + 1;
        if (next >= to || boundary(text[last], text[next])) {
            return true;
        }
        return text[next] == 's' && (next + 1 >= to || !Chars.letter(text[next + 1]));
    }

    /** A place between words: no two letters meet, or a hump as in {@code passportNumber}. */
    private static boolean boundary(char left, char right) {
        return !Chars.letter(left) || !Chars.letter(right) || (Chars.lower(left) && Chars.upper(right));
    }

    private static char plain(char c) {
        return switch (c) {
            case '_', '-', '\u00A0' -> ' ';
            case '\u2019' -> '\'';
            default -> Chars.fold(c);
        };
    }
}
