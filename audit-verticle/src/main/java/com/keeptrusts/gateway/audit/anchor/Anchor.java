package com.keeptrusts.gateway.audit.anchor;

import com.keeptrusts.gateway.audit.witness.Published;
import io.vertx.core.Future;
import java.util.List;

/** A place outside that keeps checkpoints. Confined to one event loop, which it never blocks. */
interface Anchor {

    /**
     * Completes when the place has the checkpoint, with the signature lines that it gives for it, if it gives any; fails
     * with a {@link ContradictedException} when what it has contradicts the checkpoint.
     */
    Future<List<String>> keep(Published published);

    /** Gives back what it holds of this process. */
    Future<Void> close();
}
