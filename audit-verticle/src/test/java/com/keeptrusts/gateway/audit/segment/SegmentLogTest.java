package com.keeptrusts.gateway.audit.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.tree.Frontier;
import com.keeptrusts.gateway.audit.tree.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SegmentLogTest {

    private static final UUID WRITER = new UUID(7, 7);
    private static final long LARGE = 1L << 30;

    @TempDir
    private Path directory;

    private final FaultyFiles files = new FaultyFiles();

    @Test
    void whatWasAppendedIsThereAfterReopening() throws IOException {
        append(create(), "a", "b");

        try (SegmentLog again = open()) {
            again.append(leaves("c"), hashes("c"));
        }

        assertThat(read()).containsExactly("a", "b", "c");
    }

    @Test
    void aTailCutAnywhereInTheLastGroupIsDroppedAndWhatWasBeforeStays() throws IOException {
        long before = append(create(), "first", "second");
        append(open(), "third", "the fourth, which is longer");
        Path segment = segment();
        byte[] whole = Files.readAllBytes(segment);

        for (int length = (int) before; length < whole.length; length++) {
            Files.write(segment, Arrays.copyOf(whole, length));
            assertThat(recovered()).as("cut at byte %d", length).isEqualTo(2);
            assertThat(recovered()).as("recovered once more").isEqualTo(2);
            assertThat(Files.size(segment)).isEqualTo(before);
        }
        Files.write(segment, whole);
        assertThat(recovered()).isEqualTo(4);
    }

    @Test
    void anyBitChangedInTheLastTrailerDropsItsGroupOnly() throws IOException {
        long before = append(create(), "first", "second");
        append(open(), "third");
        Path segment = segment();
        byte[] whole = Files.readAllBytes(segment);

        for (int bit = (whole.length - GroupFormat.TRAILER) * 8; bit < whole.length * 8; bit++) {
            byte[] altered = whole.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(segment, altered);
            assertThat(recovered()).as("bit %d", bit).isEqualTo(2);
            assertThat(Files.size(segment)).isEqualTo(before);
        }
    }

    @Test
    void anyByteChangedBeforeTheLastGroupIsAReasonNotToStart() throws IOException {
        long before = append(create(), "first", "second");
        append(open(), "third");
        Path segment = segment();
        byte[] whole = Files.readAllBytes(segment);

        for (int at = 0; at < before; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 0x10;
            Files.write(segment, altered);
            assertThatThrownBy(this::recovered).as("byte %d", at).isInstanceOf(LedgerException.class);
            assertThat(Files.readAllBytes(segment)).isEqualTo(altered);
        }
    }

    @Test
    void aMissingSegmentIsAReasonNotToStart() throws IOException {
        try (SegmentLog log = SegmentLog.create(files, directory, WRITER, 1, new Frontier())) {
            for (String leaf : List.of("a", "b", "c")) {
                log.append(leaves(leaf), hashes(leaf));
            }
        }
        List<Segment> segments = Segment.list(directory);
        assertThat(segments).hasSize(3);

        Files.delete(segments.get(1).file());

        assertThatThrownBy(this::recovered).hasMessageContaining("acknowledged data is missing");
    }

    @Test
    void aCrashWhileASegmentIsCreatedLosesNothing() throws IOException {
        append(create(), "a");
        for (int length = 0; length < SegmentHeader.lengthAt(1); length++) {
            Files.write(Segment.in(directory, 1).file(), new byte[length]);
            assertThat(recovered()).as("header of %d bytes", length).isEqualTo(1);
        }
    }

    @Test
    void aFullDiskLeavesNothingOfTheGroupAndWorkGoesOnInAFreshSegment() throws IOException {
        SegmentLog log = create();
        log.append(leaves("a"), hashes("a"));
        long before = Files.size(segment());
        files.leaveRoomFor(10);

        assertThatThrownBy(() -> log.append(leaves("lost"), hashes("lost"))).hasMessageContaining("No space left");
        assertThat(Files.size(segment())).isEqualTo(before);

        files.leaveRoomFor(LARGE);
        log.append(leaves("b"), hashes("b"));
        log.close();
        assertThat(Segment.list(directory)).extracting(Segment::first).containsExactly(0L, 1L);
        assertThat(read()).containsExactly("a", "b");
    }

    @Test
    void aFailedFlushIsNotReportedAsSuccess() throws IOException {
        SegmentLog log = create();
        files.failFlushes();

        assertThatThrownBy(() -> log.append(leaves("a"), hashes("a"))).isInstanceOf(FlushFailedException.class);
        assertThat(log.size()).isZero();
    }

    @Test
    void roomThatNobodyHasWrittenToIsNoDamage() throws IOException {
        SegmentLog log = create();
        log.keepRoom();
        log.append(leaves("a"), hashes("a"));
        log.append(leaves("b"), hashes("b"));
        Path segment = segment();
        assertThat(Files.size(segment)).isGreaterThan(log.position() + 100_000);

        try (SegmentLog afterCrash = open()) {
            afterCrash.append(leaves("c"), hashes("c"));
        }

        assertThat(read()).containsExactly("a", "b", "c");
        log.close();
    }

    @Test
    @Timeout(20)
    void aFailedFlushOfTheRoomForTheNextSegmentIsTheEndOfTheLogToo() throws IOException {
        files.failFlushesOf("spare");
        try (SegmentLog log = create()) {
            log.keepRoom();

            assertThatThrownBy(() -> {
                        while (true) {
                            log.append(leaves("a"), hashes("a"));
                        }
                    })
                    .isInstanceOf(FlushFailedException.class);
        }
    }

    @Test
    void aGroupTornWithinTheRoomIsDropped() throws IOException {
        SegmentLog log = create();
        log.keepRoom();
        log.append(leaves("a"), hashes("a"));
        int before = (int) log.position();
        log.append(leaves("torn"), hashes("torn"));
        int end = (int) log.position();
        byte[] whole = Arrays.copyOf(Files.readAllBytes(segment()), end + 100);
        log.close();

        int meaningful = before + Integer.BYTES; // before that the group has zeros itself: its leaf is short
        for (int cut = meaningful; cut < end; cut++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, cut, end, (byte) 0);
            Files.write(segment(), torn);
            assertThat(recovered())
                    .as("%d bytes reached the disk", cut - before)
                    .isEqualTo(1);
            byte[] beheaded = whole.clone();
            Arrays.fill(beheaded, before, cut, (byte) 0);
            Files.write(segment(), beheaded);
            assertThat(recovered())
                    .as("the first %d bytes did not", cut - before)
                    .isEqualTo(1);
        }
    }

    @Test
    void zerosInThePlaceOfAnAcknowledgedGroupAreAReasonNotToStart() throws IOException {
        SegmentLog log = create();
        log.keepRoom();
        int first = (int) log.position();
        log.append(leaves("a"), hashes("a"));
        int second = (int) log.position();
        log.append(leaves("b"), hashes("b"));
        log.close();
        byte[] altered = Files.readAllBytes(segment());

        Arrays.fill(altered, first, second, (byte) 0);
        Files.write(segment(), altered);

        assertThatThrownBy(this::recovered).hasMessageContaining("was acknowledged");
    }

    @Test
    void segmentsFollowEachOtherInTheRoomThatWasMade() throws IOException {
        List<String> written = new ArrayList<>();
        try (SegmentLog log = SegmentLog.create(files, directory, WRITER, 2_000, new Frontier())) {
            log.keepRoom();
            for (int i = 0; i < 200; i++) {
                written.add("leaf " + i);
                log.append(leaves("leaf " + i), hashes("leaf " + i));
            }
        }

        assertThat(read()).isEqualTo(written);
        assertThat(Segment.list(directory)).hasSizeGreaterThan(5);
        try (SegmentLog again = SegmentLog.open(files, directory, WRITER, 2_000, Covered.NOTHING)) {
            assertThat(again.size()).isEqualTo(200);
        }
        try (var left = Files.list(directory)) {
            assertThat(left).allMatch(file -> file.toString().endsWith(".seg"));
        }
    }

    @Test
    void whatAStartFindsIsFlushedBeforeItCounts() throws IOException {
        append(create(), "a");
        files.failFlushes();

        assertThatThrownBy(this::open).isInstanceOf(FlushFailedException.class);
    }

    @Test
    void aSegmentOfAnotherWriterIsAReasonNotToStart() throws IOException {
        append(create(), "a");

        assertThatThrownBy(() -> SegmentLog.open(files, directory, new UUID(8, 8), LARGE, Covered.NOTHING))
                .hasMessageContaining("belongs to writer");
    }

    private SegmentLog create() throws IOException {
        return SegmentLog.create(files, directory, WRITER, LARGE, new Frontier());
    }

    private SegmentLog open() throws IOException {
        return SegmentLog.open(files, directory, WRITER, LARGE, Covered.NOTHING);
    }

    private long recovered() throws IOException {
        try (SegmentLog log = open()) {
            return log.size();
        }
    }

    /** Appends one group and gives the position behind it. */
    private static long append(SegmentLog log, String... leaves) throws IOException {
        try (log) {
            log.append(leaves(leaves), hashes(leaves));
            return log.position();
        }
    }

    private Path segment() throws IOException {
        return Segment.list(directory).getFirst().file();
    }

    private List<String> read() throws IOException {
        var found = new ArrayList<String>();
        for (Segment segment : Segment.list(directory)) {
            try (SegmentReader reader = SegmentReader.open(segment)) {
                for (Group group = reader.next(); group != null; group = reader.next()) {
                    group.leaves().forEach(leaf -> found.add(new String(leaf, StandardCharsets.UTF_8)));
                }
            }
        }
        return found;
    }

    private static List<byte[]> leaves(String... texts) {
        return List.of(texts).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> hashes(String... texts) {
        return leaves(texts).stream().map(TreeHash::ofLeaf).toList();
    }
}
