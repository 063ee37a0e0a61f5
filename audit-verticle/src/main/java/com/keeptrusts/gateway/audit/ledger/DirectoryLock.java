package com.keeptrusts.gateway.audit.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a directory for one process. The file names its holder (process, its start, boot of the machine), so that a
 * file system on which locks do not work is noticed too, and so that the refused one learns who is there.
 */
final class DirectoryLock implements Closeable {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int MAX_CONTENT = 1_024;

    /**
     * What this process holds. Asked before a file is opened: closing any channel of a file gives up the locks that the
     * whole process has on it (POSIX), so a second taker must not even look.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock take(Path lockFile) throws IOException {
        Path file = lockFile.toAbsolutePath().normalize();
        if (!HELD.add(file)) {
            throw new DirectoryInUseException(file + ": in use by another writer of this process");
        }
        try {
            return new DirectoryLock(file, locked(file));
        } catch (IOException | RuntimeException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ByteBuffer content = ByteBuffer.allocate(MAX_CONTENT);
            channel.read(content, 0);
            String holder = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).strip();
            if (channel.tryLock() == null || isAnother(holder)) {
                throw new DirectoryInUseException(
                        file + ": in use by " + (holder.isEmpty() ? "another process" : holder));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((self() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether the recorded holder is a process that lives on this boot and is not this one. */
    private static boolean isAnother(String holder) throws IOException {
        String[] words = holder.split(" ", -1);
        if (words.length != 6 || holder.equals(self()) || !words[5].equals(bootId())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(words[1]));
        return process.isPresent() && started(process.get()).equals(words[3]);
    }

    private static String self() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        return "process " + self.pid() + " started " + started(self) + " boot " + bootId();
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static String bootId() throws IOException {
        return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "unknown";
    }

    @Override
    public void close() throws IOException {
        channel.truncate(0);
        channel.close();
        HELD.remove(file);
    }
}
