package com.keeptrusts.gateway.benchmarks.load;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Harmless prompts of a given size; the same arguments always give the same ones. */
public final class Prompts {

    private static final List<String> SENTENCES = List.of(
            "Please summarise the notes of this morning's meeting in three short points.",
            "The delivery arrived on Tuesday and two of the boxes were damaged at one corner.",
            "Our team moved the release to the second week of the month because a test kept failing.",
            "Write a friendly answer that explains what happens next and when.",
            "The report compares the rainfall of the last ten years with the harvest of each region.",
            "Which of the two designs is easier to keep clean, and why?",
            "She plants tomatoes along the southern wall and beans where the shade begins.",
            "Translate the following paragraph into plain language for new colleagues.",
            "The train leaves a quarter past nine and the walk to the station takes twelve minutes.",
            "List the steps in the order in which a beginner should learn them.");

    private Prompts() {}

    /** So many prompts of so many characters, all ASCII, no two alike. */
    public static List<String> some(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(seed -> one(new Random(seed), length))
                .toList();
    }

    private static String one(Random random, int length) {
        var prompt = new StringBuilder(length + 100);
        while (prompt.length() < length) {
            prompt.append(SENTENCES.get(random.nextInt(SENTENCES.size()))).append(' ');
        }
        return prompt.substring(0, length);
    }
}
