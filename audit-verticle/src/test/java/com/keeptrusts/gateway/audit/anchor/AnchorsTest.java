package com.keeptrusts.gateway.audit.anchor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.keeptrusts.gateway.audit.Await;
import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.ledger.TestLedger;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.witness.Alarm;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bytes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class AnchorsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Map<String, String> KEYS = Map.of("BUCKET_KEY", "AKIAEXAMPLE", "BUCKET_SECRET", "secret");

    @TempDir
    private Path place;

    private Vertx vertx;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LinkedBlockingQueue<AuditEntry> recorded = new LinkedBlockingQueue<>();
    private final LedgerOptions options = LedgerOptions.of("n1", meters).withCheckpointEvery(Duration.ofMillis(20));
    private TestLedger log;
    private Anchors anchors;

    @BeforeEach
    void openLedger(Vertx vertx) throws Exception {
        this.vertx = vertx;
        log = TestLedger.open(place.resolve("log"), options);
        log.append(Entries.accepted("r-1"));
        awaitPublished(2);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var alarm = new Alarm(meters, clock, log.ledger().ownEntries(), entries -> {
            recorded.addAll(entries);
            return Future.succeededFuture();
        });
        anchors = new Anchors(vertx, log.ledger(), options.withClock(clock), KEYS::get, alarm);
    }

    @AfterEach
    void closeLedger() throws IOException {
        anchors.close();
        log.close();
    }

    @Test
    void aWitnesssCosignatureComesUnderTheCheckpoint() throws Exception {
        SpecifiedWitness witness =
                SpecifiedWitness.start(vertx, log.ledger().facts().key());
        anchors.use(List.of(ofWitness(witness)));

        tick();

        assertThat(witness.key.verifier().cosigned(published())).isPresent();
        assertThat(published().signatures().lines()).hasSize(2);
        assertThat(anchors.report()).containsExactly(new AnchorReport("outside", 0, 2, null));
        assertThat(witness.statuses).containsExactly(200);
    }

    @Test
    void aWitnessThatKnowsTheLogTellsHowFar() throws Exception {
        SpecifiedWitness witness =
                SpecifiedWitness.start(vertx, log.ledger().facts().key());
        witness.hasCosigned(2, checkpoint().root().array());
        log.append(Entries.accepted("r-2"));
        log.append(Entries.accepted("r-3"));
        awaitPublished(4);
        anchors.use(List.of(ofWitness(witness)));

        tick();

        assertThat(witness.statuses).containsExactly(409, 200);
        assertThat(witness.size()).isEqualTo(4);
        assertThat(witness.key.verifier().cosigned(published())).isPresent();
    }

    @Test
    void aWitnessThatHasSeenMoreThanThereIsAlarms() throws Exception {
        SpecifiedWitness witness =
                SpecifiedWitness.start(vertx, log.ledger().facts().key());
        witness.hasCosigned(7, new byte[32]);
        anchors.use(List.of(ofWitness(witness)));

        tick();

        assertAlarm("rolled_back");
        assertThat(anchors.report().getFirst().failure()).contains("a checkpoint of 7 entries");
    }

    @Test
    void aWitnessThatHasSeenAnotherLogAlarms() throws Exception {
        SpecifiedWitness witness =
                SpecifiedWitness.start(vertx, log.ledger().facts().key());
        witness.hasCosigned(2, new byte[32]);
        anchors.use(List.of(ofWitness(witness)));

        tick();

        assertAlarm("rewritten");
    }

    @Test
    void aWitnessThatIsGoneHoldsNothingUpAndIsAskedAgain() throws Exception {
        SpecifiedWitness witness =
                SpecifiedWitness.start(vertx, log.ledger().facts().key());
        AnchorSettings settings = ofWitness(witness);
        witness.stop();
        anchors.use(List.of(settings));

        tick();
        log.append(Entries.accepted("r-2"));

        AnchorReport report = anchors.report().getFirst();
        assertThat(report.ageSeconds()).isNegative();
        assertThat(report.failure()).isNotNull();
        assertThat(meters.get("keeptrusts.audit.anchor.failures").counter().count())
                .isEqualTo(1);
        assertThat(meters.get("keeptrusts.audit.anchor.age.seconds").gauge().value())
                .isNaN();
    }

    @Test
    void aRepositoryGetsACommitForEachCheckpointAndNoneForTheSame() throws Exception {
        Path clone = repository();
        anchors.use(List.of(new AnchorSettings.OfRepository("git", Duration.ofSeconds(1), clone, null, "main")));

        tick();
        ticks(2);
        log.append(Entries.accepted("r-2"));
        awaitPublished(3);
        ticks(2);

        String origin = log.ledger().facts().origin();
        assertThat(new GitCommand(clone).run("log", "--format=%s").lines())
                .containsExactly("checkpoint 3 of " + origin, "checkpoint 2 of " + origin);
        assertThat(Files.readString(committed(clone))).startsWith(published().text());
        assertThat(anchors.report()).containsExactly(new AnchorReport("git", 0, 3, null));
    }

    @Test
    void commitsArePushedAlsoBehindThoseOfOthers() throws Exception {
        Path clone = repository();
        Path shared = place.resolve("shared.git");
        new GitCommand(place).run("init", "-q", "--bare", shared.toString());
        commitOfAnother(shared);
        new GitCommand(clone).run("remote", "add", "origin", shared.toString());
        anchors.use(List.of(new AnchorSettings.OfRepository("git", Duration.ofSeconds(1), clone, "origin", "main")));

        tick();

        assertThat(anchors.report().getFirst().failure()).isNull();
        assertThat(new GitCommand(shared).run("log", "--format=%s", "main").lines())
                .containsExactly("checkpoint 2 of " + log.ledger().facts().origin(), "another's");
    }

    @Test
    void aRepositoryThatHasMoreThanThereIsAlarmsAndKeepsIt() throws Exception {
        Path clone = repository();
        String larger = log.ledger().facts().origin() + "\n9\n" + "A".repeat(43) + "=\n\n— x y\n";
        Files.createDirectories(Objects.requireNonNull(committed(clone).getParent()));
        Files.writeString(committed(clone), larger);
        anchors.use(List.of(new AnchorSettings.OfRepository("git", Duration.ofSeconds(1), clone, null, "main")));

        tick();

        assertAlarm("rolled_back");
        assertThat(Files.readString(committed(clone))).isEqualTo(larger);
    }

    @Test
    void noRepositoryIsAFailureAndNothingElse() throws Exception {
        anchors.use(List.of(
                new AnchorSettings.OfRepository("git", Duration.ofSeconds(1), place.resolve("none"), null, "main")));

        tick();

        assertThat(anchors.report().getFirst().failure()).contains("none");
        assertThat(recorded).isEmpty();
    }

    @Test
    void aBucketGetsALockedObjectSignedForIt() throws Exception {
        try (var bucket = new Bucket()) {
            bucket.server.stubFor(put(anyUrl()).willReturn(aResponse().withStatus(200)));
            anchors.use(List.of(bucket.settings()));

            tick();

            LoggedRequest sent = bucket.server
                    .findAll(RequestPatternBuilder.newRequestPattern(RequestMethod.PUT, anyUrl()))
                    .getFirst();
            assertThat(sent.getUrl())
                    .isEqualTo("/ledger/audit/" + log.ledger().facts().writer() + "/0000000000000002");
            assertThat(sent.getBodyAsString()).isEqualTo(published().toString());
            assertThat(sent.getHeader("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
            assertThat(sent.getHeader("x-amz-object-lock-retain-until-date")).isEqualTo("2027-11-25T12:00:00Z");
            assertThat(sent.getHeader("if-none-match")).isEqualTo("*");
            assertThat(sent.getHeader("x-amz-content-sha256")).isEqualTo(AwsSignature.sha256(sent.getBody()));
            assertThat(sent.getHeader("authorization")).isEqualTo(signatureOf(sent));
            assertThat(anchors.report()).containsExactly(new AnchorReport("s3", 0, 2, null));
        }
    }

    @Test
    void anObjectThatIsThereAlreadyMustSayTheSame() throws Exception {
        try (var bucket = new Bucket()) {
            bucket.server.stubFor(put(anyUrl()).willReturn(aResponse().withStatus(412)));
            bucket.server.stubFor(
                    get(anyUrl()).willReturn(aResponse().withBody(published().toString())));
            anchors.use(List.of(bucket.settings()));

            tick();
            assertThat(anchors.report()).containsExactly(new AnchorReport("s3", 0, 2, null));

            anchors.use(List.of());
            bucket.server.stubFor(get(anyUrl()).willReturn(aResponse().withBody("another note")));
            anchors.use(List.of(bucket.settings()));
            tick();
            assertAlarm("rewritten");
        }
    }

    @Test
    void aBucketThatRefusesOrWhoseKeysAreNotSetIsAFailureAndNothingElse() throws Exception {
        try (var bucket = new Bucket()) {
            bucket.server.stubFor(
                    any(anyUrl()).willReturn(aResponse().withStatus(403).withBody("x".repeat(100_000))));
            AnchorSettings.OfBucket set = bucket.settings();
            anchors.use(List.of(
                    set,
                    new AnchorSettings.OfBucket(
                            "unset", set.every(), set.endpoint(), "us-east-1", "ledger", "", 1, "NOT_SET", "NOT_SET")));

            tick();

            assertThat(anchors.report())
                    .extracting(AnchorReport::failure)
                    .satisfiesExactly(
                            refused -> assertThat(refused).contains("65536"),
                            unset -> assertThat(unset).startsWith("NOT_SET or NOT_SET: not set"));
            assertThat(recorded).isEmpty();
        }
    }

    private static final class Bucket implements AutoCloseable {

        private final WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

        Bucket() {
            server.start();
        }

        AnchorSettings.OfBucket settings() {
            return new AnchorSettings.OfBucket(
                    "s3",
                    Duration.ofSeconds(60),
                    URI.create("http://127.0.0.1:" + server.port()),
                    "eu-central-1",
                    "ledger",
                    "audit/",
                    365,
                    "BUCKET_KEY",
                    "BUCKET_SECRET");
        }

        @Override
        public void close() {
            server.stop();
        }
    }

    /** Computed anew from what arrived. */
    private static String signatureOf(LoggedRequest sent) {
        Map<String, String> headers = new TreeMap<>();
        String authorization = sent.getHeader("authorization");
        String names = authorization.replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
        for (String name : names.split(";", -1)) {
            headers.put(name, sent.getHeader(name));
        }
        assertThat(headers).containsKeys("host", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date");
        return new AwsSignature("AKIAEXAMPLE", "secret", "eu-central-1").authorization("PUT", sent.getUrl(), headers);
    }

    private void assertAlarm(String cause) {
        assertThat(recorded)
                .singleElement()
                .satisfies(entry -> assertThat(entry.leaf().toUtf8()).contains("\"" + cause + "\""));
        assertThat(meters.get("keeptrusts.audit.contradictions")
                        .tag("kind", cause)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static AnchorSettings ofWitness(SpecifiedWitness witness) {
        return new AnchorSettings.OfWitness(
                "outside", Duration.ofSeconds(60), URI.create(witness.url()), witness.key.verifier());
    }

    private Path repository() throws IOException {
        Path clone = Files.createDirectories(place.resolve("clone"));
        new GitCommand(clone).run("init", "-q", "-b", "main");
        return clone;
    }

    private void commitOfAnother(Path shared) throws IOException {
        Path other = Files.createDirectories(place.resolve("other"));
        var git = new GitCommand(other);
        git.run("init", "-q", "-b", "main");
        git.run("commit", "-q", "--allow-empty", "-m", "another's");
        git.run("push", "-q", shared.toString(), "main");
    }

    private Path committed(Path clone) {
        return clone.resolve(log.ledger().facts().writer().toString()).resolve("checkpoint");
    }

    private void ticks(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    private void tick() throws Exception {
        anchors.tick().await(30, SECONDS);
    }

    private void awaitPublished(long size) throws Exception {
        Await.until(() -> checkpoint().size() == size);
    }

    private Checkpoint checkpoint() throws Exception {
        var note = new LedgerDirectory(place.resolve("log")).publishedNote();
        return note.isEmpty()
                ? new Checkpoint("", 0, Bytes.EMPTY)
                : Checkpoint.parse(SignedNote.parse(note.get()).text());
    }

    private SignedNote published() throws Exception {
        return SignedNote.parse(
                new LedgerDirectory(place.resolve("log")).publishedNote().orElseThrow());
    }
}
