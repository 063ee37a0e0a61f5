package com.keeptrusts.gateway.audit.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.AuditOptions;
import com.keeptrusts.gateway.audit.AuditSettings;
import com.keeptrusts.gateway.audit.AuditVerticle;
import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.StoreSettings;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The writer as others meet it on the bus, with its entries in a real server. */
@ExtendWith(VertxExtension.class)
class PostgresVerticleTest {

    private static TestDatabase database;

    @TempDir
    private Path data;

    private Vertx vertx;
    private final LinkedBlockingQueue<PresenceEvent> presence = new LinkedBlockingQueue<>();

    @BeforeAll
    static void startServer() throws Exception {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        database.close();
    }

    @BeforeEach
    void openBus(Vertx vertx) throws Exception {
        this.vertx = vertx;
        Bus.prepare(vertx);
        Bus.of(vertx).listen(Address.PRESENCE, presence::add).await(5, SECONDS);
    }

    @Test
    void anEntryIsInTheDatabaseWhenItsAppendIsAnsweredAndTheNextStartGoesOn() throws Exception {
        AuditEntry entry = Entries.accepted("r-1");
        String first = vertx.deployVerticle(writer()).await(20, SECONDS);

        Appended before = (Appended) append(entry);
        assertThat(database.count("select count(*) from keeptrusts_audit.entry where id = '" + entry.id() + "'"))
                .isEqualTo(1);
        vertx.undeploy(first).await(20, SECONDS);
        presence.clear();
        vertx.deployVerticle(writer()).await(20, SECONDS);

        assertThat(((Appended) append(entry)).firstIndex()).isEqualTo(before.firstIndex());
    }

    @Test
    void theStoreIsNotChangedWhileTheWriterRuns() throws Exception {
        AuditVerticle writer = writer();
        vertx.deployVerticle(writer).await(20, SECONDS);

        assertThatThrownBy(
                        () -> writer.activate(AuditSettings.DEFAULT, "another").await(10, SECONDS))
                .hasMessageContaining("policy.audit-logger.store: changed");
    }

    private AuditVerticle writer() {
        AuditSettings d = AuditSettings.DEFAULT;
        var settings = new AuditSettings(
                d.immutable(),
                d.retentionDays(),
                d.logAllAccess(),
                d.hipaaAuditControls(),
                d.content(),
                d.durability(),
                d.onUnavailable(),
                d.access(),
                d.anchors(),
                new StoreSettings(database.settings()));
        String host = String.valueOf(data.getFileName());
        return new AuditVerticle(AuditOptions.of("n1", "test", data, 0, settings, "digest", new SimpleMeterRegistry())
                .withStore(settings.store().open(vertx, TestDatabase::environment, host)));
    }

    private AppendAnswer append(AuditEntry entry) throws Exception {
        PresenceEvent event = Objects.requireNonNull(presence.poll(10, SECONDS));
        var question = new AppendEntries(Deadline.in("n1", 10_000), List.of(entry));
        return Bus.of(vertx)
                .ask(Address.ofAudit(((WorkerPresent) event).address()), question, Duration.ofSeconds(10))
                .await(10, SECONDS);
    }
}
