package com.keeptrusts.gateway.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.ledger.TilePath;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.read.LedgerProofs;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries older than their days go by whole bundles, nothing else goes, and what is left is proved as before. */
class PruneTest {

    private static final int DAYS = 30;
    private static final Request CLERK = new Request("clerk", "disk is full");

    @TempDir
    private Path data;

    private KeptLog log;

    /** 1,401 entries of the first day and as many of the hundredth. */
    @BeforeEach
    void writeTwoDays() throws Exception {
        log = new KeptLog(data.resolve("audit/writer-0"));
        log.write(700);
        log.pass(100);
        log.write(700);
    }

    @Test
    void bundlesOfOldEntriesGoWithTheirTilesAndTheRestIsProvedAsBefore() throws Exception {
        Pruned pruned = log.act(keeping -> keeping.prune(DAYS));

        assertThat(pruned.to()).isEqualTo(1_280);
        assertThat(log.facts().minimumIndex()).isEqualTo(1_280);
        for (int bundle = 0; bundle < 5; bundle++) {
            assertThat(TilePath.entries(bundle, 256).in(log.directory)).doesNotExist();
            assertThat(new TilePath(0, bundle, 256).in(log.directory)).doesNotExist();
        }
        assertThat(TilePath.entries(5, 256).in(log.directory)).exists();
        assertSound(log.verify());
        assertThat(log.entries("retention.pruned"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.leaf().toUtf8())
                        .contains(
                                "\"from\":0",
                                "\"to\":1280",
                                "\"hold\":false",
                                "\"root_before\":\"",
                                "\"retention_days\":30"));
    }

    @Test
    void receiptsOfEntriesThatAreLeftHold() throws Exception {
        log.act(keeping -> keeping.prune(DAYS));

        LedgerProofs proofs = LedgerProofs.open(log.directory);
        byte[] root = Checkpoint.verified(
                        Files.readString(log.directory.checkpoint()),
                        log.facts().key())
                .root()
                .array();
        for (var entry : log.entries("request.outcome")) {
            assertThat(entry.index()).isGreaterThanOrEqualTo(1_280);
            assertThat(proofs.inclusion(entry.index()).proves(entry.leafHash(), root))
                    .isTrue();
        }
        assertThat(proofs.consistency(1_281).hashes()).isNotEmpty();
    }

    @Test
    void nothingGoesBeforeItsTime() throws Exception {
        assertThat(log.act(keeping -> keeping.prune(101)).to()).isZero();
        assertThat(log.act(keeping -> keeping.prune(100)).to()).isZero();
        log.pass(1);
        assertThat(log.act(keeping -> keeping.prune(100)).to()).isEqualTo(1_280);
    }

    @Test
    void whatWasPromisedCountsWhenItIsLongerThanTheConfiguration() throws Exception {
        log.promise(365);

        assertThat(log.act(keeping -> keeping.prune(1)).to()).isZero();
        log.pass(266);
        assertThat(log.act(keeping -> keeping.prune(1)).to()).isEqualTo(1_280);
        assertSound(log.verify());
    }

    @Test
    void aSecondPassGoesOnWhereTheFirstStopped() throws Exception {
        log.act(keeping -> keeping.prune(DAYS));
        log.pass(100);
        log.write(300);

        Pruned second = log.act(keeping -> keeping.prune(DAYS));

        assertThat(second.from()).isEqualTo(1_280);
        assertThat(second.to()).isGreaterThan(2_304);
        assertSound(log.verify());
        assertThat(log.verify().lines()).anyMatch(line -> line.contains("were removed when their time was over"));
    }

    @Test
    void oldEntriesInTheSegmentThatIsWrittenGoOnceTheNextOneIsBegun() throws Exception {
        var small = new KeptLog(data.resolve("small/writer-0"), 16L * 1024 * 1024);
        small.write(400);
        small.pass(100);

        assertThat(small.act(keeping -> keeping.prune(DAYS)).to()).isZero();
        small.prunedAndWritten(DAYS, 300);
        assertThat(small.act(keeping -> keeping.prune(DAYS)).to()).isEqualTo(768);
        assertSound(small.verify());
    }

    @Test
    void anImmutableLogIsNotPrunedEarlyAndTellsThatSomeoneWantedTo() throws Exception {
        log.promise(365);

        assertThatThrownBy(() -> log.act(keeping -> keeping.pruneEarly(KeptLog.START.plusSeconds(1), DAYS, CLERK)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is immutable: its entries stay 365 days");
        assertThat(log.facts().minimumIndex()).isZero();
        assertThat(log.entries("admin.refused"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.leaf().toUtf8()).contains("\"act\":\"prune\"", "\"by\":\"clerk\""));
    }

    @Test
    void anOtherLogIsPrunedEarlyAndTellsWhoAndWhy() throws Exception {
        log.act(keeping -> keeping.pruneEarly(KeptLog.START.plusSeconds(1), 365, CLERK));

        assertThat(log.facts().minimumIndex()).isEqualTo(1_280);
        assertThat(log.entries("retention.pruned"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.leaf().toUtf8())
                        .contains("\"early\":true", "\"by\":\"clerk\"", "\"reason\":\"disk is full\""));
        assertSound(log.verify());
    }

    @Test
    void aHeldPeriodStaysAndAllThatFollowsIt() throws Exception {
        log.act(keeping -> {
            keeping.hold(new Hold("case-7", "litigation", "counsel", KeptLog.START, null, null));
            return keeping;
        });

        Pruned pruned = log.act(keeping -> keeping.prune(DAYS));
        assertThat(pruned.to()).isZero();
        assertThat(pruned.heldBy()).isEqualTo("case-7");
        assertThatThrownBy(() -> log.act(keeping -> keeping.pruneEarly(KeptLog.START.plusSeconds(1), DAYS, CLERK)))
                .hasMessageContaining("legal hold case-7");
        assertThat(log.entries("admin.refused")).hasSize(1);

        Files.delete(log.directory.holds()); // the log remembers
        assertThat(log.act(keeping -> keeping.prune(DAYS)).to()).isLessThanOrEqualTo(1_280);
        assertSound(log.verify());
    }

    @Test
    void aReleasedHoldKeepsNothingAndItsNameIsUsedUp() throws Exception {
        var hold = new Hold("case-7", "litigation", "counsel", null, KeptLog.START.plusSeconds(60), null);
        log.act(keeping -> {
            keeping.hold(hold);
            keeping.release("case-7", new Request("counsel", "settled"));
            return keeping;
        });

        assertThat(log.act(keeping -> keeping.prune(DAYS)).to()).isEqualTo(1_280);
        assertThatThrownBy(() -> log.act(keeping -> {
                    keeping.hold(hold);
                    return keeping;
                }))
                .hasMessageContaining("a name that was never used");
        assertThat(log.entries("admin.hold_added")).hasSize(1);
        assertThat(log.entries("admin.hold_released")).hasSize(1);
    }

    @Test
    void aProcessKilledAnywhereInAPruneLeavesALedgerThatIsWholeAndIsPrunedOn() throws Exception {
        var two = new KeptLog(data.resolve("two/writer-0"));
        two.write(520);
        two.pass(100);
        two.write(130);
        int stops = 0;
        for (int changes = 0; ; changes++) {
            KeptLog at = two.copyTo(data.resolve("stop-" + changes));
            var files = new StoppingFiles();
            int limit = changes;
            boolean finished = prunedUnlessStopped(at, files, limit);
            KeptLog after = at.copyTo(data.resolve("after-" + changes));
            assertSound(after.verify());
            after.act(keeping -> keeping.prune(DAYS));
            assertThat(after.facts().minimumIndex()).isEqualTo(1_024);
            assertThat(TilePath.entries(0, 256).in(after.directory)).doesNotExist();
            assertThat(TilePath.entries(3, 256).in(after.directory)).doesNotExist();
            assertSound(after.verify());
            if (finished) {
                assertThat(stops).isGreaterThan(10);
                return;
            }
            stops++;
        }
    }

    private static boolean prunedUnlessStopped(KeptLog log, StoppingFiles files, int changes) throws Exception {
        return log.act(files, keeping -> {
            files.stopAfter(changes);
            try {
                keeping.prune(DAYS);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void entriesThatWentWithoutAWordAreMissed() throws Exception {
        Files.delete(TilePath.entries(0, 256).in(log.directory));
        assertThat(lines()).contains("first bad entry 0");

        Files.writeString(
                log.directory.facts(),
                Files.readString(log.directory.facts()).replace("\"minimum_index\" : 0", "\"minimum_index\" : 256"));
        assertThat(lines()).contains("removed: log.json says so and no entry tells of it");
    }

    @Test
    void aTileAboveThePrunedOnesThatWasAlteredIsNamed() throws Exception {
        log.act(keeping -> keeping.prune(DAYS));
        Path tile;
        try (var tiles = Files.list(log.directory.tiles().resolve("1/000.p"))) {
            tile = tiles.max(Comparator.comparingLong(
                            (Path file) -> Long.parseLong(file.getFileName().toString())))
                    .orElseThrow(); // of the last checkpoint
        }
        byte[] hashes = Files.readAllBytes(tile);
        hashes[2 * TreeHash.LENGTH] ^= 1;
        Files.write(tile, hashes);

        assertThat(log.verify().exitCode()).isEqualTo(1);
        assertThat(lines()).contains("BROKEN, first bad entry 0");
    }

    @Test
    void aPromiseTakenOutOfTheFileIsMissedAndPutBackAtTheNextStart() throws Exception {
        log.promise(365);
        Files.writeString(
                log.directory.facts(),
                Files.readString(log.directory.facts()).replaceFirst("\"latch\" : \\{[^}]*},", ""));
        assertThat(log.facts().latch()).isNull();
        assertThat(lines()).contains("log.json says less than the 365 days that the log has promised");

        assertThat(log.act(keeping -> keeping.prune(1)).to()).isZero();
        assertThat(log.facts().latch()).isNotNull();
        assertSound(log.verify());
    }

    private String lines() throws IOException {
        return String.join("\n", log.verify().lines());
    }

    static void assertSound(VerificationReport report) {
        assertThat(report.exitCode())
                .as(() -> String.join("\n", report.lines()))
                .isZero();
    }
}
