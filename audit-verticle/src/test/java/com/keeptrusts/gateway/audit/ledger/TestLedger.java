package com.keeptrusts.gateway.audit.ledger;

import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AuditEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A ledger as a caller sees it who waits for answers. */
public final class TestLedger implements AutoCloseable {

    public static final LedgerOptions OPTIONS =
            LedgerOptions.of("n1", new SimpleMeterRegistry()).withCheckpointEvery(Duration.ofHours(1));

    private final CountDownLatch death = new CountDownLatch(1);
    private final Ledger ledger;

    private TestLedger(Path directory, LedgerOptions options) throws IOException {
        this.ledger = Ledger.open(directory, options, Runnable::run, death::countDown);
    }

    /** Publishes when it is closed, so that a test knows what is in tiles and what in segments. */
    public static TestLedger open(Path directory) throws IOException {
        return new TestLedger(directory, OPTIONS);
    }

    public static TestLedger open(Path directory, LedgerOptions options) throws IOException {
        return new TestLedger(directory, options);
    }

    public Ledger ledger() {
        return ledger;
    }

    public AppendAnswer append(AuditEntry... entries) throws Exception {
        return send(List.of(entries)).get(20, TimeUnit.SECONDS);
    }

    public CompletableFuture<AppendAnswer> send(List<AuditEntry> entries) {
        var answer = new CompletableFuture<AppendAnswer>();
        ledger.append(entries, Duration.ofSeconds(20), answer::complete);
        return answer;
    }

    /** Appends one call for each entry, all under way at the same time, and waits for all answers. */
    public List<AppendAnswer> appendEach(List<AuditEntry> entries) throws Exception {
        var answers = new ArrayList<CompletableFuture<AppendAnswer>>();
        for (AuditEntry entry : entries) {
            answers.add(send(List.of(entry)));
        }
        var given = new ArrayList<AppendAnswer>();
        for (CompletableFuture<AppendAnswer> answer : answers) {
            given.add(answer.get(20, TimeUnit.SECONDS));
        }
        return given;
    }

    public boolean diesWithin(Duration limit) throws InterruptedException {
        return death.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
