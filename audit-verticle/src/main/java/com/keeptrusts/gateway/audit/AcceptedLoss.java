package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.segment.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An operator's word, good for one start, that a log may be set aside when acknowledged data is missing of it. */
public final class AcceptedLoss {

    private final Path directory;
    private final Path mark;

    private AcceptedLoss(Path directory) {
        this.directory = directory;
        this.mark = directory.resolve("accept-loss");
    }

    /** For the log in a writer's directory. */
    public static AcceptedLoss in(Path directory) {
        return new AcceptedLoss(directory);
    }

    /**
     * Gives the word.
     *
     * @throws LedgerException when there is no log
     */
    public void accept() throws IOException {
        if (!Files.isRegularFile(directory.resolve("log.json"))) {
            throw new LedgerException(directory + ": no log here (expected: a writer's directory with log.json)");
        }
        Files.writeString(mark, "");
    }

    boolean isGiven() {
        return Files.exists(mark);
    }

    /** It was good for one start. */
    void forget() throws IOException {
        Files.deleteIfExists(mark);
    }
}
