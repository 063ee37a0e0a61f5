package com.keeptrusts.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The acts upon a ledger from the command line: told to the gateway that writes it, or done when none does. */
class RetentionCommandsTest {

    private static final String CONFIG = """
            pack: {name: keeping, version: 0.1.0}
            policies: {chain: [audit-logger]}
            providers:
              targets:
                - {id: cerebras, provider: "cerebras:chat:llama3.1-8b"}
            policy:
              audit-logger: {immutable: IMMUTABLE, retention_days: 365}
            """;
    private static final String[] WHO = {"--by", "counsel", "--reason", "case 7 & others"};

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void forget() {
        out.getBuffer().setLength(0);
    }

    @Test
    void aRunningGatewayIsAsked() throws Exception {
        Node node = start(true);
        try {
            assertThat(events(node, "hold", "add", "case-7", WHO)).isZero();
            assertThat(events(node, "hold", "add", "case-7", WHO)).isEqualTo(1);
            assertThat(err.toString()).contains("hold case-7: is there already");
            assertThat(events(node, "hold", "list")).isZero();
            assertThat(out.toString()).contains("case 7 & others");
            assertThat(events(node, "hold", "release", "case-7", WHO)).isZero();
            assertThat(events(node, "prune")).isZero();
            assertThat(out.toString()).contains("nothing to remove");
            assertThat(events(node, "prune", "--before", "2026-01-01T00:00:00Z", WHO))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("is immutable: its entries stay 365 days");
            assertThat(events(node, "keys", "rotate", WHO)).isZero();
            assertThat(out.toString()).contains("vkeys");
            assertThat(statusForAPage(node)).isEqualTo(403);
        } finally {
            node.stop().await(60, TimeUnit.SECONDS);
        }
        assertSound();
        assertThat(told()).contains("admin.hold_added", "admin.hold_released", "admin.refused", "admin.key_rotated");
    }

    @Test
    void withoutAGatewayItIsDoneAtOnce() throws Exception {
        start(false).stop().await(60, TimeUnit.SECONDS);

        assertThat(kt("hold", "add", "case-7", WHO)).isZero();
        assertThat(kt("hold", "list")).isZero();
        assertThat(out.toString()).contains("held by case-7", "case 7 & others");
        assertThat(kt("prune")).isEqualTo(1);
        assertThat(err.toString()).contains("has promised no retention_days (expected: --retention-days)");
        assertThat(kt("prune", "--retention-days", "30")).isZero();
        assertThat(kt("hold", "release", "case-8", WHO)).isEqualTo(1);
        assertThat(err.toString()).contains("hold case-8: is not there (expected: one of [case-7])");
        assertThat(kt("keys", "rotate", WHO)).isZero();
        assertSound();
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() {
        assertThat(kt("prune", "--before", "yesterday", WHO)).isEqualTo(2);
        assertThat(err.toString()).contains("--before: 'yesterday' (expected: a moment as in");
        assertThat(kt("prune", "--before", "2026-01-01T00:00:00Z")).isEqualTo(2);
        assertThat(err.toString()).contains("--by and --reason: missing");
        assertThat(kt("hold", "add", "no spaces", WHO)).isEqualTo(2);
        assertThat(err.toString()).contains("hold name: 'no spaces'");
        assertThat(kt("hold", "list", "--data-dir", folder.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no ledger here");
    }

    /** What a web page gets that a browser shows to an operator. */
    private static int statusForAPage(Node node) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.adminPort() + "/keeptrusts/audit/prune"))
                .header("origin", "https://example.com")
                .POST(BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private void assertSound() {
        assertThat(kt("verify", data())).as(out::toString).isZero();
        assertThat(out.toString()).contains("integrity: whole", "completeness: complete");
    }

    private String told() {
        assertThat(kt("export", "--format", "csv")).isZero();
        return out.toString();
    }

    private int events(Node node, Object... arguments) {
        var all = words(arguments);
        all.addAll(List.of("--data-dir", data(), "--admin", "http://127.0.0.1:" + node.adminPort()));
        return execute(all);
    }

    private int kt(Object... arguments) {
        var all = words(arguments);
        if (!all.contains("--data-dir") && !all.contains("verify")) {
            all.addAll(List.of("--data-dir", data()));
        }
        return execute(all);
    }

    private static List<String> words(Object... arguments) {
        var all = new ArrayList<String>(List.of("events"));
        for (Object argument : arguments) {
            all.addAll(argument instanceof String[] many ? List.of(many) : List.of(String.valueOf(argument)));
        }
        return all;
    }

    private int execute(List<String> arguments) {
        return Kt.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Node start(boolean immutable) throws Exception {
        Path file = Files.writeString(
                folder.resolve("policy-config.yaml"), CONFIG.replace("IMMUTABLE", String.valueOf(immutable)));
        var options = new NodeOptions(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", 0),
                List.of(file),
                false,
                0,
                Roles.ALL,
                Map.of(),
                null,
                folder.resolve("data"),
                null,
                Duration.ofSeconds(5),
                Map.of("CEREBRAS_API_KEY", "csk-test")::get);
        return Node.start(options).await(60, TimeUnit.SECONDS);
    }
}
