package com.keeptrusts.gateway.policy.pii;

import java.util.List;

/**
 * One pass over one text, from left to right, block by block. What it finds in a block depends on the block, on
 * {@link Cues#CONTEXT} characters before it and on one behind it, never on how much of the text has arrived: so a
 * stream is scanned exactly as the whole text is. Not thread-safe.
 */
final class Sweep {

    /** No run of characters without a break is looked at in longer pieces; what a stream can hold back is bounded by it. */
    static final int LONGEST_RUN = 512;

    /** No value of several words is longer. */
    static final int LONGEST_BLOCK = 160;

    /** How much before its cursor a sweep may look. */
    static final int LOOK_BACK = Cues.CONTEXT + 1;

    private static final int LONGEST_VALUE_OF_WORDS = 56;

    private final List<Detector> detectors;
    private final Labels labels;
    private final boolean papers;
    private final BlockReader reader = new BlockReader();
    private final Block block = new Block(new Cues());
    private final Candidates candidates = new Candidates();
    private final Tail tail = new Tail();

    private char[] text = {};
    private int origin;
    private int limit;
    private boolean complete;
    private List<PiiSpan> found = List.of();

    /** @param papers whether the lines of passports that machines read are looked for */
    Sweep(List<Detector> detectors, Labels labels, boolean papers) {
        this.detectors = detectors;
        this.labels = labels;
        this.papers = papers;
    }

    /**
     * Scans {@code [from, limit)} as far as can be decided and adds what it finds. {@code text} is readable from
     * {@code origin}, which is at least {@link #LOOK_BACK} before {@code from} or the beginning of everything.
     *
     * @return up to where everything is decided; the next call starts there
     */
    int advance(char[] text, int origin, int from, int limit, boolean complete, List<PiiSpan> found) {
        this.text = text;
        this.origin = origin;
        this.limit = limit;
        this.complete = complete;
        this.found = found;
        int at = from;
        while (at < limit) {
            int next = tail.open() ? swallow(at) : step(at);
            if (next < 0) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private int step(int from) {
        int at = from;
        while (at < limit && Chars.breaks(text[at])) {
            int skipped = text[at] == '\\' ? Escapes.skip(text, at, limit, complete) : at + 1;
            if (skipped < 0) {
                return at > from ? at : BlockReader.NEED_MORE;
            }
            at = skipped;
        }
        if (at >= limit) {
            return at;
        }
        int next = word(at);
        return next < 0 && at > from ? at : next;
    }

    /** Decides the block at {@code at}; answers where the next one starts. */
    private int word(int at) {
        int key = text[at] == '-' ? PrivateKey.certainUpTo(text, at, limit, complete) : PrivateKey.NONE;
        if (key != PrivateKey.NONE) {
            return key < 0 ? BlockReader.NEED_MORE : keyFound(at, key);
        }
        int zone = papers ? MachineReadable.end(text, at, limit, complete) : MachineReadable.NONE;
        if (zone != MachineReadable.NONE) {
            return zone < 0 ? BlockReader.NEED_MORE : zoneFound(at, zone);
        }
        return block(at);
    }

    private int block(int at) {
        int end = reader.read(text, at, limit, complete);
        if (end < 0) {
            return BlockReader.NEED_MORE;
        }
        int floor = Math.max(origin, at - LOOK_BACK);
        Labels.Label label = labels.before(text, floor, at);
        if (label == Labels.Label.NONE && reader.plain()) {
            return end;
        }
        boolean capped = reader.capped();
        block.set(text, floor, at, end, limit, capped);
        if (!capped && block.digits() >= Afterthought.FEWEST_DIGITS) {
            int cues = Afterthought.cues(text, end, limit, complete);
            if (cues < 0) {
                return BlockReader.NEED_MORE;
            }
            block.follow(cues);
        }
        if (label != Labels.Label.NONE && !labels.value(label, text, at, limit, complete, candidates)) {
            return BlockReader.NEED_MORE;
        }
        for (Detector detector : detectors) {
            detector.look(block, candidates);
        }
        return settle(at, end, capped);
    }

    private int settle(int at, int end, boolean capped) {
        if (candidates.isEmpty() && !capped) {
            return end;
        }
        int resume = capped ? resume(at, end) : end;
        int decided = resume;
        for (PiiSpan span : candidates.settle()) {
            if (span.start() < resume || !capped) {
                report(span, end, capped);
                decided = Math.max(decided, span.end());
            }
        }
        return decided;
    }

    /** Where to go on after a block that was cut off: early enough that a value across the cut is seen whole. */
    private int resume(int at, int end) {
        if (end - at >= LONGEST_RUN) {
            return at + LONGEST_RUN / 2;
        }
        int resume = end - LONGEST_VALUE_OF_WORDS;
        while (resume < end && !Chars.gap(text[resume])) {
            resume++;
        }
        return resume;
    }

    private void report(PiiSpan span, int end, boolean capped) {
        found.add(span);
        if (capped && span.end() >= end && span.length() >= LONGEST_RUN / 2) {
            tail.open(span.type());
        }
    }

    private int zoneFound(int at, int end) {
        found.add(new PiiSpan(at, end, PiiType.PASSPORT, 1, false));
        return end;
    }

    private int keyFound(int at, int end) {
        if (labels.secrets()) {
            found.add(new PiiSpan(at, end, PiiType.SECRET, 1, false));
            tail.openKey();
        }
        return end;
    }

    /** Takes what continues a value that is too long to be seen whole. */
    private int swallow(int at) {
        PiiType type = tail.type();
        int end = tail.advance(text, at, limit);
        if (end > at) {
            found.add(new PiiSpan(at, end, type, 1, true));
        }
        return end;
    }
}
