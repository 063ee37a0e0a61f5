package com.keeptrusts.gateway.provider.sse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which choices of a streamed answer have begun, and how those that ended did. */
final class ChoiceLedger {

    private final int expected;
    private final Map<Integer, String> reasons = new TreeMap<>();
    private int open;

    ChoiceLedger(int expected) {
        this.expected = expected;
    }

    /** A piece of some choice that was not read: where one is asked for, it can only be that one. */
    void started() {
        if (reasons.isEmpty()) {
            note(0, "");
        }
    }

    void note(Map<Integer, String> choices) {
        choices.forEach(this::note);
    }

    /** Whether every choice that is asked for or has begun has ended. */
    boolean allEnded() {
        return open == 0 && reasons.size() >= expected;
    }

    /** Whether every choice that has begun has ended. */
    boolean startedEnded() {
        return open == 0 && !reasons.isEmpty();
    }

    List<String> reasons() {
        return List.copyOf(reasons.values());
    }

    private void note(int choice, String reason) {
        String known = reasons.get(choice);
        if (known == null) {
            reasons.put(choice, reason);
            open += reason.isEmpty() ? 1 : 0;
        } else if (known.isEmpty() && !reason.isEmpty()) {
            reasons.put(choice, reason);
            open--;
        }
    }
}
