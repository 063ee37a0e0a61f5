package com.keeptrusts.gateway.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.CosigningKey;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.audit.witness.CosignatureCheck;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.OpenRequestsHeard;
import com.keeptrusts.gateway.contract.OpenRequestsTold;
import com.keeptrusts.gateway.contract.PresenceEvent;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerLeaving;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two writers that hear each other. */
@ExtendWith(VertxExtension.class)
class WriterCircleTest {

    private static final Duration ACQUAINTANCE = Duration.ofMillis(1_500);

    @TempDir
    private Path data;

    @TempDir
    private Path aside;

    private Vertx vertx;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final Map<String, OpenRequestsTold> onTheWay = new ConcurrentHashMap<>();
    private final Map<String, Integer> told = new ConcurrentHashMap<>();

    @BeforeEach
    void openBus(Vertx vertx) throws Exception {
        this.vertx = vertx;
        Bus.prepare(vertx);
        Bus.of(vertx)
                .listen(Address.PRESENCE, (PresenceEvent event) -> {
                    if (event instanceof WorkerLeaving leaving) {
                        left.add(leaving.address());
                    }
                })
                .await(5, SECONDS);
        vertx.eventBus().addInboundInterceptor(delivery -> {
            if (delivery.body() instanceof OpenRequestsTold part) {
                onTheWay.put(delivery.message().replyAddress(), part);
            } else if (delivery.body() instanceof OpenRequestsHeard heard && heard.nextPart() > 0) {
                OpenRequestsTold part = Objects.requireNonNull(
                        onTheWay.remove(delivery.message().address()));
                part.opened().forEach(request -> told.merge(request.requestId(), 1, Integer::sum));
            }
            delivery.next();
        });
    }

    @Test
    void eachHasTheOthersCosignatureUnderItsCheckpoint() throws Exception {
        deploy("a", ACQUAINTANCE);
        deploy("b", ACQUAINTANCE);
        append("a", Entries.accepted("r-1"));

        Await.until(() -> cosignedBy("a", "b") && cosignedBy("b", "a"));

        assertThat(verify().whole()).isTrue();
        CosignerKey b = CosignerKey.parse(Files.readString(data.resolve("b/witness/vkey")));
        assertThat(CosignatureCheck.of(data.resolve("a"), List.of(b)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.size()).isGreaterThan(1));
        CosignerKey stranger = CosigningKey.generate("witness.example").verifier();
        assertThat(CosignatureCheck.of(data.resolve("a"), List.of(stranger)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.cosigned()).isFalse());
        assertThat(meters.get("keeptrusts.audit.cosignatures").gauges()).hasSize(2);
    }

    @Test
    void aLogThatLostWhatTheOtherHasWitnessedDoesNotStart() throws Exception {
        rollBack();

        assertThatThrownBy(() -> deploy("a", ACQUAINTANCE))
                .hasMessageContaining("acknowledged data is missing: another writer has witnessed");
    }

    @Test
    void whoAcceptsTheLossGetsANewLogThatTellsOfIt() throws Exception {
        rollBack();
        String lost = facts("a").origin();

        AcceptedLoss.in(data.resolve("a")).accept();
        deploy("a", ACQUAINTANCE);

        assertThat(facts("a").origin()).isNotEqualTo(lost);
        assertThat(entries("gap"))
                .singleElement()
                .satisfies(gap -> assertThat(gap.leaf().toUtf8()).contains("another writer has witnessed"));
    }

    @Test
    void theWordThatALossIsAcceptedIsGoodForOneStartOnly() throws Exception {
        String first = deploy("a", ACQUAINTANCE);
        vertx.undeploy(first).await(10, SECONDS);
        String origin = facts("a").origin();
        AcceptedLoss.in(data.resolve("a")).accept();

        vertx.undeploy(deploy("a", ACQUAINTANCE)).await(10, SECONDS);

        assertThat(facts("a").origin()).isEqualTo(origin);
        Files.delete(data.resolve("a/checkpoint"));
        assertThatThrownBy(() -> deploy("a", ACQUAINTANCE)).hasMessageContaining("acknowledged data is missing");
    }

    @Test
    void aRollbackThatNobodyCouldTellOfAtTheStartEndsTheWriterAndIsRecordedByTheOther() throws Exception {
        rollBack();

        deploy("a", Duration.ZERO);

        Await.until(() -> left.contains(WriterCircle.address(facts("a"))));
        Await.until(() -> contradictions("b").contains("rolled_back"));
        assertThat(meters.get("keeptrusts.audit.contradictions")
                        .tag("kind", "rolled_back")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void aLogThatGrewAgainOtherwiseIsContradictedToo() throws Exception {
        rollBack();
        String second = vertx.deployVerticle(new AuditVerticle(options("a", Duration.ZERO)
                        .withLedger(LedgerOptions.of("n-a", meters).withCheckpointEvery(Duration.ofHours(1)))))
                .await(10, SECONDS);
        for (int i = 0; i < 40; i++) {
            append("a", Entries.accepted("other-" + i));
        }
        vertx.undeploy(second).await(10, SECONDS);
        left.clear();

        deploy("a", Duration.ZERO);

        Await.until(() -> left.contains(WriterCircle.address(facts("a"))));
        Await.until(() -> contradictions("b").contains("rewritten"));
    }

    @Test
    void whatAWriterThatIsGoneLeftOpenIsRecordedByTheOtherAndNotOnceMoreByItself() throws Exception {
        String first = deploy("a", ACQUAINTANCE);
        deploy("b", ACQUAINTANCE);
        append("a", accepted("r-open", Duration.ofSeconds(5)));
        append("a", accepted("r-later", Duration.ofMinutes(5)));
        awaitTold("r-later");
        vertx.undeploy(first).await(10, SECONDS);

        Await.until(() -> !entries("request.orphaned").isEmpty());
        deploy("a", ACQUAINTANCE);

        assertThat(entries("request.orphaned")).singleElement().satisfies(orphaned -> {
            assertThat(orphaned.head().requestId()).isEqualTo("r-open");
            assertThat(orphaned.origin()).isEqualTo(facts("b").origin());
        });
        VerificationReport report = verify();
        assertThat(report.complete()).isTrue();
        assertThat(report.completeness().requests()).isEqualTo(1);
        assertThat(report.completeness().pending()).isEqualTo(1);
        assertThat(report.completeness().endedTwice()).isZero();
    }

    @Test
    void aRequestWhoseOutcomeWentToTheOtherWriterIsNoOrphan() throws Exception {
        String first = deploy("a", ACQUAINTANCE);
        deploy("b", ACQUAINTANCE);
        AuditEntry accepted = accepted("r-moved", Duration.ofSeconds(-1));
        append("a", accepted);
        append("b", Entries.outcome(accepted));
        awaitTold("r-moved");
        vertx.undeploy(first).await(10, SECONDS);

        deploy("a", ACQUAINTANCE);

        assertThat(entries("request.orphaned")).isEmpty();
        assertThat(verify().completeness().requests()).isEqualTo(1);
    }

    @Test
    void ofThreeWritersNoneOrphansARequestWhoseOutcomeWentToAnyOfThem() throws Exception {
        String first = deploy("a", ACQUAINTANCE);
        deploy("b", ACQUAINTANCE);
        deploy("c", ACQUAINTANCE);
        List<AuditEntry> moved = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            moved.add(accepted("r-moved-" + i, Duration.ofSeconds(15)));
            append("a", moved.get(i));
        }
        append("a", accepted("r-open", Duration.ofSeconds(16)));
        awaitTold("r-open", 2);
        vertx.undeploy(first).await(10, SECONDS);
        for (AuditEntry accepted : moved) {
            append("c", Entries.outcome(accepted));
        }

        Await.until(() -> !entries("request.orphaned").isEmpty()); // it is due after all the others

        assertThat(entries("request.orphaned"))
                .extracting(entry -> entry.head().requestId())
                .containsExactly("r-open");
        assertThat(verify().completeness().requests()).isEqualTo(9);
    }

    @Test
    void aLateOutcomeAfterAnOrphanedRecordIsExplainedAndCountedOnce() throws Exception {
        String first = deploy("a", ACQUAINTANCE);
        deploy("b", ACQUAINTANCE);
        AuditEntry accepted = accepted("r-late", Duration.ofSeconds(4));
        append("a", accepted);
        awaitTold("r-late");
        vertx.undeploy(first).await(10, SECONDS);
        Await.until(() -> !entries("request.orphaned").isEmpty());

        append("b", Entries.outcome(accepted)); // from the spool of the node that came back

        VerificationReport report = verify();
        assertThat(report.exitCode()).isZero();
        assertThat(report.completeness().requests()).isEqualTo(1);
        assertThat(report.completeness().orphaned()).isEqualTo(1);
        assertThat(report.completeness().endedTwice()).isEqualTo(1);
    }

    /** Leaves a log of which the other writer has witnessed more than is there. */
    private void rollBack() throws Exception {
        String first = deploy("a", ACQUAINTANCE);
        deploy("b", ACQUAINTANCE);
        append("a", Entries.accepted("r-1"));
        Await.until(() -> cosignedBy("a", "b"));
        vertx.undeploy(first).await(10, SECONDS);
        copy(data.resolve("a"), aside.resolve("kept"));
        String second = deploy("a", ACQUAINTANCE);
        for (int i = 0; i < 20; i++) {
            append("a", Entries.accepted("r-2-" + i));
        }
        long all = size("a");
        Await.until(() -> published("a") >= all && cosignedBy("a", "b"));
        vertx.undeploy(second).await(10, SECONDS);
        delete(data.resolve("a"));
        Files.move(aside.resolve("kept"), data.resolve("a"));
        left.clear();
    }

    private void awaitTold(String request) throws Exception {
        awaitTold(request, 1);
    }

    /** So many writers have said that they know of it. */
    private void awaitTold(String request, int writers) throws Exception {
        Await.until(() -> told.getOrDefault(request, 0) >= writers);
    }

    /** A request that will be overdue in so long. */
    private static AuditEntry accepted(String request, Duration dueIn) {
        return Entries.accepted(
                request, Instant.now().plus(dueIn).minus(Duration.ofMinutes(10)).minusSeconds(30));
    }

    private String deploy(String name, Duration acquaintance) throws Exception {
        return vertx.deployVerticle(new AuditVerticle(options(name, acquaintance)))
                .await(20, SECONDS);
    }

    private AuditOptions options(String name, Duration acquaintance) {
        return new AuditOptions(
                "n-" + name,
                "test",
                data.resolve(name),
                AuditSettings.DEFAULT,
                "digest",
                LedgerOptions.of("n-" + name, meters),
                acquaintance,
                _ -> null);
    }

    private void append(String name, AuditEntry entry) throws Exception {
        AppendAnswer answer = Bus.of(vertx)
                .ask(
                        Address.ofAudit(WriterCircle.address(facts(name))),
                        new AppendEntries(Deadline.in("n1", 5_000), List.of(entry)),
                        Duration.ofSeconds(5))
                .await(5, SECONDS);
        assertThat(answer).isInstanceOf(Appended.class);
    }

    private LogFacts facts(String name) throws IOException {
        return LogFacts.read(data.resolve(name).resolve("log.json"));
    }

    private boolean cosignedBy(String log, String witness) throws Exception {
        Path vkey = data.resolve(witness).resolve("witness/vkey");
        var note = new LedgerDirectory(data.resolve(log)).publishedNote();
        return Files.exists(vkey)
                && note.isPresent()
                && CosignerKey.parse(Files.readString(vkey))
                        .cosigned(SignedNote.parse(note.get()))
                        .isPresent();
    }

    private long published(String name) throws Exception {
        var note = new LedgerDirectory(data.resolve(name)).publishedNote();
        return note.isEmpty()
                ? 0
                : Checkpoint.parse(SignedNote.parse(note.get()).text()).size();
    }

    /** Entries of a log, whether or not they are under a checkpoint. */
    private long size(String name) throws IOException {
        return entries(null).stream()
                .filter(entry -> entry.origin().startsWith("n-" + name + "/"))
                .count();
    }

    private String contradictions(String name) throws IOException {
        var text = new StringBuilder();
        for (LedgerEntry entry : entries("admin.log_contradicted")) {
            if (entry.origin().startsWith("n-" + name + "/")) {
                text.append(entry.leaf().toUtf8());
            }
        }
        return text.toString();
    }

    private List<LedgerEntry> entries(@Nullable String type) throws IOException {
        var found = new ArrayList<LedgerEntry>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(EventQuery.ALL, found::add);
        }
        found.removeIf(entry -> type != null && !entry.head().type().equals(type));
        return found;
    }

    private VerificationReport verify() throws IOException {
        return new LedgerVerification().verify(data);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
