package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.CompletionEnd;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Header;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Collects the answer to a call that is not streamed. Completes with its body, or fails with {@link Refused}. */
final class JsonAnswer implements CompletionListener {

    private final Journey journey;
    private final Promise<Body> whole;
    private final Buffer bytes = Buffer.buffer();
    private final List<EventTexts> texts = new ArrayList<>(1);

    JsonAnswer(Journey journey, Promise<Body> whole) {
        this.journey = journey;
        this.whole = whole;
    }

    @Override
    public void lost(Attempt attempt) {
        journey.attemptLost(attempt);
    }

    @Override
    public void started(CompletionStarted event) {
        journey.starts(event);
    }

    @Override
    public void frame(CompletionFrame event) {
        if (bytes.length() == 0) {
            texts.addAll(event.texts()); // offsets count from the start of the frame; the body comes in one
        }
        bytes.appendBytes(event.bytes().array());
        if (bytes.length() > journey.config().sizeLimits().maxResponseBytes()) {
            whole.tryFail(Refused.of(ErrorCode.UPSTREAM_ERROR, "answer: larger than size_limits.max_response_bytes"));
            return;
        }
        CompletionEnd end = event.end();
        if (end != null) {
            end(end);
        }
    }

    private void end(CompletionEnd end) {
        journey.ends(end);
        CompletionStarted started = journey.started();
        Failure failure = end.failure();
        if (failure != null) {
            whole.tryFail(new Refused(failure));
        } else if (started == null || started.stream()) {
            whole.tryFail(
                    Refused.of(ErrorCode.UPSTREAM_INVALID_STREAM, "The target streamed though it was not asked to."));
        } else {
            whole.tryComplete(new Body(Bytes.of(bytes), texts));
        }
    }

    @Override
    public void failed(Failure failure, List<Attempt> attempts, List<Header> headers) {
        journey.refusedWith(headers);
        if (!attempts.isEmpty()) {
            journey.attempted(attempts);
        }
        whole.tryFail(new Refused(failure));
    }

    /** The body as the target sent it, and where its texts stand. */
    record Body(Bytes bytes, List<EventTexts> texts) {}
}
