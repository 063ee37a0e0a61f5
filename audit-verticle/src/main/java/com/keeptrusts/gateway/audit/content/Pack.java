package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.audit.segment.LogFile;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of blobs that one process appends to: {@code KTPACK01}, then for each blob its length (4 bytes, big endian), the
 * CRC-32C of length and bytes (4), and its bytes. One thread writes.
 */
final class Pack implements Closeable {

    static final int MOST_BLOB = 4 * 1024 * 1024;

    private static final byte[] MAGIC = "KTPACK01".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 2 * Integer.BYTES;

    private final LocalDate day;
    private final String name;
    private final LogFile file;
    private long end = MAGIC.length;

    private Pack(LocalDate day, String name, LogFile file) {
        this.day = day;
        this.name = name;
        this.file = file;
    }

    /** A new pack whose name is on the disk. */
    static Pack create(LogFiles files, ContentPlace place, Instant now) throws IOException {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Path directory = place.content().resolve(day.toString());
        PrivateFiles.directory(files, directory);
        String name = EntryId.at(now.toEpochMilli());
        LogFile file = files.open(directory.resolve(name + ".pack"));
        try {
            file.writeFully(ByteBuffer.wrap(MAGIC), 0);
            file.force();
            files.forceDirectory(directory);
            return new Pack(day, name, file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    LocalDate day() {
        return day;
    }

    long bytes() {
        return end;
    }

    /** Appends blobs and flushes them together; after an exception nothing of them counts. Gives the first one's place. */
    List<BlobRef> append(List<byte[]> blobs) throws IOException {
        int total = blobs.stream().mapToInt(blob -> HEAD + blob.length).sum();
        ByteBuffer frames = ByteBuffer.allocate(total);
        List<BlobRef> places = blobs.stream()
                .map(blob -> {
                    var place = new BlobRef(day, name, end + frames.position());
                    frames.putInt(blob.length).putInt(crc(blob)).put(blob);
                    return place;
                })
                .toList();
        file.writeFully(frames.flip(), end);
        file.force();
        end += total;
        return places;
    }

    /**
     * The bytes of a blob.
     *
     * @throws ContentException when there is no whole blob at that place
     */
    static byte[] read(ContentPlace place, BlobRef blob) throws IOException {
        try (FileChannel in = FileChannel.open(blob.in(place), StandardOpenOption.READ)) {
            return read(in, blob);
        }
    }

    static byte[] read(FileChannel in, BlobRef blob) throws IOException {
        ByteBuffer head = fully(in, HEAD, blob.offset(), blob);
        int length = head.getInt();
        int crc = head.getInt();
        if (length < 0 || length > MOST_BLOB) {
            throw damaged(blob);
        }
        byte[] bytes = fully(in, length, blob.offset() + HEAD, blob).array();
        if (crc(bytes) != crc) {
            throw damaged(blob);
        }
        return bytes;
    }

    private static ByteBuffer fully(FileChannel in, int length, long from, BlobRef blob) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, from + bytes.position()) < 0) {
                throw damaged(blob);
            }
        }
        return bytes.flip();
    }

    private static ContentException damaged(BlobRef blob) {
        return new ContentException("content blob " + blob + " is damaged");
    }

    private static int crc(byte[] blob) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(blob.length).flip());
        crc.update(blob);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
