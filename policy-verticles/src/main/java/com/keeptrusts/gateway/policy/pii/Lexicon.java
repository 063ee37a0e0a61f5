package com.keeptrusts.gateway.policy.pii;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The cue words of many languages in one trie, read from {@code cues.txt}. A word counts only where it stands alone;
 * one written {@code tel*} may go on, one written {@code *nummer} may have something before it.
 */
final class Lexicon {

    static final Lexicon INSTALLED = load();

    private static final int SLOTS = 1 << 15;
    private static final int OPEN_LEFT = 1 << 30;
    private static final int OPEN_RIGHT = 1 << 29;

    private final long[] edges = new long[SLOTS];
    private final int[] targets = new int[SLOTS];
    private int[] meanings = new int[1024];
    private int nodes = 1;

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
        String term = written.replace("*", "");
        int node = 0;
        for (int i = 0; i < term.length(); i++) {
            node = grow(node, plain(term.charAt(i)));
        }
        meanings[node] |= cue.bit() | open;
    }

    private int grow(int node, char c) {
        long edge = edge(node, c);
        int slot = slot(edge);
        if (edges[slot] == 0) {
            edges[slot] = edge;
            targets[slot] = nodes++;
            if (nodes > meanings.length) {
                meanings = Arrays.copyOf(meanings, nodes * 2);
            }
        }
        return targets[slot];
    }

    private static long edge(int node, char c) {
        return ((long) (node + 1) << 16) | c;
    }

    private int slot(long edge) {
        int slot = (int) ((edge * 0x9E3779B97F4A7C15L) >>> 49);
        while (edges[slot] != 0 && edges[slot] != edge) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        return slot;
    }

    /** Notes in {@code ends}, per cue, where the last word for it ends in {@code [from, to)}; {@code before} is readable. */
    void mark(char[] text, int before, int from, int to, int[] ends) {
        for (int at = from; at < to; at++) {
            boolean boundary = at <= before || boundary(text[at - 1], text[at]);
            int node = 0;
            for (int i = at; i < to; i++) {
                int slot = slot(edge(node, plain(text[i])));
                if (edges[slot] == 0) {
                    break;
                }
                node = targets[slot];
                int meaning = meanings[node];
                if (meaning != 0 && fits(meaning, boundary, text, i)) {
                    note(meaning, i + 1, ends);
                }
            }
        }
    }

    private static boolean fits(int meaning, boolean boundary, char[] text, int last) {
        boolean left = boundary || (meaning & OPEN_LEFT) != 0;
        return left && ((meaning & OPEN_RIGHT) != 0 || ended(text, last));
    }

    private static boolean ended(char[] text, int last) {
        int next = last + 1;
        if (next >= text.length || boundary(text[last], text[next])) {
            return true;
        }
        return text[next] == 's' && (next + 1 >= text.length || !Chars.letter(text[next + 1]));
    }

    /** A place between words: no two letters meet, or a hump as in {@code passportNumber}. */
    private static boolean boundary(char left, char right) {
        return !Chars.letter(left) || !Chars.letter(right) || (Chars.lower(left) && Chars.upper(right));
    }

    private static void note(int meaning, int end, int[] ends) {
        for (int rest = meaning & ~(OPEN_LEFT | OPEN_RIGHT); rest != 0; rest &= rest - 1) {
            int cue = Integer.numberOfTrailingZeros(rest);
            ends[cue] = Math.max(ends[cue], end);
        }
    }

    private static char plain(char c) {
        return switch (c) {
            case '_', '-', '\u00A0' -> ' ';
            case '\u2019' -> '\'';
            default -> Chars.fold(c);
        };
    }
}
