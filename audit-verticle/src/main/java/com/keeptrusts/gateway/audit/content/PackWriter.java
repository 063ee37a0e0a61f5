package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.audit.segment.ThreadEnd;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals blobs and puts them on the disk, all that wait in one flush, in one thread of its own. What waits is bounded in
 * bytes. After a failed flush it takes nothing any more, as the kernel may report a loss only once.
 */
final class PackWriter implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(PackWriter.class);
    private static final long PACK_BYTES = 64L * 1024 * 1024;
    private static final long MOST_WAITING = 64L * 1024 * 1024;
    private static final long MOST_TOGETHER = 8L * 1024 * 1024;
    private static final long RESERVE = 1L << 30;

    private final LogFiles files;
    private final ContentPlace place;
    private final Clock clock;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final Thread thread;
    private long waitingBytes;
    private boolean closed;
    private boolean dead;
    private @Nullable Pack pack;

    /** Gives a blob its final bytes; runs in the writer's thread. */
    interface Sealing {
        byte[] seal() throws IOException;
    }

    private record Waiting(Sealing sealing, int size, CompletableFuture<Stored> stored) {}

    /** A blob on the disk. */
    record Stored(BlobRef place, Bytes bytes) {}

    PackWriter(LogFiles files, ContentPlace place, Clock clock) {
        this.files = files;
        this.place = place;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("content packs").start(this::run);
    }

    /**
     * Completes in this writer's thread when the blob is flushed, or with a {@link ContentException} that says why not.
     *
     * @param size about the bytes that sealing will give
     */
    CompletableFuture<Stored> append(int size, Sealing sealing) {
        var stored = new CompletableFuture<Stored>();
        synchronized (queue) {
            if (closed || dead || waitingBytes + size > MOST_WAITING) {
                stored.completeExceptionally(new ContentException(refusal()));
            } else {
                waitingBytes += size;
                queue.add(new Waiting(sealing, size, stored));
                queue.notifyAll();
            }
        }
        return stored;
    }

    private String refusal() {
        return dead
                ? "content store: dead after a failed flush"
                : closed ? "content store: closed" : "content store: overloaded";
    }

    private void run() {
        try {
            for (List<Waiting> group = next(); !group.isEmpty(); group = next()) {
                store(group);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
        } finally {
            closePack();
        }
    }

    /** What waits, as much as goes into one write; empty when nothing does and nothing will. */
    private List<Waiting> next() throws InterruptedException {
        synchronized (queue) {
            while (queue.isEmpty() && !closed) {
                queue.wait();
            }
            var group = new ArrayList<Waiting>();
            for (long bytes = 0; !queue.isEmpty() && bytes < MOST_TOGETHER; ) {
                Waiting first = queue.remove();
                bytes += first.size();
                group.add(first);
            }
            return group;
        }
    }

    private void store(List<Waiting> group) {
        var waiting = new ArrayList<Waiting>();
        var blobs = new ArrayList<byte[]>();
        for (Waiting each : group) {
            try {
                blobs.add(each.sealing().seal());
                waiting.add(each);
            } catch (IOException | RuntimeException e) {
                fail(List.of(each), e);
            }
        }
        if (!blobs.isEmpty()) {
            store(waiting, blobs);
        }
    }

    private void store(List<Waiting> group, List<byte[]> blobs) {
        try {
            if (isDead()) {
                throw new ContentException("content store: dead after a failed flush");
            }
            List<BlobRef> places = ready().append(blobs);
            release(group);
            for (int i = 0; i < blobs.size(); i++) {
                group.get(i).stored().complete(new Stored(places.get(i), Bytes.owning(blobs.get(i))));
            }
        } catch (FlushFailedException e) {
            LOG.error("the content store ends: {}", e.getMessage());
            synchronized (queue) {
                dead = true;
            }
            fail(group, e);
        } catch (IOException | RuntimeException e) {
            closePack(); // what was written in part is in no entry, and the next blobs begin a fresh pack
            fail(group, e);
        }
    }

    private Pack ready() throws IOException {
        PrivateFiles.directory(files, place.content());
        long usable = files.usableBytes(place.content());
        if (usable < Math.min(RESERVE, files.totalBytes(place.content()) / 20)) {
            throw new ContentException("content store: disk full");
        }
        Instant now = clock.instant();
        Pack current = pack;
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (current != null && current.day().equals(today) && current.bytes() < PACK_BYTES) {
            return current;
        }
        closePack();
        Pack fresh = Pack.create(files, place, now);
        pack = fresh;
        return fresh;
    }

    private boolean isDead() {
        synchronized (queue) {
            return dead;
        }
    }

    private void fail(List<Waiting> group, Exception cause) {
        release(group);
        group.forEach(waiting -> waiting.stored().completeExceptionally(cause));
    }

    private void release(List<Waiting> group) {
        synchronized (queue) {
            group.forEach(waiting -> waitingBytes -= waiting.size());
        }
    }

    private void closePack() {
        Pack current = pack;
        pack = null;
        try {
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            LOG.warn("a content pack was not closed: {}", e.getMessage());
        }
    }

    /** Returns when everything that was taken is answered. */
    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.notifyAll();
        }
        ThreadEnd.await(thread);
    }
}
