package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Texts of requests, encrypted for the subject they belong to, and the keys and salts that make a commitment testable.
 * One process has it. Any thread; methods that say so block.
 */
public final class ContentStore implements Closeable {

    private final LogFiles files;
    private final ContentPlace place;
    private final Clock clock;
    private final ContentLock lock;
    private final String id;
    private final Peppers peppers;
    private final SubjectKeys subjects;
    private final PendingErasures pending;
    private final PackWriter packs;
    private volatile YearPepper ofNoTenant;

    /** What addresses and idempotency keys are pseudonymised with. */
    private record YearPepper(int year, Secret pepper) {}

    private ContentStore(LogFiles files, ContentPlace place, Clock clock, ContentLock lock, int mostKeys)
            throws IOException {
        MasterKey master = MasterKey.in(files, place);
        this.files = files;
        this.place = place;
        this.clock = clock;
        this.lock = lock;
        this.id = StoreId.of(files, place);
        this.peppers = new Peppers(files, place, master);
        this.subjects = new SubjectKeys(files, place, master, mostKeys);
        this.ofNoTenant = yearPepper(today().getYear());
        this.pending = new PendingErasures(files, place);
        this.packs = new PackWriter(files, place, clock);
    }

    /**
     * Opens the store of a data directory or makes it. Blocks.
     *
     * @throws ContentInUseException when another process has it
     * @throws ContentException when a key cannot be used
     */
    public static ContentStore open(LogFiles files, ContentPlace place, Clock clock) throws IOException {
        return open(files, place, clock, SubjectKeys.MOST_FILES);
    }

    static ContentStore open(LogFiles files, ContentPlace place, Clock clock, int mostKeys) throws IOException {
        PrivateFiles.directory(files, place.keys());
        ContentLock lock = ContentLock.take(place);
        try {
            return new ContentStore(files, place, clock, lock, mostKeys);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * The subject as far as it is in memory, else null. Never blocks.
     *
     * @param keyed whether anything is kept of the texts, a commitment or more
     */
    public @Nullable Subject known(Asker asker, boolean keyed) {
        LocalDate day = today();
        Secret pepper = peppers.known(asker.tenant(), day.getYear());
        if (pepper == null || !subjects.day().equals(day)) {
            return null;
        }
        String pseudonym = pseudonym(asker, pepper);
        WrappedKey key = keyed ? subjects.known(pseudonym == null ? nobody(asker, pepper, day) : pseudonym) : null;
        return keyed && key == null ? null : new Subject(pseudonym, key);
    }

    /**
     * The subject, with a key that is on the disk where one is wanted. Blocks. Beyond the most keys that are kept, new
     * subjects share one with those whom nobody names.
     */
    public Subject subject(Asker asker, boolean keyed) throws IOException {
        LocalDate day = today();
        begin(day);
        Secret pepper = peppers.of(asker.tenant(), day.getYear());
        String pseudonym = pseudonym(asker, pepper);
        return new Subject(pseudonym, keyed ? key(asker, pseudonym, pepper, day) : null);
    }

    private WrappedKey key(Asker asker, @Nullable String pseudonym, Secret pepper, LocalDate day) throws IOException {
        WrappedKey own = pseudonym == null ? null : subjects.findOrMake(pseudonym, asker.tenant());
        return own != null ? own : subjects.findOrMakeShared(nobody(asker, pepper, day), asker.tenant());
    }

    private synchronized void begin(LocalDate day) throws IOException {
        if (ofNoTenant.year() != day.getYear()) {
            ofNoTenant = yearPepper(day.getYear());
        }
        if (!subjects.day().equals(day)) {
            subjects.begin(day);
        }
    }

    /** What stands for an address; in the first moments of a year still that of the year before. Never blocks. */
    public String pseudonymOfAddress(String address) {
        return Pseudonym.ofAddress(ofNoTenant.pepper(), address);
    }

    /** What stands for an idempotency key, likewise. */
    public String pseudonymOfIdempotencyKey(String key) {
        return Pseudonym.ofIdempotencyKey(ofNoTenant.pepper(), key);
    }

    /**
     * Encrypts texts and puts them on the disk. Completes in a thread of the store, when they are flushed, with the
     * member {@code ct} of their entry; with an exception where they were not kept, because the subject was erased
     * meanwhile, the disk is full or a flush failed. Never blocks.
     */
    public CompletableFuture<Map<String, Object>> keep(String requestId, String keyId, KeptText texts) {
        byte[] plain = texts.cut().write();
        return packs.append(plain.length, () -> sealed(requestId, keyId, plain))
                .thenApply(stored -> ContentRef.of(id, stored, keyId, plain.length - Integer.BYTES)
                        .toMap());
    }

    private byte[] sealed(String requestId, String keyId, byte[] plain) throws IOException {
        WrappedKey key = subjects.byId(keyId);
        if (key == null) {
            throw new ContentException("content: its subject was erased meanwhile");
        }
        return key.blobKey(requestId).seal(plain, bound(requestId, keyId));
    }

    /** What entries call this store. */
    public String id() {
        return id;
    }

    /** Whether a process has the store of a place. */
    public static boolean inUse(ContentPlace place) throws IOException {
        if (!Files.isDirectory(place.keys())) {
            return false;
        }
        try {
            ContentLock.take(place).close();
            return false;
        } catch (ContentInUseException e) {
            return true;
        }
    }

    /** What a blob is bound to, so that none can stand in for another. */
    static String bound(String requestId, String keyId) {
        return "content " + requestId + "\n" + keyId;
    }

    /** Deletes the file of a key or pepper; what was in memory of it goes too. Blocks. */
    void destroy(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replace(".key", "");
        if (!Pseudonym.isOne(name)) {
            PrivateFiles.destroy(files, file);
        } else if (!subjects.destroy(name)) {
            throw new ContentException(file + ": is not there any more");
        }
    }

    LogFiles files() {
        return files;
    }

    ContentPlace place() {
        return place;
    }

    PendingErasures pending() {
        return pending;
    }

    Peppers peppers() {
        return peppers;
    }

    SubjectKeys subjects() {
        return subjects;
    }

    private YearPepper yearPepper(int year) throws IOException {
        return new YearPepper(year, peppers.of("", year));
    }

    private static String nobody(Asker asker, Secret pepper, LocalDate day) {
        return Pseudonym.ofNobody(pepper, asker.clientKey(), day);
    }

    private static @Nullable String pseudonym(Asker asker, Secret pepper) {
        String user = asker.user();
        return user == null ? null : Pseudonym.ofUser(pepper, user);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Returns when everything that was taken is flushed. */
    @Override
    public void close() throws IOException {
        packs.close();
        lock.close();
    }
}
