package com.keeptrusts.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.node.cli.EventsCommand;
import com.keeptrusts.gateway.simulator.script.Script;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** C12: several attempts at the same thing, which are requests of their own, and belong together in the ledger. */
class AttemptsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: attempts, version: 0.1.0}
            policies: {chain: [attentive, audit-logger]}
            providers: {targets: [{id: upstream, provider: cerebras}]}
            """);

    private static final Script WHOLE =
            new Script(false, 200, "application/json", List.of(Script.write(Chats.answer("hi"))));

    @Test
    void c12_theSameIdempotencyKeyTwiceIsTwoRequests() throws Exception {
        String key = "idempotency-key: order 17 of jane@example.com";

        Answer first = GATEWAY.played(WHOLE, Chats.PLAIN, key);
        Answer second = GATEWAY.played(WHOLE, Chats.PLAIN, key);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(GATEWAY.upstream().requests()).hasSize(2);
        assertThat(first.requestId()).isNotEqualTo(second.requestId());
        assertThat(GATEWAY.ledger().of(first.requestId()).status()).isEqualTo(200);
        assertThat(GATEWAY.ledger().of(second.requestId()).status()).isEqualTo(200);
        String link = ask(first.requestId()).getString("idempotency");
        assertThat(link).matches("[0-9a-f]{32}");
        assertThat(ask(second.requestId()).getString("idempotency")).isEqualTo(link);
        assertThat(events("tail", "--limit", "100"))
                .doesNotContain("jane@example.com")
                .containsSubsequence(
                        first.requestId() + "  idempotency=" + link.substring(0, 12),
                        second.requestId() + "  idempotency=" + link.substring(0, 12));
        assertThat(events("show", second.requestId())).contains(", idempotency key " + link.substring(0, 12));
    }

    @Test
    @Tag("slow")
    void c12_aClientThatTriesAgainAfterE10IsAnsweredAsAnotherRequest() throws Exception {
        CompletableFuture<ChatCompletion> answer;
        try (BusFault _ = BusFault.losing(GATEWAY.live().node().vertx(), "provider.")) {
            answer = CompletableFuture.supplyAsync(this::completion);
            Await.until(() -> GATEWAY.ledger().countWithCode("gateway_overloaded") == 1);
        }

        assertThat(answer.get(20, TimeUnit.SECONDS).choices()).isNotEmpty();
        List<JsonObject> attempts = attemptsThatCount();
        assertThat(attempts).extracting(entry -> entry.getString("rid")).doesNotHaveDuplicates();
        assertThat(attempts)
                .extracting(entry -> entry.getJsonObject("ask").getString("retry"))
                .containsExactly("0", "1");
        assertThat(attempts.stream()
                        .map(entry -> entry.getJsonObject("ask").getString("idempotency"))
                        .distinct())
                .hasSize(1);
        String first = attempts.getFirst().getString("rid");
        String second = attempts.getLast().getString("rid");
        assertThat(GATEWAY.ledger().of(first).code()).isEqualTo("gateway_overloaded");
        assertThat(GATEWAY.ledger().of(second).status()).isEqualTo(200);
        assertThat(events("show", second)).contains("retry 1, idempotency key ");
    }

    /** By a client as it is published, which tries again by itself. */
    private ChatCompletion completion() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + GATEWAY.port() + "/v1")
                .apiKey("unused")
                .build();
        try {
            return client.chat()
                    .completions()
                    .create(ChatCompletionCreateParams.builder()
                            .model("llama3.1-8b")
                            .addUserMessage("hello")
                            .putAdditionalHeader("Idempotency-Key", "order-18")
                            .build());
        } finally {
            client.close();
        }
    }

    /** First records of those requests whose clients say which attempt it is. */
    private static List<JsonObject> attemptsThatCount() throws Exception {
        List<JsonObject> found = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(GATEWAY.ledger().data())) {
            reader.read(
                    EventQuery.ALL,
                    entry -> found.add(new JsonObject(entry.leaf().toUtf8())));
        }
        found.removeIf(entry ->
                !entry.containsKey("ask") || !entry.getJsonObject("ask").containsKey("retry"));
        return found;
    }

    /** What {@code kt events} prints. */
    private static String events(String command, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of(command, "--data-dir", GATEWAY.ledger().data().toString()));
        all.addAll(List.of(arguments));
        var text = new StringWriter();
        var out = new PrintWriter(text, true);
        new CommandLine(new EventsCommand()).setOut(out).setErr(out).execute(all.toArray(String[]::new));
        return text.toString();
    }

    private static JsonObject ask(String requestId) throws Exception {
        return new JsonObject(GATEWAY.ledger().acceptance(requestId).toUtf8()).getJsonObject("ask");
    }
}
