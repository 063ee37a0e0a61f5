package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when an id that is stored came again with other bytes, which no node does by itself: each time in the counter
 * {@code keeptrusts.audit.conflicts}, the first time in the log. Thread-safe.
 */
final class ConflictAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(ConflictAlarm.class);

    private final Path directory;
    private final Counter conflicts;
    private final AtomicBoolean told = new AtomicBoolean();

    ConflictAlarm(MeterRegistry meters, Path directory) {
        this.directory = directory;
        this.conflicts = Counter.builder("keeptrusts.audit.conflicts")
                .description("Calls refused because they had other bytes under an id that is stored")
                .register(meters);
    }

    void hear(AppendAnswer answer) {
        if (answer instanceof AppendRefused(String writer, String reason) && reason.equals("conflict")) {
            conflicts.increment();
            if (told.compareAndSet(false, true)) {
                LOG.error(
                        "audit writer {}: an id that is stored in {} came again with other bytes and was refused",
                        writer,
                        directory);
            }
        }
    }
}
