package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Erases subjects by destroying their keys: what was encrypted under them cannot be read any more, commitments cannot be
 * tested against guesses, and no byte of the ledger changes. Blocks.
 */
public final class Erasure {

    private final ContentStore store;
    private final LegalHolds holds;
    private final ContentEntries entries;

    public Erasure(ContentStore store, LegalHolds holds, ContentEntries entries) {
        this.store = store;
        this.holds = holds;
        this.entries = entries;
    }

    /** What came of asking. */
    public sealed interface Result {

        /**
         * The keys are destroyed. The entries must get into the ledger, and then {@link Erasure#recorded} be called.
         *
         * @param pseudonyms what entries call the subject, a name for each year in which it was seen
         * @param entries one for each of them
         */
        record Erased(List<String> pseudonyms, List<AuditEntry> entries) implements Result {
            public Erased {
                pseudonyms = List.copyOf(pseudonyms);
                entries = List.copyOf(entries);
            }
        }

        /** A legal hold forbids it, and nothing was touched. The entry tells of the attempt. */
        record Held(String hold, AuditEntry entry) implements Result {}

        /** Nothing is kept of such a subject. */
        record Unknown() implements Result {}
    }

    /** Destroys what is kept of a subject, unless a hold is over any of it. */
    public Result erase(ErasureRequest request) throws IOException {
        List<String> kept = kept(request);
        for (String pseudonym : kept) {
            Optional<String> hold = holds.over(pseudonym);
            if (hold.isPresent()) {
                return new Result.Held(hold.get(), entries.refused(pseudonym, request, hold.get()));
            }
        }
        if (kept.isEmpty()) {
            return new Result.Unknown();
        }
        List<AuditEntry> owed = kept.stream()
                .map(pseudonym -> entries.erased(pseudonym, request))
                .toList();
        for (AuditEntry entry : owed) {
            store.pending().add(entry);
        }
        destroy(owed);
        return new Result.Erased(kept, owed);
    }

    /** The entries of erasures that were begun before and are not known to be in the ledger; their keys are destroyed. */
    public List<AuditEntry> unrecorded() throws IOException {
        List<AuditEntry> owed = store.pending().all();
        destroy(owed);
        return owed;
    }

    /** To be called once the entries are durable. */
    public void recorded(List<AuditEntry> durable) throws IOException {
        for (AuditEntry entry : durable) {
            store.pending().remove(entry);
        }
    }

    private void destroy(List<AuditEntry> owed) throws IOException {
        for (AuditEntry entry : owed) {
            store.subjects().destroy(PendingErasures.pseudonym(entry));
        }
    }

    /** The subject's pseudonyms, of all years whose pepper is still there, under which there is a key. */
    private List<String> kept(ErasureRequest request) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        if (request.namesKey()) {
            names.add(SubjectKeys.pseudonymOf(request.subject()));
        }
        for (WrappedKey pepper : store.peppers().all(request.tenant())) {
            names.add(Pseudonym.ofUser(pepper.secret(), request.subject()));
        }
        var kept = new ArrayList<String>();
        for (String name : names) {
            if (store.subjects().isKept(name)) {
                kept.add(name);
            }
        }
        return kept;
    }
}
