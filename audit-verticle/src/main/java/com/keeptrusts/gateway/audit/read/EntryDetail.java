package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LeafHead;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.OwnEntries;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The last column of the table: what is worth a glance in an entry of each type. */
final class EntryDetail {

    private EntryDetail() {}

    static String of(LedgerEntry entry, EventView view) {
        return switch (entry.head().type()) {
            case LeafHead.ACCEPTED -> attempt(LeafFacts.of(entry).in("ask"));
            case AuditRead.TYPE -> read(LeafFacts.of(entry));
            case "counter" -> counts(LeafFacts.of(entry));
            case "config.activated" -> "digest=" + LeafFacts.of(entry).in("cfg").digest("digest");
            case OwnEntries.CONFIG_REJECTED -> rejected(LeafFacts.of(entry));
            default -> (view.policyText() + (view.code().isEmpty() ? "" : " code=" + view.code())).strip();
        };
    }

    /** What ties a request to the client's other attempts. */
    private static String attempt(LeafFacts ask) {
        return LeafFacts.joined(
                " ",
                ask.text("retry=", "retry"),
                ask.has("idempotency") ? "idempotency=" + ask.digest("idempotency") : "");
    }

    private static String rejected(LeafFacts leaf) {
        return LeafFacts.joined(
                " ",
                "refused=" + leaf.in("cfg").digest("refused"),
                "stays=" + leaf.in("cfg").digest("digest"),
                leaf.text("reason"));
    }

    private static String read(LeafFacts leaf) {
        LeafFacts read = leaf.in("read");
        LeafFacts who = leaf.in("who");
        String name = who.text("as").isEmpty() ? who.text("key ", "key") : who.text("as");
        return LeafFacts.joined(
                " ",
                name.isEmpty() ? "someone" : name,
                read.isTrue("denied") ? "was refused" : "read",
                read.text("what"),
                read.text("request"),
                read.text("log"),
                "(" + read.number("entries") + " entries, " + read.text("via") + ")");
    }

    private static String counts(LeafFacts leaf) {
        Map<String, Long> sums = new TreeMap<>();
        leaf.each("counts").forEach(count -> sums.merge(count.text("what"), count.number("n"), Long::sum));
        return sums.entrySet().stream()
                .map(sum -> sum.getKey() + "=" + sum.getValue())
                .collect(Collectors.joining(" "));
    }
}
