package com.keeptrusts.gateway.provider;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Attempt;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.CompletionCall;
import com.keeptrusts.gateway.contract.CompletionEnd;
import com.keeptrusts.gateway.contract.CompletionEvent;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFailed;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.Credit;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.provider.settings.Candidate;
import com.keeptrusts.gateway.provider.sse.StreamStep;
import java.util.List;

/** The way back to the ingress of one call: numbers the events and keeps account of how much it has room for. */
final class EventOutlet {

    private static final int MOST_CREDIT = Integer.MAX_VALUE / 2;

    private final Bus bus;
    private final CompletionCall call;
    private final Address<CompletionEvent, CompletionEvent> ingress;
    private long seq;
    private long frames;
    private long bytes;
    private long givenFrames;
    private long givenBytes;

    EventOutlet(Bus bus, CompletionCall call) {
        this.bus = bus;
        this.call = call;
        this.ingress = Address.ofIngress(call.replyTo());
        this.frames = call.window().frames();
        this.bytes = call.window().bytes();
    }

    /** Of a call that has ended: behind everything that was ever said of it. */
    static CompletionEvent lost(Credit question, Failure failure) {
        return new CompletionFailed(
                question.requestId(), question.epoch(), Long.MAX_VALUE, failure, List.of(), List.of());
    }

    /** Whether a frame may be sent: one of any length, as long as there is any room at all. */
    boolean hasRoom() {
        return frames > 0 && bytes > 0;
    }

    /** What the totals tell of credits that the bus has lost is added as well; an earlier build tells no totals. */
    void add(Credit credit) {
        boolean told = credit.totalFrames() > 0;
        long moreFrames = Math.max(0, told ? credit.totalFrames() - givenFrames : credit.frames());
        long moreBytes = Math.max(0, told ? credit.totalBytes() - givenBytes : credit.bytes());
        givenFrames += moreFrames;
        givenBytes += moreBytes;
        frames = Math.min(MOST_CREDIT, frames + moreFrames);
        bytes = Math.min(MOST_CREDIT, bytes + moreBytes);
    }

    void started(int status, boolean stream, List<Header> headers, Candidate candidate, long firstByteMicros) {
        send(new CompletionStarted(
                call.requestId(),
                call.epoch(),
                seq++,
                status,
                stream,
                headers,
                candidate.target().id(),
                candidate.target().provider().name(),
                candidate.model(),
                firstByteMicros));
    }

    void frame(StreamStep.Frame frame) {
        frames--;
        bytes -= frame.bytes().length();
        send(new CompletionFrame(
                call.requestId(),
                call.epoch(),
                seq++,
                frame.events(),
                frame.terminal(),
                frame.bytes(),
                frame.texts(),
                null));
    }

    void end(StreamStep.Frame last, CompletionEnd end) {
        send(new CompletionFrame(
                call.requestId(), call.epoch(), seq++, last.events(), true, last.bytes(), last.texts(), end));
    }

    void broken(CompletionEnd end) {
        send(new CompletionFrame(call.requestId(), call.epoch(), seq++, 0, true, Bytes.EMPTY, List.of(), end));
    }

    void failed(Failure failure, List<Attempt> attempts, List<Header> headers) {
        send(new CompletionFailed(call.requestId(), call.epoch(), seq++, failure, attempts, headers));
    }

    private void send(CompletionEvent event) {
        bus.tell(ingress, event);
    }
}
