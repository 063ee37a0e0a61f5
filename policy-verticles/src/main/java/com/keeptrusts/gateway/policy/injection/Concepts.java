package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.policy.text.ShadowText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Reads {@code concepts.txt} into a trie. */
final class Concepts {

    private static final int MISSPELT_LENGTH = 6;

    /** Languages whose verb stands last, and what is said of rules after naming them. */
    private static final Set<String> VERB_LAST =
            Set.of("tr", "ja", "ko", "hi", "bn", "fa", "ur", "ta", "te", "az", "de", "nl", "predicate");

    private static final ConceptTrie BUNDLED = read();

    private Concepts() {}

    static ConceptTrie bundled() {
        return BUNDLED;
    }

    private static ConceptTrie read() {
        var builder = new ConceptTrie.Builder();
        try (InputStream in = Concepts.class.getResourceAsStream("concepts.txt")) {
            if (in == null) {
                throw new IllegalStateException("concepts.txt: not on the class path");
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> add(line, builder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build();
    }

    private static void add(String line, ConceptTrie.Builder builder) {
        int colon = line.indexOf(':');
        String[] head = line.substring(0, colon).split(" ", -1);
        Concept concept = Concept.valueOf(head[0]);
        long bits = concept.bit();
        if ((concept == Concept.DROP || concept == Concept.DROP_SOFT) && VERB_LAST.contains(head[1])) {
            bits |= Concept.DROP_AFTER.bit();
        }
        boolean misspelt = head.length > 2 && head[2].equals("typos");
        for (String entry : line.substring(colon + 1).split(",", -1)) {
            add(entry.strip(), bits, misspelt, builder);
        }
    }

    private static void add(String entry, long bits, boolean misspelt, ConceptTrie.Builder builder) {
        boolean prefix = entry.endsWith("+");
        String written = prefix ? entry.substring(0, entry.length() - 1) : entry;
        String folded = FoldedText.of(ShadowText.of(written).text()).text().strip();
        builder.add(folded, prefix || FoldedText.isUnspaced(folded.charAt(0)), bits);
        if (misspelt && !prefix) {
            int start = 0;
            for (String word : folded.split(" ", -1)) {
                if (word.length() >= MISSPELT_LENGTH) {
                    String rest = folded.substring(start + word.length());
                    addMisspellings(folded.substring(0, start), word, rest, bits, builder);
                }
                start += word.length() + 1;
            }
        }
    }

    /** Two letters swapped, one left out, one doubled; the first letter stays, for readers rely on it. */
    private static void addMisspellings(
            String before, String word, String after, long bits, ConceptTrie.Builder builder) {
        for (int i = 1; i < word.length(); i++) {
            String head = before + word.substring(0, i);
            builder.add(head + word.substring(i + 1) + after, false, bits);
            builder.add(head + word.charAt(i) + word.substring(i) + after, false, bits);
            if (i + 1 < word.length()) {
                builder.add(head + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2) + after, false, bits);
            }
        }
    }
}
