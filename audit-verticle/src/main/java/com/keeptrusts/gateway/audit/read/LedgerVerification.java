package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.content.ErasureCheck;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Proves a ledger offline, from its files alone: no writer has to run, and one that runs is not disturbed. What it
 * takes to contradict the owner of the signing key, an older checkpoint or the public key, comes from outside.
 */
public final class LedgerVerification {

    /** Exit code when there is no ledger or it cannot be read. */
    public static final int COULD_NOT_RUN = 2;

    private final Clock clock;
    private final List<String> olderCheckpoints;
    private final List<VerifierKey> trusted;

    /** Verifies with what stands in the ledger itself. */
    public LedgerVerification() {
        this(Clock.systemUTC(), List.of(), List.of());
    }

    /**
     * Verifies also against what was kept elsewhere.
     *
     * @param olderCheckpoints signed checkpoints as texts
     * @param trusted verifier keys
     */
    public LedgerVerification(Clock clock, List<String> olderCheckpoints, List<VerifierKey> trusted) {
        this.clock = clock;
        this.olderCheckpoints = List.copyOf(olderCheckpoints);
        this.trusted = List.copyOf(trusted);
    }

    /**
     * Reads everything once.
     *
     * @throws IOException when there is no ledger or it cannot be read
     */
    public VerificationReport verify(Path place) throws IOException {
        var completeness = new Completeness(clock.instant());
        ErasureCheck erasures = ErasureCheck.beside(place);
        Consumer<LedgerEntry> taker = completeness::note;
        var logs = new ArrayList<LogReport>();
        for (LedgerDirectory log : LedgerDirectory.find(place)) {
            LogReport report = verified(log, taker.andThen(erasures::note));
            completeness.pruned(report.prunedUntil());
            logs.add(report);
        }
        List<String> absent = absent(logs);
        absent.addAll(erasures.unexplained());
        for (LedgerDirectory log : LedgerDirectory.headless(place)) {
            absent.add(log.facts() + ": is missing, and without it nobody can tell what this log was");
        }
        return new VerificationReport(logs, absent, completeness.report());
    }

    /** One that cannot be read at all must not keep the others from being looked at. */
    private LogReport verified(LedgerDirectory log, Consumer<LedgerEntry> taker) throws IOException {
        try {
            return LogVerification.verify(log, olderCheckpoints, trusted, taker);
        } catch (LedgerException e) {
            return LogReport.unreadable(log.path(), String.valueOf(e.getMessage()));
        }
    }

    /** What the given checkpoints and keys speak of and nobody finds here. */
    private List<String> absent(List<LogReport> logs) {
        List<String> absent = new ArrayList<>();
        for (String note : olderCheckpoints) {
            String origin = note.lines().findFirst().orElse("");
            if (logs.stream().noneMatch(log -> log.origin().equals(origin))) {
                absent.add(origin + ": no log of that checkpoint is here");
            }
        }
        for (VerifierKey key : trusted) {
            if (logs.stream().noneMatch(log -> log.origin().equals(key.name()))) {
                absent.add(key.name() + ": no log of that key is here");
            }
        }
        return absent;
    }
}
