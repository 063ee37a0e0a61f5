package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.audit.read.LedgerVerification;
import com.keeptrusts.gateway.node.cli.EventsCommand;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A text from the client's request to its erasure, with the gateway running and with it stopped. */
class ContentIT {

    private static final String CONFIG = """
            pack: {name: content, version: 0.1.0}
            policies: {chain: [pii-detector, audit-logger]}
            policy:
              audit-logger: {content: encrypted}
            providers:
              targets:
                - {id: cerebras-llama, provider: "cerebras:chat:llama3.3-70b"}
            """;

    private static final String ASK =
            "Please write to jane.doe@example.com that the rent of flat 12 is due on the first of May.";

    @TempDir
    private Path folder;

    /** What a command printed, and its exit code. */
    private record Ran(int code, String out, String err) {}

    @Test
    void aTextIsKeptRedactedReadWithARecordAndErased() throws Exception {
        String alice;
        String bob;
        try (LiveGateway gateway = LiveGateway.start(folder, CONFIG)) {
            String admin = "http://127.0.0.1:" + gateway.node().adminPort();
            alice = ask(gateway, "alice");
            bob = ask(gateway, "bob");

            Ran read = run("content", alice, "--by", "auditor", "--admin", admin);
            assertThat(read.out())
                    .contains("Please write to [EMAIL_REDACTED] that the rent of flat 12")
                    .contains("--- out: ")
                    .contains("\"choices\"");
            assertThat(read.code()).isZero();
            assertThat(entries("audit.read"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry)
                            .containsEntry("what", "content")
                            .containsEntry("by", "auditor")
                            .containsEntry("of_rid", alice));

            assertThat(run("hold", "add", "case-9", "--reason", "a case", "--by", "counsel", "--admin", admin)
                            .code())
                    .isZero();
            Ran held = run("erase", "--subject", "alice", "--reason", "r-17", "--by", "dpo", "--admin", admin);
            assertThat(held.code()).isEqualTo(1);
            assertThat(held.err()).contains("under the legal hold case-9");
            assertThat(entries("admin.erase_refused")).hasSize(1);
            assertThat(run("hold", "release", "case-9", "--reason", "settled", "--by", "counsel", "--admin", admin)
                            .code())
                    .isZero();

            Ran erased = run("erase", "--subject", "alice", "--reason", "r-17", "--by", "dpo", "--admin", admin);
            assertThat(erased.err()).isEmpty();
            assertThat(erased.code()).isZero();
            assertThat(entries("subject.erased"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry)
                            .containsEntry("reason", "r-17")
                            .containsEntry("requester", "dpo")
                            .containsEntry("count", 1)
                            .containsEntry("pseudonym", subjectOf(alice)));
            Ran gone = run("content", alice, "--by", "auditor", "--admin", admin);
            assertThat(gone.code()).isEqualTo(2);
            assertThat(gone.err()).contains("erased, its key is no more");
            assertThat(run("content", bob, "--by", "auditor", "--admin", admin).code())
                    .isZero();

            String later = ask(gateway, "alice"); // with a key of its own
            assertThat(run("content", later, "--by", "auditor", "--admin", admin)
                            .code())
                    .isZero();
        }

        assertThat(everything()).doesNotContain("rent of flat 12", "jane.doe", "\"alice\"");
        assertThat(new LedgerVerification().verify(folder.resolve("data")).lines())
                .contains("integrity: whole")
                .anyMatch(line -> line.startsWith("completeness: complete"));
        assertThat(run("content", alice, "--by", "auditor").code()).isEqualTo(2);
        assertThat(run("content", bob, "--by", "auditor").out()).contains("[EMAIL_REDACTED]");
        assertThat(run("erase", "--subject", subjectOf(bob), "--reason", "r-18", "--by", "dpo")
                        .code())
                .isZero();
        assertThat(run("content", bob, "--by", "auditor").err()).contains("erased");
        assertThat(run("erase", "--subject", "bob", "--reason", "r-18", "--by", "dpo")
                        .code())
                .isEqualTo(1);
        assertThat(entries("subject.erased")).hasSize(2);
        assertThat(new LedgerVerification().verify(folder.resolve("data")).exitCode())
                .isZero();
    }

    @Test
    void anotherGatewaysDirectoryIsNotActedOn() throws Exception {
        try (LiveGateway gateway = LiveGateway.start(folder, CONFIG)) {
            ask(gateway, "alice");
            Path other = Files.createDirectories(folder.resolve("other"));
            try (LiveGateway second = LiveGateway.start(other, CONFIG)) {
                String admin = "http://127.0.0.1:" + second.node().adminPort();

                Ran refused = run("erase", "--subject", "alice", "--reason", "r", "--by", "dpo", "--admin", admin);

                assertThat(refused.code()).isEqualTo(2);
                assertThat(refused.err()).contains("store: not this node's");
            }
        }
    }

    private static String ask(LiveGateway gateway, String user) throws Exception {
        String body = Exchange.body(ASK, false).replaceFirst("\\{", "{\"user\":\"" + user + "\",");
        HttpResponse<byte[]> got = gateway.exchange().send(body.getBytes(UTF_8), Map.of());
        assertThat(got.statusCode()).isEqualTo(200);
        return got.headers().firstValue("x-request-id").orElseThrow();
    }

    private Ran run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new CommandLine(new EventsCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    private String subjectOf(String requestId) throws Exception {
        return entries("request.accepted").stream()
                .filter(entry -> requestId.equals(entry.get("rid")))
                .map(entry -> new JsonObject(entry).getJsonObject("who").getString("subject"))
                .findFirst()
                .orElseThrow();
    }

    private List<Map<String, Object>> entries(String type) throws Exception {
        try (LedgerReader reader = LedgerReader.open(folder.resolve("data"))) {
            return reader.last(EventQuery.ALL).stream()
                    .filter(entry -> entry.head().type().equals(type))
                    .map(LedgerEntry::leaf)
                    .map(leaf -> new JsonObject(leaf.toUtf8()).getMap())
                    .toList();
        }
    }

    private String everything() throws Exception {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(file).append('\n').append(new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        return all.toString();
    }
}
