package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.segment.DiskFiles;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads texts back for whoever has the master key. Blocks. */
public final class ContentReading {

    private final ContentPlace place;
    private final SubjectKeys subjects;
    private final String store;

    private ContentReading(ContentPlace place, SubjectKeys subjects) throws IOException {
        this.place = place;
        this.subjects = subjects;
        this.store = StoreId.read(place);
    }

    /** Beside a running store. */
    public static ContentReading in(ContentStore store) throws IOException {
        return new ContentReading(store.place(), store.subjects());
    }

    /** While no gateway runs, with a key file that may be kept elsewhere. */
    public static ContentReading of(ContentPlace place, Path masterKey) throws IOException {
        return new ContentReading(place, new SubjectKeys(new DiskFiles(), place, MasterKey.read(masterKey), 0));
    }

    /** The texts that an entry refers to; empty where it refers to none. Fails as they cannot be read. */
    public Optional<KeptText> texts(LedgerEntry entry) throws IOException {
        ContentRef ref = ContentRef.in(entry.leaf());
        return ref == null ? Optional.empty() : Optional.of(texts(entry.head().requestId(), ref));
    }

    /** What an entry's commitments were made with, for one who is to check a text; empty where it has none. */
    public Optional<Bytes> salt(LedgerEntry entry) throws IOException {
        String keyId = ContentRef.committedUnder(entry.leaf());
        return keyId.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        key(entry.head().requestId(), keyId).salt(entry.head().requestId()));
    }

    /**
     * The texts of a request as its entry refers to them.
     *
     * @throws ContentException when they are kept elsewhere, were erased, or are not what was committed to
     */
    KeptText texts(String requestId, ContentRef ref) throws IOException {
        if (!ref.store().equals(store)) {
            throw new ContentException("content of " + requestId + ": kept in the store " + ref.store()
                    + " (expected: the data directory of the node that took the request)");
        }
        byte[] blob = Pack.read(place, ref.blob());
        if (!ContentRef.sha256(blob).equals(ref.hash())) {
            throw new ContentException("content blob " + ref.blob() + " is not the one committed to");
        }
        WrappedKey key = key(requestId, ref.keyId());
        return KeptText.read(key.blobKey(requestId).open(blob, ContentStore.bound(requestId, ref.keyId())));
    }

    private WrappedKey key(String requestId, String keyId) throws IOException {
        WrappedKey key = subjects.byId(keyId);
        if (key == null) {
            throw new ContentException("content of " + requestId + ": erased, its key is no more");
        }
        return key;
    }
}
