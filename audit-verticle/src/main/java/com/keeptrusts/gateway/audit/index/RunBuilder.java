package com.keeptrusts.gateway.audit.index;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LogCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Makes a run of the smallest size by reading its entries once. Of entries that were pruned it holds nothing. */
final class RunBuilder {

    private static final int KEYS_PER_ENTRY = 2;
    private static final int OFFSET_BITS = 13; // 8,192 entries; with the 48 bits of a key it fits one positive number
    private static final long OFFSET = RunName.SMALLEST - 1;

    private final RunName name;
    private final long[] keys = new long[KEYS_PER_ENTRY * (int) RunName.SMALLEST];
    private final List<TimeSpan> spans = new ArrayList<>();
    private int count;

    private RunBuilder(RunName name) {
        this.name = name;
        for (int i = 0; i < RunFormat.spans(name); i++) {
            spans.add(TimeSpan.NONE);
        }
    }

    /** Writes the run; false, and nothing is written, when the log cannot be read that far. */
    static boolean build(LedgerDirectory log, IndexDirectory index, RunName name, UUID writer) throws IOException {
        var builder = new RunBuilder(name);
        if (!builder.read(log)) {
            return false;
        }
        builder.write(index, writer);
        return true;
    }

    private boolean read(LedgerDirectory log) throws IOException {
        try (LogCursor cursor = LogCursor.open(log, name.first())) {
            while (cursor.index() < name.end()) {
                LedgerEntry entry = cursor.next();
                if (entry == null) {
                    return false;
                }
                if (entry.index() < name.end()) {
                    take(entry);
                }
            }
            return true;
        }
    }

    private void take(LedgerEntry entry) {
        long offset = entry.index() - name.first();
        if (!entry.head().id().isEmpty()) {
            keys[count++] = IndexKey.ofEntry(entry.head().id()).hash() << OFFSET_BITS | offset;
        }
        if (!entry.head().requestId().isEmpty()) {
            keys[count++] = IndexKey.ofRequest(entry.head().requestId()).hash() << OFFSET_BITS | offset;
        }
        int span = (int) (offset / RunFormat.PER_SPAN);
        spans.set(span, spans.get(span).with(entry.time()));
    }

    private void write(IndexDirectory index, UUID writer) throws IOException {
        Arrays.sort(keys, 0, count);
        try (RunWriter out = RunWriter.create(index.path(), name, writer)) {
            for (int i = 0; i < count; i++) {
                out.key(keys[i] >>> OFFSET_BITS, name.first() + (keys[i] & OFFSET));
            }
            out.spans(spans);
            out.finish();
        }
    }
}
