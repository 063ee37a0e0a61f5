package com.keeptrusts.gateway.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class AuditVerticleTest {

    @TempDir
    private Path data;

    private Vertx vertx;
    private final LinkedBlockingQueue<PresenceEvent> presence = new LinkedBlockingQueue<>();

    @BeforeEach
    void openBus(Vertx vertx) throws Exception {
        this.vertx = vertx;
        Bus.prepare(vertx);
        Bus.of(vertx).listen(Address.PRESENCE, presence::add).await(5, SECONDS);
    }

    @Test
    void anEntryIsOnTheDiskWhenItsAppendIsAnswered() throws Exception {
        deploy(AuditSettings.DEFAULT);
        AuditEntry entry = Entries.accepted("r-1");

        AppendAnswer answer = append(writer(), entry);

        assertThat(answer).isInstanceOf(Appended.class);
        assertThat(entries()).extracting(found -> found.head().id()).contains(entry.id());
    }

    @Test
    void theSameEntryTwiceIsStoredOnceAndAnsweredWithTheSamePlace() throws Exception {
        deploy(AuditSettings.DEFAULT);
        WorkerPresent writer = writer();
        AuditEntry entry = Entries.accepted("r-1");

        long first = ((Appended) append(writer, entry)).firstIndex();
        long second = ((Appended) append(writer, entry)).firstIndex();

        assertThat(second).isEqualTo(first);
        assertThat(entries())
                .filteredOn(found -> found.head().id().equals(entry.id()))
                .hasSize(1);
    }

    @Test
    void otherBytesUnderTheSameIdAreAConflict() throws Exception {
        deploy(AuditSettings.DEFAULT);
        WorkerPresent writer = writer();
        AuditEntry entry = Entries.accepted("r-1");
        append(writer, entry);
        Bytes altered = Bytes.utf8(entry.leaf().toUtf8().replace("llama", "lorem"));

        AppendAnswer answer = append(writer, new AuditEntry(entry.id(), "r-1", entry.type(), altered));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        AppendRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("conflict"));
    }

    @Test
    void anEntryWhoseLeafSaysSomethingElseIsRefused() throws Exception {
        deploy(AuditSettings.DEFAULT);
        AuditEntry entry = Entries.accepted("r-1");

        AppendAnswer answer = append(writer(), new AuditEntry("another id", "r-1", entry.type(), entry.leaf()));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        AppendRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("invalid_entry"));
    }

    @Test
    void aSecondWriterOnTheDirectoryRefusesToStart() throws Exception {
        deploy(AuditSettings.DEFAULT);

        assertThatThrownBy(() -> deploy(AuditSettings.DEFAULT)).hasMessageContaining("in use by");
    }

    @Test
    void whatAnImmutableLogHasPromisedCannotBeTakenBack() throws Exception {
        String first = deploy(AuditSettings.DEFAULT);
        vertx.undeploy(first).await(10, SECONDS);
        var mutable = new AuditSettings(
                false,
                365,
                true,
                false,
                AuditSettings.Content.NONE,
                AuditSettings.Durability.ASYNC,
                AuditSettings.OnUnavailable.SPOOL);

        assertThatThrownBy(() -> deploy(mutable)).hasMessageContaining("policy.audit-logger.immutable: false");
        assertThat(entries()).extracting(found -> found.head().type()).contains("admin.latched", "config.activated");
    }

    @Test
    void aWriterThatKnowsNoConfigurationYetPromisesNothing() throws Exception {
        var writer = new AuditVerticle(options(AuditSettings.DEFAULT, ""));
        vertx.deployVerticle(writer).await(10, SECONDS);
        append(writer(), Entries.accepted("r-1"));
        assertThat(entries()).extracting(found -> found.head().type()).doesNotContain("admin.latched");
        assertThat(writer.keep((_, days) -> days).await(5, SECONDS)).isEqualTo(36_500);

        writer.activate(retaining(30), "digest").await(5, SECONDS);

        assertThat(writer.keep((_, days) -> days).await(5, SECONDS)).isEqualTo(30);
        assertThatThrownBy(() -> writer.consent(retaining(29)).await(5, SECONDS))
                .hasMessageContaining("policy.audit-logger.retention_days: 29 (expected: at least 30");
    }

    private static AuditSettings retaining(int days) {
        AuditSettings usual = AuditSettings.DEFAULT;
        return new AuditSettings(
                true,
                days,
                usual.logAllAccess(),
                usual.hipaaAuditControls(),
                usual.content(),
                usual.durability(),
                usual.onUnavailable());
    }

    @Test
    void aRequestThatNobodyFinishedIsRecordedAsOrphanedAtTheNextStart() throws Exception {
        String first = deploy(AuditSettings.DEFAULT);
        WorkerPresent writer = writer();
        AuditEntry abandoned = Entries.accepted("r-old", Instant.now().minus(Duration.ofHours(1)));
        AuditEntry finished = Entries.accepted("r-done", Instant.now().minus(Duration.ofHours(1)));
        append(writer, abandoned);
        append(writer, finished);
        append(writer, Entries.outcome(finished));
        vertx.undeploy(first).await(10, SECONDS);

        deploy(AuditSettings.DEFAULT);

        assertThat(entries())
                .filteredOn(found -> found.head().type().equals("request.orphaned"))
                .extracting(found -> found.head().requestId())
                .containsExactly("r-old");
    }

    @Test
    void aStoppedWriterSaysFarewell() throws Exception {
        String id = deploy(AuditSettings.DEFAULT);
        WorkerPresent writer = writer();

        vertx.undeploy(id).await(10, SECONDS);

        PresenceEvent last = presence.take();
        while (last instanceof WorkerPresent) {
            last = presence.take();
        }
        assertThat(last).isEqualTo(new WorkerLeaving(writer.address(), "n1"));
    }

    private String deploy(AuditSettings settings) throws Exception {
        return vertx.deployVerticle(new AuditVerticle(options(settings, "digest")))
                .await(10, SECONDS);
    }

    private AuditOptions options(AuditSettings settings, String digest) {
        return AuditOptions.of("n1", "test", data, 0, settings, digest, new SimpleMeterRegistry());
    }

    private WorkerPresent writer() throws Exception {
        PresenceEvent event = presence.poll(5, SECONDS);
        assertThat(event)
                .isInstanceOfSatisfying(
                        WorkerPresent.class, found -> assertThat(found.role()).isEqualTo(Role.AUDIT));
        return (WorkerPresent) Objects.requireNonNull(event);
    }

    private AppendAnswer append(WorkerPresent writer, AuditEntry entry) throws Exception {
        var question = new AppendEntries(Deadline.in("n1", 5_000), List.of(entry));
        return Bus.of(vertx)
                .ask(Address.ofAudit(writer.address()), question, Duration.ofSeconds(5))
                .await(5, SECONDS);
    }

    private List<LedgerEntry> entries() throws IOException {
        var found = new ArrayList<LedgerEntry>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(EventQuery.ALL, found::add);
        }
        return found;
    }
}
