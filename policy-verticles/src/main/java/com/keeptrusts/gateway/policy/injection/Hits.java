package com.keeptrusts.gateway.policy.injection;

import java.util.Arrays;

/** The phrases found in one text, ordered by where they begin. */
final class Hits {

    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int[] sentences = new int[32];
    private long[] concepts = new long[32];
    private boolean[] quoted = new boolean[32];
    private int count;
    private long seen;

    void add(int start, int end, long found, int sentence, boolean inQuotes) {
        if (count == starts.length) {
            grow();
        }
        starts[count] = start;
        ends[count] = end;
        concepts[count] = found;
        sentences[count] = sentence;
        quoted[count] = inQuotes;
        seen |= found;
        count++;
    }

    int count() {
        return count;
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    int sentence(int i) {
        return sentences[i];
    }

    boolean quoted(int i) {
        return quoted[i];
    }

    boolean is(int i, Concept concept) {
        return (concepts[i] & concept.bit()) != 0;
    }

    boolean is(int i, long any) {
        return (concepts[i] & any) != 0;
    }

    long concepts(int i) {
        return concepts[i];
    }

    boolean saw(Concept concept) {
        return (seen & concept.bit()) != 0;
    }

    boolean saw(long any) {
        return (seen & any) != 0;
    }

    private void grow() {
        int size = count * 2;
        starts = Arrays.copyOf(starts, size);
        ends = Arrays.copyOf(ends, size);
        sentences = Arrays.copyOf(sentences, size);
        concepts = Arrays.copyOf(concepts, size);
        quoted = Arrays.copyOf(quoted, size);
    }
}
