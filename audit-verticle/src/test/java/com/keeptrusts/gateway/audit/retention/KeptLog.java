package com.keeptrusts.gateway.audit.retention;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.note.VerifierKey;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A log whose clock a test sets, and what a test asks of it. */
final class KeptLog {

    static final Instant START = Instant.parse("2026-01-10T08:00:00Z");

    private static final int GROUP = 20;

    final SetClock clock = new SetClock(START);
    final LedgerDirectory directory;
    private final LedgerOptions options;

    KeptLog(Path path) {
        this(path, 20_000);
    }

    KeptLog(Path path, long segmentBytes) {
        this.directory = new LedgerDirectory(path);
        this.options = TestLedger.OPTIONS.withClock(clock).withSegmentBytes(segmentBytes);
    }

    /** An act upon the open log. */
    interface Act<T> {
        T on(Keeping keeping) throws Exception;
    }

    <T> T act(Act<T> act) throws Exception {
        try (TestLedger ledger = TestLedger.open(directory.path(), options)) {
            return act.on(new Keeping(ledger.ledger()));
        }
    }

    <T> T act(LogFiles files, Act<T> act) throws Exception {
        try (TestLedger ledger = TestLedger.open(directory.path(), options.withFiles(files))) {
            return act.on(new Keeping(ledger.ledger()));
        }
    }

    /** Whole requests, each of two entries of the present moment. */
    void write(int requests) throws Exception {
        try (TestLedger ledger = TestLedger.open(directory.path(), options)) {
            append(ledger, requests);
        }
    }

    /** In small groups, so that segments end where their size says. */
    private void append(TestLedger ledger, int requests) throws Exception {
        List<AuditEntry> entries = requests(requests);
        for (int from = 0; from < entries.size(); from += GROUP) {
            ledger.appendEach(entries.subList(from, Math.min(entries.size(), from + GROUP)));
        }
    }

    /** Prunes and writes on in the same run. */
    void prunedAndWritten(int days, int requests) throws Exception {
        try (TestLedger ledger = TestLedger.open(directory.path(), options)) {
            new Keeping(ledger.ledger()).prune(days);
            append(ledger, requests);
        }
    }

    List<AuditEntry> requests(int count) {
        var entries = new ArrayList<AuditEntry>();
        for (int n = 0; n < count; n++) {
            AuditEntry accepted = Entries.accepted("r-" + clock.instant().getEpochSecond() + "-" + n, clock.instant());
            entries.add(accepted);
            entries.add(Entries.outcome(accepted, "allow", clock.instant()));
        }
        return entries;
    }

    void promise(int days) throws Exception {
        try (TestLedger ledger = TestLedger.open(directory.path(), options)) {
            var latch = new LogFacts.Latch(days);
            ledger.append(ledger.ledger().ownEntries().latched(latch));
            ledger.ledger().latch(latch);
        }
    }

    void pass(int days) {
        clock.forward(Duration.ofDays(days));
    }

    LogFacts facts() throws IOException {
        return LogFacts.read(directory.facts());
    }

    VerificationReport verify(VerifierKey... trusted) throws IOException {
        return new LedgerVerification(clock, List.of(), List.of(trusted)).verify(directory.path());
    }

    List<LedgerEntry> entries(String type) throws IOException {
        try (LedgerReader reader = LedgerReader.open(directory.path())) {
            var found = new ArrayList<LedgerEntry>();
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals(type)) {
                    found.add(entry);
                }
            });
            return found;
        }
    }

    /** The same files at another place, where no process holds them. */
    KeptLog copyTo(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(directory.path())) {
            for (Path from : all.toList()) {
                Path to = place.resolve(directory.path().relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else if (!from.endsWith("lock")) {
                    Files.copy(from, to);
                }
            }
        }
        var copy = new KeptLog(place);
        copy.clock.forward(Duration.between(START, clock.instant()));
        return copy;
    }
}
