package com.keeptrusts.gateway.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.RequestRecords;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight whole runs and some entries behind them, as one merged run and a tail that no run covers. */
class LedgerIndexTest {

    private static final int REQUESTS = 34_000;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final LedgerOptions AT_NOON = TestLedger.OPTIONS.withClock(Clock.fixed(NOON, ZoneOffset.UTC));

    private static final RunName MERGED_RUN = new RunName(0, 65_536);

    @TempDir
    private static Path data;

    private static LedgerDirectory log = new LedgerDirectory(Path.of("unwritten"));
    private static byte[] good = {};
    private static AuditEntry anEntry = Entries.accepted("unwritten");

    @BeforeAll
    static void writeALog() throws Exception {
        log = new LedgerDirectory(data.resolve("audit/writer-0"));
        try (TestLedger ledger = TestLedger.open(log.path(), AT_NOON)) {
            var batch = new ArrayList<AuditEntry>();
            for (int i = 0; i < REQUESTS; i++) {
                AuditEntry accepted = Entries.accepted("r-" + i, NOON.plusSeconds(i));
                batch.add(accepted);
                batch.add(Entries.entry("request.outcome", "r-" + i, NOON.plusSeconds(i), Map.of("seq", 1)));
                if (i == 20_000) {
                    anEntry = accepted;
                }
                if (batch.size() == 1_000) {
                    ledger.send(List.copyOf(batch)).join();
                    batch.clear();
                }
            }
        }
    }

    @BeforeEach
    void index() throws IOException {
        forgetIndex();
        if (good.length == 0) {
            new IndexKeeper(log).catchUp(1_000);
            good = Files.readAllBytes(theRun());
        }
        Files.write(MERGED_RUN.in(log.path().resolve("index")), good);
    }

    @Test
    void eightRunsBecomeOne() throws IOException {
        assertThat(runs()).containsExactly("0000000000000000-65536.run");
    }

    @Test
    void everyRequestIsFoundWhereItStands() throws IOException {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            String request = "r-" + random.nextInt(REQUESTS);

            assertThat(RequestRecords.of(data, request))
                    .extracting(found -> found.entry().head().requestId())
                    .containsExactly(request, request);
        }
        assertThat(RequestRecords.of(data, "r-none")).isEmpty();
    }

    @Test
    void anEntryIsFoundByItsId() throws IOException {
        assertThat(RequestRecords.of(data, anEntry.id()))
                .singleElement()
                .satisfies(found -> assertThat(found.entry().leaf()).isEqualTo(anEntry.leaf()));
    }

    @Test
    void theIndexPointsToFewEntriesOfALongLog() throws IOException {
        List<IndexRange> ranges = LedgerIndex.open(log).mayBeOf("r-20000");

        assertThat(ranges.getLast()).isEqualTo(IndexRange.from(65_536));
        assertThat(ranges.subList(0, ranges.size() - 1))
                .hasSize(2)
                .allSatisfy(range -> assertThat(range.to() - range.from()).isEqualTo(1));
    }

    @Test
    void aQueryByTimeReadsThoseEntriesAndGivesWhatAFullReadGives() throws IOException {
        var query = new EventQuery(null, NOON.plusSeconds(9_000), NOON.plusSeconds(9_100), null, null, 0);

        assertThat(LedgerIndex.open(log).mayBeWithin(query.since(), query.until()))
                .containsExactly(new IndexRange(16_384, 20_480), IndexRange.from(65_536));
        assertThat(read(LedgerReader.open(data, query), query))
                .hasSize(200)
                .isEqualTo(read(LedgerReader.open(data), query));
    }

    @Test
    void theLastEntriesAreThoseOfAFullRead() throws IOException {
        var query = new EventQuery(null, null, null, null, null, 30);

        List<String> all = read(LedgerReader.open(data), EventQuery.ALL);

        try (LedgerReader reader = LedgerReader.openBeforeEnd(data, query)) {
            assertThat(reader.last(query))
                    .extracting(entry -> entry.head().id())
                    .isEqualTo(all.subList(all.size() - 30, all.size()));
        }
    }

    @Test
    void withoutAnIndexTheAnswersAreTheSame() throws IOException {
        forgetIndex();

        assertThat(RequestRecords.of(data, "r-123")).hasSize(2);
        assertThat(LedgerIndex.open(log).mayBeOf("r-123")).containsExactly(IndexRange.from(0));
    }

    @Test
    void anEditedRunIsNoticedReadAroundAndMadeAgain() throws IOException {
        var random = new Random(7);
        for (int i = 0; i < 12; i++) {
            byte[] bad = good.clone();
            int at = i < 4 ? random.nextInt(RunFormat.HEADER) : random.nextInt(good.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            forgetIndex();
            Files.write(MERGED_RUN.in(log.path().resolve("index")), bad);

            assertThat(RequestRecords.of(data, "r-20000")).as("byte %d", at).hasSize(2);
        }
        new IndexKeeper(log).check();
        new IndexKeeper(log).catchUp(1_000);

        assertThat(Files.readAllBytes(theRun())).isEqualTo(good);
    }

    @Test
    void aCutRunAndAForeignOneAreNoIndex() throws IOException {
        for (int length : List.of(0, 10, RunFormat.HEADER, good.length / 2, good.length - 1)) {
            Files.write(theRun(), Arrays.copyOf(good, length));

            assertThat(RequestRecords.of(data, "r-20000"))
                    .as("%d bytes", length)
                    .hasSize(2);
            assertThat(runs()).isEmpty();
            Files.write(MERGED_RUN.in(log.path().resolve("index")), good);
        }
        byte[] foreign = good.clone();
        foreign[9] ^= 1;
        Files.write(theRun(), foreign);

        assertThat(RequestRecords.of(data, "r-20000")).hasSize(2);
    }

    @Test
    void verificationDoesNotLookAtIt() throws IOException {
        Files.write(theRun(), new byte[100]);

        assertThat(new LedgerVerification().verify(data).whole()).isTrue();
    }

    @Test
    void catchingUpInSmallStepsComesToTheSame() throws IOException {
        forgetIndex();
        var keeper = new IndexKeeper(log);
        int steps = 1;
        while (!keeper.catchUp(1)) {
            steps++;
        }

        assertThat(steps).isEqualTo(8);
        assertThat(Files.readAllBytes(theRun())).isEqualTo(good);
    }

    @Test
    void whatACrashLeftBesideAMergedRunGoes() throws IOException {
        Path part = log.path().resolve("index/0000000000008192-8192.run");
        Files.copy(theRun(), part);
        Files.delete(theRun());
        new IndexKeeper(log).check(); // the copy has another run's header
        new IndexKeeper(log).catchUp(1_000);

        assertThat(runs()).containsExactly("0000000000000000-65536.run");
    }

    private static List<String> read(LedgerReader reader, EventQuery query) throws IOException {
        var found = new ArrayList<String>();
        try (reader) {
            reader.read(query, entry -> found.add(entry.head().id()));
        }
        return found;
    }

    private static Path theRun() throws IOException {
        return log.path().resolve("index").resolve(runs().getFirst());
    }

    private static List<String> runs() throws IOException {
        try (Stream<Path> files = Files.list(log.path().resolve("index"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".run"))
                    .toList();
        }
    }

    private static void forgetIndex() throws IOException {
        if (Files.isDirectory(log.path().resolve("index"))) {
            for (String run : runs()) {
                Files.delete(log.path().resolve("index").resolve(run));
            }
        }
    }
}
