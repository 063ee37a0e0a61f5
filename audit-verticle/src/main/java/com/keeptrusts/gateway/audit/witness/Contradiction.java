package com.keeptrusts.gateway.audit.witness;

/**
 * A log shows something that it has contradicted before.
 *
 * @param kind what it is
 * @param origin of the log
 * @param held size of the tree that is held against it, which the log itself has signed
 * @param shown size of the tree that it shows now
 */
public record Contradiction(Kind kind, String origin, long held, long shown) {

    /** What contradicts. */
    public enum Kind {
        /** It shows a smaller tree than it has signed before. */
        ROLLED_BACK,
        /** It shows a tree that does not contain the one it has signed before. */
        REWRITTEN,
        /** It is signed with another key than before, and not with the former as well. */
        OTHER_KEY
    }
}
