package com.keeptrusts.gateway.policy.pii;

import java.util.List;

/** The little words that lead from a name to its value, and the schemes of HTTP that lead to a token; read backwards. */
final class Spoken {

    private static final int NOT_SPOKEN = -1;
    private static final Trie WORDS = new Trie();

    static {
        for (String word : List.of("is", "was", "ist", "lautet", "est", "es", "to", "bearer", "basic")) {
            WORDS.add(new StringBuilder(word).reverse(), 1);
        }
    }

    private Spoken() {}

    /** Where the word that ends at {@code last} starts, if it is one of these; negative otherwise. */
    static int start(char[] text, int floor, int last) {
        int node = Trie.ROOT;
        for (int i = last; i > floor; i--) {
            node = WORDS.step(node, Chars.fold(text[i]));
            if (node == Trie.NOWHERE) {
                return NOT_SPOKEN;
            }
            if (WORDS.meaning(node) != 0 && !Chars.letter(text[i - 1])) {
                return i;
            }
        }
        return NOT_SPOKEN;
    }

    /** Whether the word with this first letter is one of the schemes. */
    static boolean scheme(char first) {
        return Chars.fold(first) == 'b';
    }
}
