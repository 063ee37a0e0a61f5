package com.keeptrusts.gateway.simulator.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.simulator.answer.ByteRow;
import com.keeptrusts.gateway.simulator.answer.Timing;
import com.keeptrusts.gateway.simulator.pace.Feed;
import com.keeptrusts.gateway.simulator.refusal.Refusals;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A feed with something wrong in it: each event passes the faults on its way out, and some of them are its last. */
public final class FaultyFeed implements Feed {

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] HALF_A_LETTER = {(byte) 0xF0, (byte) 0x9F};
    private static final String LATE_EVENT = "data: {\"choices\":[],\"late\":true}\n\n";

    private final Feed inner;
    private final BodyFaults faults;
    private final Refusals refusals;
    private final @Nullable Gzip gzip;
    private int events;
    private long bytes;
    private boolean cut;
    private boolean failed;

    public FaultyFeed(Feed inner, BodyFaults faults, Refusals refusals) {
        this.inner = inner;
        this.faults = faults;
        this.refusals = refusals;
        gzip = faults.gzip() ? new Gzip() : null;
    }

    @Override
    public boolean exhausted() {
        return cut || failed || inner.exhausted();
    }

    @Override
    public long length() {
        return inner.length();
    }

    @Override
    public Part nextPart() {
        return inner.nextPart();
    }

    @Override
    public long nextDue() {
        return inner.nextDue();
    }

    @Override
    public Ending ending() {
        return cut ? faults.cut() : inner.ending();
    }

    @Override
    public void append(ByteRow out, Supplier<Timing> timing) {
        if (events == faults.cutAfterEvents()) {
            cut = true;
        } else {
            emit(out, framed(event(timing)));
        }
        if (events == faults.cutAfterEvents() && !cut) {
            cut = true;
            emit(out, framed(partOfNext(timing)));
        }
        if (exhausted() && gzip != null && ending() == Ending.COMPLETE) {
            out.append(gzip.finish());
        }
    }

    private byte[] event(Supplier<Timing> timing) {
        events++;
        var row = new ByteRow(512);
        if (events == 1 && faults.bom()) {
            row.append(BOM);
        }
        if (events % faults.commentEvery() == 0) {
            row.append(": still here\n\n");
        }
        if (events == faults.errorAt()) {
            failed = true;
            return row.append(error()).drain();
        }
        return row.append(changed(timing)).drain();
    }

    private String error() {
        BodyFaults.StreamError error = faults.error();
        return (error.named() ? "event: error\n" : "") + "data: " + refusals.streamError(error.status(), error.code())
                + "\n\n";
    }

    private byte[] changed(Supplier<Timing> timing) {
        Part part = inner.nextPart();
        byte[] event = next(timing);
        if (events == faults.malformedAt()) {
            return malformed(event);
        }
        if (events == faults.oversizeAt()) {
            return oversize(event);
        }
        return switch (part) {
            case FINISH -> faults.noFinish() ? new byte[0] : event;
            case DONE -> ending(event);
            case OPENING, TOKENS, TOOL_CALL, DOCUMENT, NOTHING -> event;
        };
    }

    private byte[] next(Supplier<Timing> timing) {
        var row = new ByteRow(512);
        inner.append(row, timing);
        return row.drain();
    }

    private static byte[] malformed(byte[] event) {
        var row = new ByteRow(event.length).append(event, 0, event.length * 2 / 3);
        return row.append("\n\n").drain();
    }

    /** Longer, but still good JSON: the first string in it grows. */
    private byte[] oversize(byte[] event) {
        int inside = new String(event, ISO_8859_1).indexOf("\":\"") + 3;
        var filler = new byte[faults.oversizeBytes()];
        Arrays.fill(filler, (byte) 'x');
        return new ByteRow(event.length + filler.length)
                .append(event, 0, inside)
                .append(filler)
                .append(event, inside, event.length - inside)
                .drain();
    }

    private byte[] ending(byte[] done) {
        var row = new ByteRow(128).append(done);
        if (faults.duplicateDone()) {
            row.append(done);
        }
        return faults.afterDone() ? row.append(LATE_EVENT).drain() : row.drain();
    }

    private byte[] partOfNext(Supplier<Timing> timing) {
        if (faults.cutInside() == BodyFaults.CutInside.NOTHING || inner.exhausted()) {
            return new byte[0];
        }
        byte[] event = next(timing);
        var row = new ByteRow(event.length + 2).append(event, 0, event.length / 2);
        return faults.cutInside() == BodyFaults.CutInside.UTF8
                ? row.append(HALF_A_LETTER).drain()
                : row.drain();
    }

    private byte[] framed(byte[] event) {
        return switch (faults.framing()) {
            case LF -> event;
            case CRLF -> withLineEnds(event, "\r\n");
            case CR -> withLineEnds(event, "\r");
        };
    }

    private static byte[] withLineEnds(byte[] event, String lineEnd) {
        return new String(event, UTF_8).replace("\n", lineEnd).getBytes(UTF_8);
    }

    private void emit(ByteRow out, byte[] event) {
        byte[] encoded = gzip == null ? event : gzip.encode(event);
        int allowed = (int) Math.min(encoded.length, faults.cutAfterBytes() - bytes);
        out.append(encoded, 0, allowed);
        bytes += allowed;
        if (bytes == faults.cutAfterBytes()) {
            cut = true;
        }
    }
}
