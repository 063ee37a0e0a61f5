package com.keeptrusts.gateway.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.ledger.EntryId;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.Checkpoint;
import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.SignedNote;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.audit.read.VerificationReport;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.json.CanonicalJson;
import com.keeptrusts.gateway.node.ClusterOptions;
import com.keeptrusts.gateway.node.HostPort;
import com.keeptrusts.gateway.node.Node;
import com.keeptrusts.gateway.node.NodeOptions;
import com.keeptrusts.gateway.node.Roles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with a writer each, joined by Hazelcast, and a third member that stands for an ingress. */
class TwoWritersIT {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** An accepted record without a deadline is due after ten minutes and thirty seconds. */
    private static final Duration DUE = Duration.ofSeconds(630);

    @TempDir
    private Path folder;

    private final List<GatewayProcess> processes = new ArrayList<>();
    private Path clusterXml;
    private Node node;

    @BeforeEach
    void startNodes() throws Exception {
        clusterXml = ownCluster();
        GatewayProcess first = writer("a");
        writer("b");
        node = Node.start(new NodeOptions(
                        new HostPort("127.0.0.1", 0),
                        new HostPort("127.0.0.1", 0),
                        List.of(),
                        false,
                        0,
                        Roles.parse("policy:pii-detector=1", List.of("pii-detector")),
                        Map.of(),
                        new ClusterOptions(clusterXml, null),
                        folder.resolve("c"),
                        null,
                        Duration.ofSeconds(1),
                        _ -> null))
                .await(60, TimeUnit.SECONDS);
        Management management = Management.of(first.adminPort());
        Await.until(PATIENCE, () -> writersHeardBy(management) == 2);
    }

    @AfterEach
    void stop() throws Exception {
        for (GatewayProcess process : processes) {
            process.close();
        }
        node.stop().await(60, TimeUnit.SECONDS);
    }

    @Test
    @Tag("N10")
    void whatAKilledNodeLeftOpenIsEndedOnceByTheOtherAndItsLogIsGuardedAgainstRollback() throws Exception {
        AuditEntry open = accepted("r-open", Duration.ofSeconds(20));
        AuditEntry done = accepted("r-done", Duration.ofSeconds(20));
        append("a", open);
        append("a", done);
        append("a", outcome(done));
        awaitCosigned("a", "b");
        Path before = copy(log("a"), folder.resolve("before"));
        append(
                "a",
                accepted("r-marker", Duration.ofMinutes(5))); // with its cosignature, what was open was told as well
        awaitCosigned("a", "b");

        processes.getFirst().kill();

        Await.until(PATIENCE, () -> orphaned("b").equals(List.of("r-open")));
        assertTold(verification());

        GatewayProcess back = writer("a");
        assertTold(verification());
        append("a", outcome(accepted("r-other", Duration.ZERO)));
        awaitCosigned("a", "b");
        assertThat(back.terminate(Duration.ofSeconds(30))).isZero();
        delete(log("a"));
        Files.move(before, log("a"));

        assertThatThrownBy(() -> writer("a"))
                .hasMessageContaining("acknowledged data is missing: another writer has witnessed");
    }

    private static void assertTold(VerificationReport report) {
        assertThat(report.exitCode()).as(String.join("\n", report.lines())).isZero();
        assertThat(report.completeness().requests()).isEqualTo(2);
        assertThat(report.completeness().orphaned()).isEqualTo(1);
        assertThat(report.completeness().pending()).isEqualTo(1);
        assertThat(report.completeness().endedTwice()).isZero();
    }

    /** Both logs as somebody sees them who got copies. */
    private VerificationReport verification() throws IOException {
        Path together = Files.createTempDirectory(folder, "together");
        copy(log("a"), together.resolve("a"));
        copy(log("b"), together.resolve("b"));
        return new LedgerVerification().verify(together);
    }

    private List<String> orphaned(String name) throws IOException {
        List<String> found = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(folder.resolve(name))) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals("request.orphaned")) {
                    found.add(entry.head().requestId());
                }
            });
        }
        return found;
    }

    /** The whole log, as it is now, under a checkpoint that the other has cosigned. */
    private void awaitCosigned(String name, String witness) throws Exception {
        CosignerKey key = CosignerKey.parse(Files.readString(log(witness).resolve("witness/vkey")));
        long size = entries(name);
        Await.until(PATIENCE, () -> {
            var text = new LedgerDirectory(log(name)).publishedNote();
            if (text.isEmpty()) {
                return false;
            }
            SignedNote note = SignedNote.parse(text.get());
            return Checkpoint.parse(note.text()).size() >= size
                    && key.cosigned(note).isPresent();
        });
    }

    private long entries(String name) throws IOException {
        var count = new long[1];
        try (LedgerReader reader = LedgerReader.open(log(name))) {
            reader.read(EventQuery.ALL, _ -> count[0]++);
        }
        return count[0];
    }

    private void append(String name, AuditEntry entry) throws Exception {
        String writer = LogFacts.read(log(name).resolve("log.json")).writer().toString();
        AppendAnswer answer = Bus.of(node.vertx())
                .ask(
                        Address.ofAudit(Address.auditWriter(writer)),
                        new AppendEntries(Deadline.in("test", 10_000), List.of(entry)),
                        Duration.ofSeconds(10))
                .await(10, TimeUnit.SECONDS);
        assertThat(answer).isInstanceOf(Appended.class);
    }

    private static AuditEntry accepted(String request, Duration dueIn) {
        Instant time = Instant.now().plus(dueIn).minus(DUE);
        return entry("request.accepted", request, time, Map.of("seq", 0));
    }

    private static AuditEntry outcome(AuditEntry accepted) {
        return entry(
                "request.outcome",
                String.valueOf(accepted.requestId()),
                Instant.now(),
                Map.of("seq", 1, "of", 2, "prev", accepted.id()));
    }

    private static AuditEntry entry(String type, String request, Instant time, Map<String, ?> members) {
        String id = EntryId.at(time.toEpochMilli());
        var leaf = new HashMap<String, Object>(members);
        leaf.putAll(Map.of("v", 1, "type", type, "id", id, "rid", request, "node", "test", "t", time.toString()));
        return new AuditEntry(id, request, type, Bytes.owning(CanonicalJson.write(leaf)));
    }

    private Path log(String name) {
        return folder.resolve(name).resolve("audit/writer-0");
    }

    private GatewayProcess writer(String name) throws Exception {
        GatewayProcess process = GatewayProcess.start(
                Map.of(),
                "gateway",
                "run",
                "--cluster",
                clusterXml.toString(),
                "--roles",
                "audit",
                "--admin-listen",
                "127.0.0.1:0",
                "--data-dir",
                folder.resolve(name).toString());
        processes.add(process);
        return process;
    }

    private static long writersHeardBy(Management management) throws Exception {
        return management.json("/keeptrusts/cluster").getJsonArray("workers").stream()
                .filter(worker -> ((JsonObject) worker).getString("role").equals("audit"))
                .count();
    }

    /** The shipped cluster.xml under a name and ports of this run's own. */
    private Path ownCluster() throws Exception {
        int port = GatewayProcess.freePort();
        String members = Stream.of(0, 1, 2, 3)
                .map(n -> "<member>127.0.0.1:" + (port + n) + "</member>")
                .reduce("", String::concat);
        String own = Files.readString(TOP.resolve("cluster.xml"))
                .replace("<cluster-name>keeptrusts<", "<cluster-name>test-" + port + "<")
                .replaceAll("(?s)<member-list>.*</member-list>", "<member-list>" + members + "</member-list>")
                .replace("port-count=\"20\">5701<", "port-count=\"4\">" + port + "<");
        assertThat(own).contains("port-count=\"4\"").contains("test-" + port);
        return Files.writeString(folder.resolve("cluster.xml"), own);
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
