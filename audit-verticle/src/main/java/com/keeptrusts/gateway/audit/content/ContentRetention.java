package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.contract.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ends what is older than the retention: whole days of texts, the keys of subjects that were not seen since, and the
 * peppers of years that are over as long. A legal hold over anyone keeps all texts, as a pack holds those of many. Blocks.
 */
public final class ContentRetention {

    private final ContentStore store;
    private final LegalHolds holds;
    private final ContentEntries entries;
    private final Clock clock;

    public ContentRetention(ContentStore store, LegalHolds holds, ContentEntries entries, Clock clock) {
        this.store = store;
        this.holds = holds;
        this.entries = entries;
        this.clock = clock;
    }

    /**
     * What is due.
     *
     * @param before the first day that stays
     * @param days of texts
     * @param files of keys and peppers
     */
    public record Due(LocalDate before, List<LocalDate> days, List<Path> files) {

        public Due {
            days = List.copyOf(days);
            files = List.copyOf(files);
        }

        public boolean isEmpty() {
            return days.isEmpty() && files.isEmpty();
        }
    }

    /** What has been there for longer than so many days; nothing while a hold is over anyone. */
    public Due due(int retentionDays) throws IOException {
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(retentionDays);
        if (holds.any().isPresent()) {
            return new Due(first, List.of(), List.of());
        }
        List<Path> files = new ArrayList<>(store.subjects().unusedSince(first));
        files.addAll(store.peppers().ofYearsBefore(first.getYear()));
        return new Due(first, daysBefore(first), files);
    }

    /** The entry that must be durable before {@link #end}. */
    public AuditEntry entry(Due due, int retentionDays) {
        return entries.pruned(due, retentionDays);
    }

    /** Deletes what is due. */
    public void end(Due due) throws IOException {
        for (Path file : due.files()) {
            store.destroy(file);
        }
        for (LocalDate day : due.days()) {
            Path directory = store.place().content().resolve(day.toString());
            for (Path pack : list(directory)) {
                store.files().deleteIfThere(pack);
            }
            store.files().deleteIfThere(directory);
        }
        store.files().forceDirectory(store.place().content());
    }

    private List<LocalDate> daysBefore(LocalDate first) throws IOException {
        var found = new ArrayList<LocalDate>();
        for (Path directory : list(store.place().content())) {
            day(directory).filter(day -> day.isBefore(first)).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<LocalDate> day(Path directory) {
        try {
            return Optional.of(LocalDate.parse(String.valueOf(directory.getFileName())));
        } catch (DateTimeException e) {
            return Optional.empty(); // the name of the store
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> there = Files.list(directory)) {
            return there.sorted().toList();
        }
    }
}
