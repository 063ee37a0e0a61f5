package com.keeptrusts.gateway.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do with a text. Stopping is an expected outcome, so it is a value and never a failed future. */
public sealed interface Decision {

    record Allow() implements Decision {}

    /**
     * Go on with changed text.
     *
     * @param edits sorted by part and start, not overlapping
     * @param restore whether the replacements are to be undone in the answer to the same client
     */
    record Redact(List<Edit> edits, boolean restore) implements Decision {
        public Redact {
            edits = List.copyOf(edits);
        }
    }

    /** Stop. The message, when the operator configured one, is for the client. */
    record Block(@Nullable String message) implements Decision {}

    /** Stop, and mark for a person's review. */
    record Escalate(@Nullable String message) implements Decision {}

    /** The policy could not judge; the fail mode decides. The cause names a class of error, never quotes text. */
    record Failed(String cause) implements Decision {

        /** What a decision comes to that only another build of the program knows. */
        public static final String UNKNOWN = "unknown_decision";

        public Failed {
            cause = cause.isEmpty() ? UNKNOWN : cause;
        }
    }
}
