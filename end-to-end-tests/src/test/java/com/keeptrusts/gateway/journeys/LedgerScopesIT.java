package com.keeptrusts.gateway.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client reads of the ledger what its tenant asked, and cannot learn that there is anything else. */
class LedgerScopesIT {

    private static final String CONFIG =
            """
            pack: {name: scopes, version: 0.1.0}
            policies: {chain: [audit-logger]}
            gateway:
              client_keys:
                - {name: a-1, sha256: %s, tenant: acme}
                - {name: a-2, sha256: %s, tenant: acme}
                - {name: g-1, sha256: %s, tenant: globex}
                - {name: lone, sha256: %s}
            providers:
              targets:
                - {id: cerebras-llama, provider: "cerebras:chat:llama3.3-70b"}
            """.formatted(digest("key-a-1"), digest("key-a-2"), digest("key-g-1"), digest("key-lone"));

    @TempDir
    private static Path folder;

    private static LiveGateway gateway;
    private static LedgerPages pages;
    private static String ofAcme = "";
    private static String ofLone = "";

    @BeforeAll
    static void start() throws Exception {
        gateway = LiveGateway.start(folder, CONFIG);
        pages = new LedgerPages(gateway.node().adminPort());
        ofAcme = ask("key-a-1");
        ofLone = ask("key-lone");
        Await.until(() -> pages.get("/requests/" + ofLone + "/proof").statusCode() == 200);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void aTenantReadsWhatItsKeysAsked() throws Exception {
        for (String key : List.of("key-a-1", "key-a-2")) {
            assertThat(with(key, "/requests/" + ofAcme).statusCode()).isEqualTo(200);
            assertThat(with(key, "/requests/" + ofAcme + "/proof").statusCode()).isEqualTo(200);
        }
        assertThat(with("key-lone", "/requests/" + ofLone).statusCode()).isEqualTo(200);
        assertThat(reads().getLast().getJsonObject("who").getString("key")).isEqualTo("lone");
    }

    @Test
    void whatAnotherAskedIsNotThereAndTheAttemptIsRecorded() throws Exception {
        for (String path : List.of("/requests/" + ofAcme, "/requests/" + ofAcme + "/proof")) {
            for (String key : List.of("key-g-1", "key-lone")) {
                int before = reads().size();

                HttpResponse<String> answer = with(key, path);

                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(with(key, "/requests/none").body());
                assertThat(reads()).hasSize(before + 1);
                JsonObject read = reads().getLast().getJsonObject("read");
                assertThat(read.getBoolean("denied")).isTrue();
                assertThat(read.getString("request")).isEqualTo(ofAcme);
            }
        }
        assertThat(with("key-g-1", "/requests/" + ofLone).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/logs", "/logs/writer-0/checkpoint", "/logs/writer-0/tile/entries/000.p/1"})
    void whatTellsOfOthersIsForOperators(String path) throws Exception {
        assertThat(with("key-a-1", path).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/requests/none"})
    void aWrongKeyIsNoOperator(String path) throws Exception {
        assertThat(with("key-a-3", path).statusCode()).isEqualTo(401);
        assertThat(pages.get(path, "authorization", "Basic a2V5").statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> with(String key, String path) throws Exception {
        return pages.get(path, "authorization", "Bearer " + key);
    }

    private static String ask(String key) throws Exception {
        HttpResponse<byte[]> answer = gateway.exchange()
                .send(Exchange.body("Hello.", false).getBytes(UTF_8), Map.of("authorization", "Bearer " + key));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("x-request-id").orElseThrow();
    }

    private static String digest(String key) {
        return Digest.sha256(key);
    }

    private static List<JsonObject> reads() throws Exception {
        var found = new ArrayList<JsonObject>();
        try (LedgerReader reader = LedgerReader.open(folder.resolve("data"))) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals("audit.read")) {
                    found.add(new JsonObject(entry.leaf().toUtf8()));
                }
            });
        }
        return found;
    }
}
