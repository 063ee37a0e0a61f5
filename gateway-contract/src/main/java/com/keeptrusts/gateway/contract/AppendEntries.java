package com.keeptrusts.gateway.contract;

import java.util.List;

/** Asks a writer to make entries durable. After a time-out ask again with the same ids and the same bytes. */
public record AppendEntries(Deadline deadline, List<AuditEntry> entries) implements Timed {

    public AppendEntries {
        entries = List.copyOf(entries);
    }
}
