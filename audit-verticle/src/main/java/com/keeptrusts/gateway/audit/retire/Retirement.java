package com.keeptrusts.gateway.audit.retire;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Retires a writer that does not run: {@code log.closed} with the successor's origin becomes its log's last entry, under
 * a last checkpoint. The directory goes beside itself, as {@code <name>.retired-<time>}, to be read and served for ever;
 * nothing can be appended to it any more.
 *
 * @param directory where the log stands now
 * @param origin of the log
 * @param successor origin of the log that goes on
 */
public record Retirement(Path directory, String origin, String successor) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Retires the log of a directory. Blocks. After a crash it can be asked again.
     *
     * @param successor origin of a log elsewhere; null for a new one that takes this one's place
     * @throws LedgerException when there is no log, or a process has it
     */
    public static Retirement of(Path directory, LedgerOptions options, @Nullable String successor) throws IOException {
        if (!Files.isRegularFile(new LedgerDirectory(directory).facts())) {
            throw new LedgerException(directory + ": no log here (expected: a writer's directory with log.json)");
        }
        Path next = directory.resolveSibling(directory.getFileName() + ".next");
        String heir = successor == null ? begin(next, options) : successor;
        String origin = close(directory, options, heir);
        Path retired = directory.resolveSibling(
                directory.getFileName() + ".retired-" + options.clock().millis());
        options.files().move(directory, retired);
        if (successor == null) {
            options.files().move(next, directory);
        }
        options.files().forceDirectory(directory.resolveSibling("."));
        return new Retirement(retired, origin, heir);
    }

    private static String begin(Path next, LedgerOptions options) throws IOException {
        try (Ledger fresh = Ledger.open(next, options, Runnable::run, () -> {})) {
            return fresh.facts().origin();
        }
    }

    private static String close(Path directory, LedgerOptions options, String successor) throws IOException {
        try (Ledger log = Ledger.open(directory, options, Runnable::run, () -> {})) {
            var answer = new CompletableFuture<AppendAnswer>();
            log.append(
                    List.of(log.ownEntries().entry("log.closed", Map.of("successor", successor))),
                    LIMIT,
                    answer::complete);
            return switch (answer.join()) {
                case Appended _ -> log.facts().origin();
                case AppendRefused(String _, String reason) ->
                    throw new LedgerException(directory + ": its last entry could not be stored: " + reason);
            };
        }
    }
}
