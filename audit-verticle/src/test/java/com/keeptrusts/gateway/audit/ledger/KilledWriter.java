package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A process that appends until it is killed, and says on its standard output which entries were acknowledged. */
final class KilledWriter {

    private static final int UNDER_WAY = 200;

    private KilledWriter() {}

    public static void main(String[] arguments) throws Exception {
        var options =
                TestLedger.OPTIONS.withCheckpointEvery(Duration.ofMillis(20)).withSegmentBytes(200_000);
        TestLedger ledger = TestLedger.open(Path.of(arguments[0]), options);
        OutputStream out = System.out;
        var room = new Semaphore(UNDER_WAY);
        for (int i = 0; ; i++) {
            room.acquire();
            AuditEntry entry = Entries.large("r-" + i);
            ledger.ledger().append(List.of(entry), Duration.ofSeconds(20), answer -> {
                room.release();
                if (answer instanceof Appended) {
                    tell(out, entry.id());
                }
            });
        }
    }

    /** One write for a line, so that the reader gets whole lines or, at the very end, a part that it ignores. */
    private static void tell(OutputStream out, String id) {
        try {
            out.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
