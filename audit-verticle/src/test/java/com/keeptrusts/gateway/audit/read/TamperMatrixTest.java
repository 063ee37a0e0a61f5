package com.keeptrusts.gateway.audit.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.read.Tampering.Copies;
import com.keeptrusts.gateway.audit.read.Tampering.Place;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a ledger, each altered in one way at a place chosen by chance: every one is told and the place named. */
class TamperMatrixTest {

    private static final int SEEDS = 5;

    @TempDir
    private static Path place;

    private static Path whole;

    @BeforeAll
    static void writeALedger() throws Exception {
        whole = place.resolve("whole");
        for (int day = 0; day < 6; day++) {
            write(whole.resolve("audit/writer-0"), day, 117);
            write(whole.resolve("audit/writer-1"), day, 60);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyAlteredCopyIsToldAndThePlaceNamed() {
        return Stream.of(EntryTamperings.all(), FileTamperings.all(), SegmentTamperings.all(), FactsTamperings.all())
                .flatMap(List::stream)
                .map(tampering -> DynamicTest.dynamicTest(tampering.name(), () -> {
                    for (int seed = 0; seed < SEEDS; seed++) {
                        check(tampering, seed);
                    }
                }));
    }

    @Test
    void theLedgerAsItWasWrittenIsWhole() throws IOException {
        VerificationReport report = new LedgerVerification().verify(whole);

        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        assertThat(report.logs()).extracting(LogReport::signed).containsExactly(1_406L, 722L);
        assertThat(LedgerCopy.at(whole.resolve("audit/writer-0")).segments()).hasSizeGreaterThan(1);
    }

    private static void check(Tampering tampering, int seed) throws Exception {
        Path altered = place.resolve("altered");
        copy(whole, altered);
        try {
            check(tampering, seed, altered);
        } finally {
            delete(altered);
        }
    }

    private static void check(Tampering tampering, int seed, Path altered) throws Exception {
        var copies = new Copies(
                LedgerCopy.at(altered.resolve("audit/writer-0")), LedgerCopy.at(altered.resolve("audit/writer-1")));

        Place where = tampering.act().on(copies, new Random(seed));
        VerificationReport report = new LedgerVerification().verify(altered);

        String said = tampering.name() + ", seed " + seed + ", expected at " + where + ":\n"
                + String.join("\n", report.lines());
        assertThat(report.exitCode()).as(said).isEqualTo(1);
        assertThat(report.whole()).as(said).isFalse();
        assertThat(String.join("\n", report.lines())).as(said).contains(where.words());
        if (where.from() >= 0) {
            assertThat(report.logs().getFirst().firstBad().orElse(-1)).as(said).isBetween(where.from(), where.to());
        }
    }

    private static void write(Path log, int day, int requests) throws Exception {
        LedgerOptions options = TestLedger.OPTIONS
                .withSegmentBytes(20_000)
                .withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(day)));
        try (TestLedger ledger = TestLedger.open(log, options)) {
            if (day == 0) {
                var promise = new LogFacts.Latch(365);
                ledger.append(ledger.ledger().ownEntries().latched(promise));
                ledger.ledger().latch(promise);
            }
            var entries = new ArrayList<AuditEntry>();
            for (int i = 0; i < requests; i++) {
                AuditEntry accepted = Entries.accepted("r-" + log.getFileName() + "-" + day + "-" + i);
                entries.add(accepted);
                entries.add(Entries.outcome(accepted));
            }
            for (int from = 0; from < entries.size(); from += 18) {
                ledger.appendEach(entries.subList(from, Math.min(from + 18, entries.size())));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
