package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether keys went without a word: a text whose key is not there any more must have been erased by an entry, or its time
 * must be over by one. Takes the entries of all logs together, in any order; needs no key. Not thread-safe.
 */
public final class ErasureCheck {

    private static final int MOST_NAMED = 1_000;

    private final @Nullable ContentPlace place;
    private final String store;
    private final Map<String, Missing> missing = new LinkedHashMap<>();
    private final Set<String> erased = new HashSet<>();
    private Instant prunedBefore = Instant.MIN;

    /** The last text of a subject whose key is not there. */
    private record Missing(String where, Instant time) {}

    private ErasureCheck(@Nullable ContentPlace place, String store) {
        this.place = place;
        this.store = store;
    }

    /** For the ledger in a directory; finds nothing where no texts are kept beside it. */
    public static ErasureCheck beside(Path ledger) throws IOException {
        Optional<ContentPlace> place = ContentPlace.of(ledger);
        return new ErasureCheck(place.orElse(null), place.isEmpty() ? "" : StoreId.read(place.get()));
    }

    public void note(LedgerEntry entry) {
        switch (entry.head().type()) {
            case ContentEntries.ERASED -> erased.add(ContentRef.text(entry.leaf(), "pseudonym"));
            case ContentEntries.PRUNED -> pruned(ContentRef.text(entry.leaf(), "before"));
            default -> noteText(entry);
        }
    }

    private void pruned(String before) {
        try {
            Instant limit = LocalDate.parse(before).atStartOfDay().toInstant(ZoneOffset.UTC);
            prunedBefore = limit.isAfter(prunedBefore) ? limit : prunedBefore;
        } catch (DateTimeException _) {
            // an entry that names no day explains nothing
        }
    }

    private void noteText(LedgerEntry entry) {
        ContentPlace here = place;
        ContentRef ref;
        try {
            ref = here == null ? null : ContentRef.in(entry.leaf());
        } catch (ContentException e) {
            return; // named by ContentCheck
        }
        if (here == null || ref == null || !ref.store().equals(store)) {
            return;
        }
        String pseudonym = SubjectKeys.pseudonymOf(ref.keyId());
        boolean gone = Pseudonym.isOne(pseudonym) && !Files.exists(SubjectKeys.file(here, pseudonym));
        if (gone && (missing.size() < MOST_NAMED || missing.containsKey(pseudonym))) {
            missing.put(pseudonym, new Missing("entry " + entry.index() + " of " + entry.origin(), entry.time()));
        }
    }

    /** A line for each subject whose key is gone and no entry says why. To be asked when all entries were noted. */
    public List<String> unexplained() {
        var lines = new ArrayList<String>();
        missing.forEach((pseudonym, last) -> {
            if (!erased.contains(pseudonym) && !last.time().isBefore(prunedBefore)) {
                lines.add(last.where() + ": the key of its texts is gone and no entry says why");
            }
        });
        return lines;
    }
}
