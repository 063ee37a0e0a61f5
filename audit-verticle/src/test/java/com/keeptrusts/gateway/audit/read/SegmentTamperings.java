package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.read.Tampering.Copies;
import com.keeptrusts.gateway.audit.read.Tampering.Place;
import com.keeptrusts.gateway.audit.segment.Group;
import com.keeptrusts.gateway.audit.segment.Segment;
import com.keeptrusts.gateway.audit.segment.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** Segments: frames, trailers and headers edited, also with a checksum that fits, and whole ones cut or removed. */
final class SegmentTamperings {

    private static final int FRAME_HEAD = 8;
    private static final int TRAILER = 60;

    private SegmentTamperings() {}

    static List<Tampering> all() {
        return List.of(
                new Tampering("a byte of a segment is changed", SegmentTamperings::flip),
                new Tampering("an entry of a segment is edited", SegmentTamperings::editFrame),
                new Tampering("a trailer is edited", SegmentTamperings::editTrailer),
                new Tampering("a trailer is edited and its checksum with it", SegmentTamperings::editTrailerRoot),
                new Tampering("a segment is cut", SegmentTamperings::cut),
                new Tampering("the last segment is deleted", SegmentTamperings::deleteLast),
                new Tampering("the first segment is deleted", SegmentTamperings::deleteFirst),
                new Tampering("a segment is that of another log", SegmentTamperings::ofAnother),
                new Tampering("two segments are swapped", SegmentTamperings::swap));
    }

    /** A group and where it stands in its file. */
    private record Found(Segment segment, Group group, int start, int end) {}

    private static List<Found> groups(LedgerCopy log) throws IOException {
        var found = new ArrayList<Found>();
        for (Segment segment : log.segments()) {
            try (SegmentReader reader = SegmentReader.open(segment)) {
                long start = reader.position();
                for (Group group = reader.next(); group != null; group = reader.next()) {
                    found.add(new Found(segment, group, (int) start, (int) reader.position()));
                    start = reader.position();
                }
            }
        }
        return found;
    }

    private static Found any(LedgerCopy log, Random random) throws IOException {
        List<Found> groups = groups(log);
        return groups.get(random.nextInt(groups.size()));
    }

    private static Place flip(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        Segment segment = log.segments().get(random.nextInt(log.segments().size()));
        String name = log.name(segment);
        log.flip(name, 0, log.read(name).length, random);
        return Place.within(segment.first(), log.size() - 1).saying(name);
    }

    private static Place editFrame(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        Found found = any(log, random);
        int which = random.nextInt(found.group().leaves().size());
        int at = found.start();
        for (byte[] leaf : found.group().leaves().subList(0, which)) {
            at += FRAME_HEAD + leaf.length;
        }
        byte[] leaf = LedgerCopy.edited(found.group().leaves().get(which), random);
        ByteBuffer bytes = ByteBuffer.wrap(log.read(log.name(found.segment())));
        bytes.put(at + FRAME_HEAD, leaf);
        byte[] covered = ByteBuffer.allocate(4 + leaf.length)
                .putInt(leaf.length)
                .put(leaf)
                .array();
        bytes.putInt(at + 4, crc(covered));
        log.write(log.name(found.segment()), bytes.array());
        return Place.at(found.group().first() + which).saying(log.name(found.segment()));
    }

    private static Place editTrailer(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        Found found = any(log, random);
        log.flip(log.name(found.segment()), found.end() - TRAILER, found.end(), random);
        return Place.at(found.group().first()).saying(log.name(found.segment()));
    }

    private static Place editTrailerRoot(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        Found found = any(log, random);
        ByteBuffer bytes = ByteBuffer.wrap(log.read(log.name(found.segment())));
        int root = found.end() - 4 - 1 - random.nextInt(32);
        bytes.put(root, (byte) (bytes.get(root) ^ 1));
        byte[] covered = Arrays.copyOfRange(bytes.array(), found.end() - TRAILER, found.end() - 4);
        bytes.putInt(found.end() - 4, crc(covered));
        log.write(log.name(found.segment()), bytes.array());
        return Place.at(found.group().first()).saying(log.name(found.segment()));
    }

    private static Place cut(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        Segment segment = log.segments().get(random.nextInt(log.segments().size()));
        byte[] content = log.read(log.name(segment));
        log.write(log.name(segment), Arrays.copyOf(content, random.nextInt(content.length)));
        return Place.within(segment.first(), log.size() - 1).saying(log.name(segment));
    }

    private static Place deleteLast(Copies copies, Random random) throws IOException {
        Segment last = copies.log().segments().getLast();
        copies.log().delete(copies.log().name(last));
        return Place.at(last.first()).saying("segment");
    }

    private static Place deleteFirst(Copies copies, Random random) throws IOException {
        List<Segment> segments = copies.log().segments();
        copies.log().delete(copies.log().name(segments.getFirst()));
        long needed = copies.log().size() - copies.log().size() % 256;
        return Place.at(Math.max(needed, segments.getFirst().first())).saying("segment");
    }

    private static Place ofAnother(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        Segment mine = log.segments().getLast();
        LedgerCopy other = copies.other();
        log.write(log.name(mine), other.read(other.name(other.segments().getLast())));
        return Place.at(mine.first()).saying(log.name(mine));
    }

    private static Place swap(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        List<Segment> segments = log.segments();
        String first = log.name(segments.getFirst());
        String second = log.name(segments.getLast());
        byte[] content = log.read(first);
        log.write(first, log.read(second));
        log.write(second, content);
        return Place.at(segments.getFirst().first()).saying(first);
    }

    private static int crc(byte[] covered) {
        var crc = new CRC32C();
        crc.update(covered);
        return (int) crc.getValue();
    }
}
