package com.keeptrusts.gateway.simulator.pace;

import com.keeptrusts.gateway.simulator.answer.Answer;
import com.keeptrusts.gateway.simulator.answer.ByteRow;
import com.keeptrusts.gateway.simulator.answer.Dialect;
import com.keeptrusts.gateway.simulator.answer.Timing;
import java.util.function.Supplier;

/** An answer as one JSON document, due when its last token is. */
public final class DocumentFeed implements Feed {

    private final Answer answer;
    private final Dialect dialect;
    private boolean written;

    public DocumentFeed(Answer answer, Dialect dialect) {
        this.answer = answer;
        this.dialect = dialect;
    }

    @Override
    public boolean exhausted() {
        return written;
    }

    @Override
    public long length() {
        return answer.length();
    }

    @Override
    public Part nextPart() {
        return written ? Part.NOTHING : Part.DOCUMENT;
    }

    @Override
    public long nextDue() {
        return answer.length();
    }

    @Override
    public void append(ByteRow out, Supplier<Timing> timing) {
        dialect.document(out, timing.get());
        written = true;
    }
}
