package com.keeptrusts.gateway.journeys;

import static com.keeptrusts.gateway.journeys.ReloadCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.journeys.ReloadCluster.Reply;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One configuration on all nodes of a real cluster, also while it changes. */
@Tag("N24")
class ClusterReloadIT {

    private static final Pattern MARK = Pattern.compile("<([a-z0-9-]+)>");
    private static final List<String> LEDGERS = List.of("a", "b", "policies");

    private static ReloadCluster cluster;

    @BeforeAll
    static void startCluster(@TempDir Path folder) throws Exception {
        cluster = ReloadCluster.start(folder, marking("start"));
        cluster.upstream().says("Write to jane.doe@example.com about the order, she knows more. ".repeat(12));
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    @Tag("N24")
    void reloadsUnderLoadReachEveryNodeAndNoRequestMixesVersions() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
        Set<String> digests = new HashSet<>();
        for (int round = 0; round < 4; round++) {
            streams.addAll(streamsOnBoth("before " + round));
            String node = round % 2 == 0 ? "a" : "b";
            cluster.write(node, marking("round-" + round));

            Reply reload = cluster.reload(node);

            assertThat(reload.status()).as(reload.body().encode()).isEqualTo(200);
            assertThat(reload.body().getJsonArray("pending")).isEmpty();
            assertThat(reload.body().getJsonArray("nodes")).hasSize(3);
            digests.add(reload.body().getString("digest"));
            assertThat(List.of(cluster.digest("a"), cluster.digest("b")))
                    .containsOnly(reload.body().getString("digest"));
            assertThat(marks(ask("a"))).containsExactly("round-" + round);
            assertThat(marks(ask("b"))).containsExactly("round-" + round);
        }

        assertThat(digests).hasSize(4);
        for (CompletableFuture<HttpResponse<String>> stream : streams) {
            HttpResponse<String> answer = stream.get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("jane");
            assertThat(marks(answer.body())).as(answer.body()).hasSize(1);
        }
        for (String node : LEDGERS) {
            assertThat(cluster.entries(node, "config.activated"))
                    .extracting(entry -> entry.getJsonObject("cfg").getString("digest"))
                    .containsAll(digests);
            assertThat(cluster.settingsByConfig(node).values())
                    .allSatisfy(settings -> assertThat(settings).hasSize(1))
                    .doesNotHaveDuplicates();
        }
        assertThat(cluster.settingsByConfig("a")).hasSizeGreaterThan(1);
    }

    @Test
    void aConfigurationThatIsInvalidOrThatOneNodeCannotRunIsRefusedEverywhere() throws Exception {
        cluster.write("a", marking("agreed"));
        assertThat(cluster.reload("a").status()).isEqualTo(200);
        String before = cluster.digest("a");
        List<CompletableFuture<HttpResponse<String>>> streams = streamsOnBoth("meanwhile");

        cluster.write("a", marking("x").replace("pii-detector, audit", "pii-detectr, audit"));
        Reply invalid = cluster.reload("a");
        cluster.write("a", marking("x") + "gateway: {client_keys: [{name: team, secret_ref: {env: ONLY_ON_A}}]}\n");
        Reply impossible = cluster.reload("a");

        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.body().encode()).contains("policies.chain", "pii-detector", "a.yaml");
        assertThat(impossible.status()).isEqualTo(422);
        JsonObject refusal = impossible.body().getJsonArray("errors").getJsonObject(0);
        assertThat(refusal.getString("node")).isEqualTo(cluster.name("b"));
        assertThat(refusal.getString("code")).isEqualTo("missing_variable");
        assertThat(refusal.getString("path")).isEqualTo("gateway.client_keys[0].secret_ref.env");
        assertThat(List.of(cluster.digest("a"), cluster.digest("b"))).containsOnly(before);
        for (CompletableFuture<HttpResponse<String>> stream : streams) {
            assertThat(stream.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        for (String node : LEDGERS) {
            Await.until(
                    PATIENCE,
                    () -> cluster.entries(node, "admin.config_rejected").size() >= 2);
            List<JsonObject> rejected = cluster.entries(node, "admin.config_rejected");
            assertThat(rejected)
                    .extracting(entry -> entry.getJsonObject("cfg").getString("digest"))
                    .containsOnly(before);
            assertThat(rejected)
                    .extracting(entry -> entry.getJsonObject("cfg").getString("refused"))
                    .allMatch(refused -> refused.length() == 64);
            assertThat(rejected)
                    .extracting(entry -> entry.getString("reason"))
                    .anyMatch(reason -> reason.contains("missing_variable"));
        }
    }

    @Test
    void aNodeThatStartsWithFilesOfBeforeRunsWhatTheOthersRunAndSaysSo() throws Exception {
        cluster.write("b", marking("older"));
        assertThat(cluster.reload("b").status()).isEqualTo(200);
        cluster.write("a", marking("newer"));
        assertThat(cluster.reload("a").status()).isEqualTo(200);

        cluster.restart("b");

        assertThat(cluster.digest("b")).isEqualTo(cluster.digest("a"));
        Await.until(
                PATIENCE, () -> cluster.view("b").getJsonArray("config_by_node").size() == 4);
        assertThat(cluster.row("b").getBoolean("files_differ")).isTrue();
        assertThat(cluster.management("b").text("/metrics"))
                .contains("keeptrusts_config_files_differ 1.0", "keeptrusts_config_differing_nodes 0.0");
        assertThat(cluster.process("b").output()).contains("The files of this node hold another configuration");
    }

    @Test
    void aNodeThatStartsWithFilesNobodyKnowsRunsThemAndIsNamedUntilAReload() throws Exception {
        cluster.write("a", marking("known"));
        assertThat(cluster.reload("a").status()).isEqualTo(200);
        cluster.write("b", marking("never-seen-before"));

        cluster.restart("b");

        Await.until(PATIENCE, () -> !cluster.view("a").getBoolean("config_agreed"));
        Kt.Done status = new Kt()
                .cluster(
                        "status",
                        "--admin",
                        "http://127.0.0.1:" + cluster.process("a").adminPort());
        assertThat(status.code()).isZero();
        assertThat(status.text())
                .contains("CONFIG DIFFERS: " + cluster.name("b") + " runs ")
                .contains("from files read at its start")
                .containsPattern(cluster.name("a") + " +ingress,audit +\\S+ +[0-9a-f]{12} of reload \\d+ on "
                        + cluster.name("a"))
                .containsPattern("provider +\\S+ +no configuration");
        assertThat(cluster.reload("b").status()).isEqualTo(200);
        Await.until(PATIENCE, () -> cluster.view("a").getBoolean("config_agreed"));
        assertThat(ask("a")).contains("<never-seen-before>");
    }

    /** Answers of about a second, on both ingress nodes. */
    private static List<CompletableFuture<HttpResponse<String>>> streamsOnBoth(String text) throws Exception {
        long before = cluster.upstream().counters().streamsStarted();
        List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            streams.add(cluster.exchange(i % 2 == 0 ? "a" : "b").stream(text + " " + i, Map.of("x-sim-rate", "120")));
        }
        Await.until(() -> cluster.upstream().counters().streamsStarted() > before);
        return streams;
    }

    /** The versions whose marker stands in an answer. */
    private static Set<String> marks(String answer) {
        return MARK.matcher(answer).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static String ask(String node) throws Exception {
        HttpResponse<String> answer = cluster.exchange(node).ask("Whom do I ask?");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Answers of this version have this instead of an address. */
    private static String marking(String version) {
        return """
                pack: {name: reload-test, version: 1.0.0, description: "%s"}
                policies: {chain: [pii-detector, audit-logger]}
                policy: {pii-detector: {redaction: {custom_markers: {email: "<%s>"}}}}
                providers:
                  targets: [{id: cerebras-llama, provider: "cerebras:chat:llama3.3-70b"}]
                """.formatted(version, version);
    }
}
