package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LeafHead;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A request told for a person: what was asked, who judged, who was called, how it ended, and where all that stands. */
public final class RequestStory {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();
    private final Instant begin;

    private RequestStory(Instant begin) {
        this.begin = begin;
    }

    /** The lines of a story. Records that are there twice, in two logs, are told once. */
    public static List<String> of(List<RequestRecords.Found> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        LedgerEntry first = records.getFirst().entry();
        var story = new RequestStory(first.time());
        String request = first.head().requestId();
        story.lines.add(request.isEmpty() ? "entry " + first.head().id() : "request " + request);
        List<LedgerEntry> told = new ArrayList<>();
        for (RequestRecords.Found record : records) {
            LedgerEntry entry = record.entry();
            if (told.stream().noneMatch(other -> other.leaf().equals(entry.leaf()))) {
                told.add(entry);
                story.tell(entry);
            }
        }
        if (!request.isEmpty()) {
            story.completeness(told);
        }
        story.places(records);
        return List.copyOf(story.lines);
    }

    private void tell(LedgerEntry entry) {
        LeafFacts leaf = LeafFacts.of(entry);
        switch (entry.head().type()) {
            case LeafHead.ACCEPTED -> accepted(entry, leaf);
            case LeafHead.OUTCOME -> outcome(entry, leaf);
            case LeafHead.ORPHANED ->
                line(entry, "orphaned", "nobody finished it before its deadline; the ledger closed it");
            default -> {
                line(entry, entry.head().type(), "");
                leaf.members().forEach(this::more);
            }
        }
    }

    private void accepted(LedgerEntry entry, LeafFacts leaf) {
        LeafFacts ask = leaf.in("ask");
        LeafFacts who = leaf.in("who");
        line(
                entry,
                "accepted",
                LeafFacts.joined(
                        ", ",
                        (ask.text("method") + " " + ask.text("path")).strip(),
                        ask.text("model ", "model"),
                        ask.isTrue("stream") ? "streamed" : "",
                        counted(ask, "messages", "message"),
                        counted(ask, "bytes", "byte"),
                        ask.has("tokens") ? "about " + ask.number("tokens") + " tokens" : "",
                        ask.text("retry ", "retry"),
                        ask.has("idempotency") ? "idempotency key " + ask.digest("idempotency") : ""));
        String by = LeafFacts.joined(
                ", ",
                who.text("key ", "key"),
                who.text("tenant ", "tenant"),
                who.has("subject") ? "subject " + who.digest("subject") : "",
                who.has("ip") ? "address " + who.digest("ip") : "");
        more(by.isEmpty() ? "" : "by " + by);
        LeafFacts cfg = leaf.in("cfg");
        more(
                cfg.has("digest")
                        ? "under configuration " + cfg.digest("digest") + ", chain "
                                + String.join(" -> ", cfg.words("chain"))
                        : "");
    }

    private void outcome(LedgerEntry entry, LeafFacts leaf) {
        List<LeafFacts> policies = leaf.each("pol");
        policies.stream().filter(policy -> !isOfAnswer(policy)).forEach(this::policy);
        int call = 1;
        for (LeafFacts attempt : leaf.each("up")) {
            attempt(call++, attempt);
        }
        cut(leaf, "up_cut", "calls");
        policies.stream().filter(RequestStory::isOfAnswer).forEach(this::policy);
        cut(leaf, "pol_cut", "policies");
        LeafFacts out = leaf.in("out");
        LeafFacts usage = out.in("usage");
        line(
                entry,
                "outcome",
                LeafFacts.joined(
                        ", ",
                        out.text("status ", "status"),
                        out.text("code"),
                        out.text("ended by ", "ended_by"),
                        out.text("from ", "target"),
                        out.text("model ", "model"),
                        out.has("finish") ? "finish " + String.join(" ", out.words("finish")) : ""));
        more(LeafFacts.joined(
                ", ",
                LeafFacts.joined(" in ", counted(out, "bytes", "byte"), counted(out, "chunks", "chunk")),
                usage.has("prompt") ? usage.number("prompt") + " + " + usage.number("completion") + " tokens" : "",
                out.number("ttft_us") > 0 ? "first byte after " + out.millis("ttft_us") : "",
                out.has("us") ? "whole time " + out.millis("us") : ""));
    }

    private static boolean isOfAnswer(LeafFacts policy) {
        return policy.text("phase").equals("output");
    }

    private static String counted(LeafFacts facts, String member, String one) {
        long number = facts.number(member);
        return facts.has(member) ? number + " " + one + (number == 1 ? "" : "s") : "";
    }

    private void policy(LeafFacts policy) {
        String found = policy.counts("found");
        step(
                "policy",
                LeafFacts.joined(
                        ", ",
                        policy.text("kind") + " on the " + policy.text("phase") + ": " + policy.text("verdict"),
                        policy.text("reason"),
                        found.isEmpty() ? "" : "found " + found,
                        policy.has("offered")
                                ? policy.number("chars") + " of " + policy.number("offered") + " characters read"
                                : "",
                        policy.has("us") ? policy.millis("us") : "",
                        policy.text("on ", "worker"),
                        policy.isTrue("degraded") ? "DEGRADED" : "",
                        policy.text("error ", "error")));
    }

    private void attempt(int call, LeafFacts attempt) {
        step(
                "call " + call,
                LeafFacts.joined(
                        ", ",
                        attempt.text("target") + attempt.text(" ", "model"),
                        "after " + attempt.millis("start_us"),
                        attempt.number("status") > 0 ? "status " + attempt.number("status") : "",
                        attempt.number("ttfb_us") > 0 ? "first byte in " + attempt.millis("ttfb_us") : "",
                        attempt.number("retry") > 0 ? "retry " + attempt.number("retry") : "",
                        attempt.text("failed: ", "cause")));
    }

    private void cut(LeafFacts leaf, String member, String what) {
        more(leaf.has(member) ? leaf.number(member) + " more " + what + " are not listed in the entry" : "");
    }

    private void completeness(List<LedgerEntry> told) {
        int of = told.stream().mapToInt(entry -> entry.head().of()).max().orElse(0);
        long have =
                told.stream().mapToInt(entry -> entry.head().seq()).distinct().count();
        lines.add(
                of == 0
                        ? "open: its outcome is not recorded (yet)"
                        : have >= of
                                ? "complete: " + have + " of " + of + " records"
                                : "INCOMPLETE: " + have + " of " + of + " records");
    }

    private void places(List<RequestRecords.Found> records) {
        for (RequestRecords.Found record : records) {
            LedgerEntry entry = record.entry();
            lines.add("  " + entry.head().type() + " is entry " + entry.index() + " of " + entry.origin()
                    + (entry.signed() ? ", signed" : ", on the disk, not signed yet"));
        }
    }

    private void line(LedgerEntry entry, String what, String facts) {
        String when = entry.time().equals(begin) ? TIME.format(begin) : "+" + since(entry.time());
        lines.add("  %-27s %-9s %s".formatted(when, what, facts).stripTrailing());
    }

    private void step(String what, String facts) {
        lines.add("  %-27s %-9s %s".formatted("", what, facts));
    }

    private void more(String facts) {
        if (!facts.isEmpty()) {
            lines.add("  %-37s %s".formatted("", facts));
        }
    }

    private String since(Instant time) {
        return LeafFacts.millis(Duration.between(begin, time).toNanos() / 1_000);
    }
}
