package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Coverage;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.policy.Judgement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was read and found, and says what follows from it. */
final class Tally {

    private final boolean block;
    private final boolean restore;
    private final Map<String, Integer> findings = new TreeMap<>();
    private double score;
    private long characters;

    Tally(boolean block, boolean restore) {
        this.block = block;
        this.restore = restore;
    }

    void read(int length) {
        characters += length;
    }

    void found(PiiSpan span) {
        if (!span.continuation()) {
            findings.merge(span.type().name(), 1, Integer::sum);
            score = Math.max(score, span.score());
        }
    }

    boolean stops() {
        return block && !findings.isEmpty();
    }

    Judgement judgement(int texts, List<Edit> edits) {
        Decision decision = findings.isEmpty()
                ? new Decision.Allow()
                : block ? new Decision.Block(null) : new Decision.Redact(edits, restore);
        String reason = findings.isEmpty() ? "clean" : "pii_found";
        return new Judgement(decision, reason, score, new Coverage(texts, texts, characters, characters), findings);
    }
}
