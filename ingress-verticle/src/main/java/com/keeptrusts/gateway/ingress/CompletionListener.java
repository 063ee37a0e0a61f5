package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Header;
import java.util.List;

/** Hears what becomes of a model call, in order; after a frame with an end, or a failure, nothing more comes. */
interface CompletionListener {

    /** A worker that was asked is gone, and whatever it did at a target with it; another may be asked. */
    void lost(Attempt attempt);

    void started(CompletionStarted event);

    void frame(CompletionFrame event);

    /** The call came to nothing, or what had begun is lost; the headers are those of the target's refusal. */
    void failed(Failure failure, List<Attempt> attempts, List<Header> headers);
}
