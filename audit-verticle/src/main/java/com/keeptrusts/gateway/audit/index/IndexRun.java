package com.keeptrusts.gateway.audit.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Reads one run, each block with its checksum. Holds one block at a time. Not thread-safe. */
final class IndexRun implements Closeable {

    private final RunName name;
    private final FileChannel file;
    private final long records;
    private final ByteBuffer block = ByteBuffer.allocate(RunFormat.BLOCK);

    private IndexRun(RunName name, FileChannel file, long records) {
        this.name = name;
        this.file = file;
        this.records = records;
    }

    /**
     * Opens a run of the log that this writer writes.
     *
     * @throws DamagedRunException when it is another log's, or not whole
     */
    static IndexRun open(Path directory, RunName name, UUID writer) throws IOException {
        FileChannel file = FileChannel.open(name.in(directory), StandardOpenOption.READ);
        try {
            ByteBuffer header = ByteBuffer.allocate(RunFormat.HEADER);
            long records = readFully(file, header, 0) ? RunFormat.records(header, writer, name) : -1;
            if (records < 0 || file.size() != RunFormat.length(name, records)) {
                throw new DamagedRunException(name + ": not a whole run of this log");
            }
            return new IndexRun(name, file, records);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    RunName name() {
        return name;
    }

    long records() {
        return records;
    }

    /** Gives the indexes of the entries that may have the key, in rising order. */
    void find(IndexKey key, LongConsumer taker) throws IOException {
        long low = 0;
        long high = RunFormat.blocks(records); // the first block whose first key is not below the wanted one
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (key(load(middle), 0) < key.hash()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (long at = Math.max(0, low - 1); at < RunFormat.blocks(records); at++) {
            ByteBuffer keys = load(at);
            for (int i = 0; i < held(at); i++) {
                long found = key(keys, i);
                if (found > key.hash()) {
                    return;
                }
                if (found == key.hash()) {
                    taker.accept(index(keys, i));
                }
            }
        }
    }

    /** The block, valid until the next one is loaded. */
    ByteBuffer load(long number) throws IOException {
        boolean whole = readFully(file, block.clear(), RunFormat.HEADER + number * RunFormat.BLOCK);
        int end = RunFormat.BLOCK - Integer.BYTES;
        if (!whole || block.getInt(end) != RunFormat.crc(block.array(), 0, end, name.first() + number)) {
            throw new DamagedRunException(name + ": block " + number + " is damaged");
        }
        return block;
    }

    /** The block loaded last. */
    ByteBuffer loaded() {
        return block;
    }

    /** How many records a block holds. */
    int held(long number) {
        return (int) Math.min(RunFormat.PER_BLOCK, records - number * RunFormat.PER_BLOCK);
    }

    long key(ByteBuffer keys, int i) {
        return RunFormat.sixBytes(keys, i * RunFormat.RECORD);
    }

    long index(ByteBuffer keys, int i) {
        return name.first() + RunFormat.sixBytes(keys, i * RunFormat.RECORD + IndexKey.LENGTH);
    }

    /** One for every 4,096 entries, in order. */
    List<TimeSpan> spans() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(RunFormat.spans(name) * RunFormat.SPAN + Integer.BYTES);
        int end = bytes.capacity() - Integer.BYTES;
        boolean whole = readFully(file, bytes, RunFormat.spansAt(records));
        if (!whole || bytes.getInt(end) != RunFormat.crc(bytes.array(), 0, end, name.first())) {
            throw new DamagedRunException(name + ": its times are damaged");
        }
        var spans = new ArrayList<TimeSpan>();
        while (bytes.position() < end) {
            spans.add(new TimeSpan(bytes.getLong(), bytes.getLong()));
        }
        return spans;
    }

    /** Reads all of it. */
    void check() throws IOException {
        for (long at = 0; at < RunFormat.blocks(records); at++) {
            load(at);
        }
        spans();
    }

    /** Leaves the buffer at its beginning; false when the file is shorter. */
    private static boolean readFully(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int read = file.read(bytes, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        bytes.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
