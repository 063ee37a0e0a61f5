package com.keeptrusts.gateway.audit.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes one run, whose keys must come in order, under another name until it is whole. Nothing is flushed: what a crash
 * leaves half written is noticed and made again.
 */
final class RunWriter implements Closeable {

    private final Path directory;
    private final RunName name;
    private final UUID writer;
    private final Path fresh;
    private final FileChannel file;
    private final ByteBuffer block = ByteBuffer.allocate(RunFormat.BLOCK);
    private final List<TimeSpan> spans = new ArrayList<>();
    private long records;
    private int held;

    private RunWriter(Path directory, RunName name, UUID writer, Path fresh, FileChannel file) {
        this.directory = directory;
        this.name = name;
        this.writer = writer;
        this.fresh = fresh;
        this.file = file;
    }

    static RunWriter create(Path directory, RunName name, UUID writer) throws IOException {
        Path fresh = directory.resolve(name + ".new");
        FileChannel file = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        file.position(RunFormat.HEADER);
        return new RunWriter(directory, name, writer, fresh, file);
    }

    void key(long hash, long index) throws IOException {
        RunFormat.putSixBytes(block, hash);
        RunFormat.putSixBytes(block, index - name.first());
        held++;
        records++;
        if (held == RunFormat.PER_BLOCK) {
            writeBlock();
        }
    }

    void spans(List<TimeSpan> next) {
        spans.addAll(next);
    }

    /** Puts the run in its place. */
    void finish() throws IOException {
        if (held > 0) {
            writeBlock();
        }
        ByteBuffer times = ByteBuffer.allocate(RunFormat.spans(name) * RunFormat.SPAN + Integer.BYTES);
        spans.forEach(span -> times.putLong(span.earliest()).putLong(span.latest()));
        times.putInt(RunFormat.crc(times.array(), 0, times.position(), name.first()));
        writeFully(times.flip());
        file.position(0);
        writeFully(RunFormat.header(writer, name, records));
        file.close();
        Files.move(fresh, name.in(directory), StandardCopyOption.ATOMIC_MOVE);
    }

    private void writeBlock() throws IOException {
        int end = RunFormat.BLOCK - Integer.BYTES;
        while (block.position() < end) {
            block.put((byte) 0);
        }
        long number = (records - 1) / RunFormat.PER_BLOCK;
        block.putInt(RunFormat.crc(block.array(), 0, end, name.first() + number));
        writeFully(block.flip());
        block.clear();
        held = 0;
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(fresh);
    }
}
