package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query in portions of bounded size, so that each can be recorded before it leaves, and a slow reader
 * holds one of them. Blocks while it reads. Not thread-safe.
 */
public final class EventPortions implements Closeable {

    private static final int LOOKS_AT_CLOCK = 1_024;

    private final LedgerReader reader;
    private final EventQuery query;
    private final EventFormat format;
    private final int most;
    private int left;
    private boolean begun;

    /**
     * Some lines of the answer.
     *
     * @param entries that are told of in it
     * @param last whether nothing follows
     */
    public record Portion(Bytes text, int entries, boolean last) {}

    private EventPortions(LedgerReader reader, EventQuery query, EventFormat format, int most) {
        this.reader = reader;
        this.query = query;
        this.format = format;
        this.most = most;
        this.left = query.limit() == 0 ? Integer.MAX_VALUE : query.limit();
    }

    /** Opens the ledger at a place; a portion ends with the entry by which it has {@code most} bytes. */
    public static EventPortions open(Path place, EventQuery query, EventFormat format, int most) throws IOException {
        return new EventPortions(LedgerReader.open(place, query), query, format, most);
    }

    /** Null when nothing was found within the limit, however much was read. */
    public @Nullable Portion next(Duration limit) throws IOException {
        long until = System.nanoTime() + limit.toNanos();
        var text = new ByteArrayOutputStream();
        if (!begun) {
            reader.wake();
            text.writeBytes(format.header().getBytes(StandardCharsets.UTF_8));
            begun = true;
        }
        int entries = 0;
        while (left > 0 && text.size() < most) {
            LedgerEntry entry = reader.next(query, LOOKS_AT_CLOCK);
            if (entry != null) {
                text.writeBytes(format.line(entry).getBytes(StandardCharsets.UTF_8));
                entries++;
                left--;
            } else if (reader.atEnd()) {
                left = 0;
            } else if (System.nanoTime() > until) {
                return entries == 0 ? null : new Portion(Bytes.owning(text.toByteArray()), entries, false);
            }
        }
        return new Portion(Bytes.owning(text.toByteArray()), entries, left == 0);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
