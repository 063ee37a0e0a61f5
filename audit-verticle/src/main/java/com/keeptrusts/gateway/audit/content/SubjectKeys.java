package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.FlushFailedException;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One secret for each subject, in a file of its own below {@code keys/subjects}, which is made when the subject is first
 * seen and whose deletion erases all that was kept under it. The number of files is bounded, and so is what is held in
 * memory. Any thread; what is not {@link #known} touches the disk.
 */
final class SubjectKeys {

    /** About a gigabyte of small files on ext4. */
    static final int MOST_FILES = 1_000_000;

    private static final int MOST_KNOWN = 10_000;
    private static final int MOST_AT_ONCE = 10_000;
    private static final String SUFFIX = ".key";

    private final LogFiles files;
    private final ContentPlace place;
    private final MasterKey master;
    private final int mostFiles;
    private final Map<String, WrappedKey> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WrappedKey> eldest) {
            return size() > MOST_KNOWN;
        }
    };
    private int count;
    private boolean dead;
    private volatile LocalDate day = LocalDate.EPOCH;

    /** Counts the files that are there. Blocks. */
    SubjectKeys(LogFiles files, ContentPlace place, MasterKey master, int mostFiles) throws IOException {
        this.files = files;
        this.place = place;
        this.master = master;
        this.mostFiles = mostFiles;
        this.count = countFiles();
    }

    /** The day that keys in memory were last seen on; at its end they are looked for on the disk again. */
    LocalDate day() {
        return day;
    }

    /** Forgets what is in memory, so that the first use on a day shows in the file's time. */
    void begin(LocalDate next) {
        synchronized (known) {
            known.clear();
            day = next;
        }
    }

    /** What is in memory of a subject's key, or null. Never waits for a disk. */
    @Nullable
    WrappedKey known(String pseudonym) {
        synchronized (known) {
            return known.get(pseudonym);
        }
    }

    /** The subject's key, durable; null when it would be one too many. Blocks. */
    synchronized @Nullable WrappedKey findOrMake(String pseudonym, String tenant) throws IOException {
        WrappedKey there = findAndUse(pseudonym);
        return there != null || count >= mostFiles ? there : make(pseudonym, tenant);
    }

    /** As {@link #findOrMake} for a key of many, which there is always room for. Blocks. */
    synchronized WrappedKey findOrMakeShared(String pseudonym, String tenant) throws IOException {
        WrappedKey there = findAndUse(pseudonym);
        return there != null ? there : make(pseudonym, tenant);
    }

    private @Nullable WrappedKey findAndUse(String pseudonym) throws IOException {
        WrappedKey held = known(pseudonym);
        if (held != null) {
            return held;
        }
        WrappedKey there = WrappedKey.read(master, file(pseudonym));
        if (there != null) {
            remember(pseudonym, there);
        }
        return there;
    }

    private WrappedKey make(String pseudonym, String tenant) throws IOException {
        if (dead) {
            throw new ContentException(place.keys() + ": dead after a failed flush");
        }
        var made = new WrappedKey(pseudonym + "-" + Secret.random().nameOf("generation", 4), tenant, Secret.random());
        Path file = file(pseudonym);
        try {
            PrivateFiles.directory(files, place.subjects().resolve(pseudonym.substring(0, 2)));
            made.write(files, master, file);
        } catch (FlushFailedException e) {
            dead = true; // the kernel may report a loss only once
            throw e;
        }
        count++;
        remember(pseudonym, made);
        return made;
    }

    private void remember(String pseudonym, WrappedKey key) throws IOException {
        Files.setLastModifiedTime(
                file(pseudonym), FileTime.from(day.atStartOfDay().toInstant(ZoneOffset.UTC)));
        synchronized (known) {
            known.put(pseudonym, key);
        }
    }

    /** The files of subjects that were last seen before a day. Blocks. */
    List<Path> unusedSince(LocalDate first) throws IOException {
        Instant limit = first.atStartOfDay().toInstant(ZoneOffset.UTC);
        var unused = new ArrayList<Path>();
        if (Files.isDirectory(place.subjects())) {
            try (Stream<Path> all = Files.walk(place.subjects(), 2)) {
                for (Path file : (Iterable<Path>) all.filter(SubjectKeys::isKey)::iterator) {
                    if (unused.size() < MOST_AT_ONCE
                            && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                        unused.add(file);
                    }
                }
            }
        }
        return unused;
    }

    private static boolean isKey(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    /** The key that an entry names by its id; null when it was erased, also when another followed it. Blocks. */
    @Nullable
    WrappedKey byId(String id) throws IOException {
        String pseudonym = pseudonymOf(id);
        WrappedKey held = known(pseudonym);
        WrappedKey there =
                held != null || !Pseudonym.isOne(pseudonym) ? held : WrappedKey.read(master, file(pseudonym));
        return there == null || !there.id().equals(id) ? null : there;
    }

    boolean isKept(String pseudonym) {
        return Files.exists(file(pseudonym));
    }

    /** Deletes a subject's key; on return it is neither on the disk nor in memory. False when there was none. Blocks. */
    synchronized boolean destroy(String pseudonym) throws IOException {
        synchronized (known) {
            known.remove(pseudonym);
        }
        Path file = file(pseudonym);
        boolean there = Files.exists(file);
        PrivateFiles.destroy(files, file);
        count -= there ? 1 : 0;
        return there;
    }

    static String pseudonymOf(String keyId) {
        int dash = keyId.indexOf('-');
        return dash < 0 ? keyId : keyId.substring(0, dash);
    }

    private Path file(String pseudonym) {
        return file(place, pseudonym);
    }

    static Path file(ContentPlace place, String pseudonym) {
        return place.subjects().resolve(pseudonym.substring(0, 2)).resolve(pseudonym + SUFFIX);
    }

    private int countFiles() throws IOException {
        if (!Files.isDirectory(place.subjects())) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(place.subjects(), 2)) {
            return (int) all.filter(SubjectKeys::isKey).count();
        }
    }
}
