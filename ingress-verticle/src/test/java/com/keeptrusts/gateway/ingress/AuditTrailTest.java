package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.Failure;
import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.ingress.AuditSettings.Content;
import com.keeptrusts.gateway.ingress.AuditSettings.Durability;
import com.keeptrusts.gateway.ingress.AuditSettings.OnUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AuditTrailTest {

    private static final String ASK =
            "{\"model\":\"m\",\"user\":\"alice\",\"messages\":[{\"role\":\"user\",\"content\":\"hi there\"}]}";
    private static final String STREAM = ASK.replace("{\"model\"", "{\"stream\":true,\"model\"");
    private static final String EVENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";

    private House house;
    private FakeProvider provider;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx);
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of()));
        house.opens();
        provider = FakeProvider.start(vertx, House.NODE, 0);
        provider.does(line -> line.json("{\"id\":\"x\"}"));
    }

    @Test
    void theOutcomeNamesTheChannelsThatWereReviewed(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of("guard"), "guard"));
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        FakePolicy guard = FakePolicy.start(vertx, "guard", House.NODE, 0);
        guard.reviews(piece -> Future.succeededFuture(
                new StreamReleased(List.of(), piece.end() ? guard.verdict(new Decision.Allow()) : null)));
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "hello");
            Answers.last(line);
        });

        RawClient.chat(house.port(), STREAM);
        writer.entry("request.accepted");

        JsonArray judged = writer.entry("request.outcome").getJsonArray("pol");
        assertThat(judged.getJsonObject(0).getJsonArray("channels")).containsExactly("metadata", "user");
        assertThat(judged.getJsonObject(1).getJsonArray("channels")).containsExactly("assistant");
    }

    @Test
    void aReviewThatFailedNamesNoChannel(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of("guard"), "guard"));
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        FakePolicy guard = FakePolicy.start(vertx, "guard", House.NODE, 0);
        guard.reviews(_ -> Future.failedFuture("broken"));
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "hello");
            Answers.last(line);
        });

        RawClient.chat(house.port(), STREAM);
        writer.entry("request.accepted");

        JsonObject judged = writer.entry("request.outcome").getJsonArray("pol").getJsonObject(1);
        assertThat(judged.getString("verdict")).isEqualTo("failed");
        assertThat(judged.fieldNames()).doesNotContain("channels");
    }

    @Test
    void aCallWhoseWorkerIsLostIsAnAttempt_N6(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, "far", "w1");
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
        });
        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            client.readUntil("\"a\"");

            house.verticle().nodeLeft(House.NODE);

            client.readUntil("[DONE]");
        }
        writer.entry("request.accepted");
        JsonArray attempts = writer.entry("request.outcome").getJsonArray("up");
        assertThat(attempts).hasSize(1);
        assertThat(attempts.getJsonObject(0).getString("cause")).isEqualTo("worker_lost");
        assertThat(attempts.getJsonObject(0).getString("target")).isEqualTo("cerebras-llama");
        assertThat(attempts.getJsonObject(0).getInteger("status")).isEqualTo(200);
    }

    @Test
    void bothTriesAreAttemptsWhereTheFirstWorkerDidNotTakeTheCallUp_N5(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        FakeProvider other = FakeProvider.start(vertx, "other-node", 0);
        other.does(line -> line.json("{\"id\":\"x\"}"));
        provider.isDeaf();

        RawClient.chat(house.port(), ASK);

        writer.entry("request.accepted");
        JsonArray attempts = writer.entry("request.outcome").getJsonArray("up");
        assertThat(attempts).hasSize(2);
        assertThat(attempts.getJsonObject(0).getString("cause")).isEqualTo("worker_lost");
        assertThat(attempts.getJsonObject(1).getString("target")).isEqualTo("cerebras-llama");
    }

    @Test
    void aRequestLeavesTwoEntriesThatNameEachOtherAndQuoteNothing(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");

        var got = RawClient.chat(house.port(), ASK);

        JsonObject accepted = writer.entry("request.accepted");
        JsonObject outcome = writer.entry("request.outcome");
        assertThat(accepted.getString("rid")).isEqualTo(got.header("x-request-id"));
        assertThat(accepted.getString("id")).isEqualTo(got.header("x-keeptrusts-audit-id"));
        assertThat(accepted.getInteger("seq")).isZero();
        assertThat(accepted.getJsonObject("ask").getString("path")).isEqualTo("/v1/chat/completions");
        assertThat(accepted.getJsonObject("ask").getLong("deadline_ms")).isEqualTo(600_000);
        assertThat(accepted.getJsonObject("cm").getString("in")).matches("[0-9a-f]{64}");
        assertThat(accepted.getString("t")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(outcome.getString("prev")).isEqualTo(accepted.getString("id"));
        assertThat(outcome.getString("rid")).isEqualTo(accepted.getString("rid"));
        assertThat(outcome.getInteger("seq")).isEqualTo(1);
        assertThat(outcome.getInteger("of")).isEqualTo(2);
        JsonObject out = outcome.getJsonObject("out");
        assertThat(out.getInteger("status")).isEqualTo(200);
        assertThat(out.getString("ended_by")).isEqualTo("complete");
        assertThat(out.getJsonObject("usage").getInteger("total")).isEqualTo(30);
        assertThat(outcome.getJsonArray("up").getJsonObject(0).getString("target"))
                .isEqualTo("cerebras-llama");
        assertThat(accepted.encode() + outcome.encode())
                .doesNotContain("hi there")
                .doesNotContain("alice");
        assertThat(accepted.getJsonObject("who").getString("subject")).isNotEmpty();
    }

    @Test
    void twoRequestsWithOneIdempotencyKeyAreTwoRequestsWhoseEntriesNameIt_C12(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");

        var first = RawClient.chat(house.port(), ASK, "Idempotency-Key: order 17 of jane@example.com");
        var second = RawClient.chat(house.port(), ASK, "Idempotency-Key: order 17 of jane@example.com");
        var other = RawClient.chat(house.port(), ASK, "Idempotency-Key: order 18");
        RawClient.chat(house.port(), ASK, "Idempotency-Key: ");

        JsonObject firstEntry = accepted(writer);
        JsonObject secondEntry = accepted(writer);
        String link = firstEntry.getJsonObject("ask").getString("idempotency");
        assertThat(provider.calls).hasSize(4);
        assertThat(firstEntry.getString("rid")).isEqualTo(first.header("x-request-id"));
        assertThat(secondEntry.getString("rid"))
                .isEqualTo(second.header("x-request-id"))
                .isNotEqualTo(firstEntry.getString("rid"));
        assertThat(link).isNotEmpty();
        assertThat(secondEntry.getJsonObject("ask").getString("idempotency")).isEqualTo(link);
        assertThat(firstEntry.encode()).doesNotContain("order").doesNotContain("jane");
        assertThat(accepted(writer).getJsonObject("ask").getString("idempotency"))
                .as(other.header("x-request-id"))
                .isNotEqualTo(link);
        assertThat(accepted(writer).getJsonObject("ask").containsKey("idempotency"))
                .isFalse();
    }

    @Test
    void aRetryAfterARefusalIsARequestOfItsOwnThatCountsItself_C12(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        provider.does(line -> line.fails(Failure.of(ErrorCode.GATEWAY_OVERLOADED, "full")));
        var refused = RawClient.chat(house.port(), ASK, "Idempotency-Key: k", "x-stainless-retry-count: 0");
        provider.does(line -> line.json("{\"id\":\"x\"}"));
        var served = RawClient.chat(house.port(), ASK, "Idempotency-Key: k", "x-stainless-retry-count: 1");

        JsonObject first = accepted(writer);
        JsonObject again = accepted(writer);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(served.status()).isEqualTo(200);
        assertThat(again.getString("rid")).isNotEqualTo(first.getString("rid"));
        assertThat(first.getJsonObject("ask").getString("retry")).isEqualTo("0");
        assertThat(again.getJsonObject("ask").getString("retry")).isEqualTo("1");
        assertThat(again.getJsonObject("ask").getString("idempotency"))
                .isEqualTo(first.getJsonObject("ask").getString("idempotency"));
    }

    @Test
    void aRetryCountThatIsNoNumberIsNotKept_C12(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");

        RawClient.chat(house.port(), ASK, "x-stainless-retry-count: jane@example.com");

        assertThat(accepted(writer).getJsonObject("ask").getString("retry")).isEqualTo("other");
    }

    /** The next request's first entry; its last one is passed over. */
    private static JsonObject accepted(FakeWriter writer) throws InterruptedException {
        JsonObject accepted = writer.entry("request.accepted");
        writer.entry("request.outcome");
        return accepted;
    }

    @Test
    void theCommitmentIsOfTheBytesSent(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.last(Answers.LAST);
        });

        var got = RawClient.chat(house.port(), STREAM);

        JsonObject accepted = writer.entry("request.accepted");
        JsonObject outcome = writer.entry("request.outcome");
        var commitments = new Commitments(MemoryVault.salt(got.header("x-request-id")));
        assertThat(outcome.getJsonObject("cm").getString("out"))
                .isEqualTo(commitments.of(got.bytes().array()));
        assertThat(accepted.getJsonObject("cm").getString("in")).isEqualTo(commitments.of(STREAM.getBytes(UTF_8)));
        assertThat(outcome.getJsonObject("out").getInteger("bytes"))
                .isEqualTo(got.bytes().length());
    }

    @Test
    void noProviderIsAskedBeforeTheAcceptanceIsDurable(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        writer.hears(_ -> false);

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(503);
        assertThat(got.body()).contains("audit_unavailable");
        assertThat(provider.calls).isEmpty();
        AppendEntries first = writer.asked.remove();
        AppendEntries again = writer.asked.remove();
        assertThat(again.entries()).isEqualTo(first.entries());
    }

    @Test
    void anAcceptanceThatNobodyTookIsRecordedWithTheOutcome(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        var asks = new AtomicInteger();
        writer.hears(_ -> asks.incrementAndGet() > 2); // deaf to the first try of the acceptance and to the second

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(503);
        assertThat(writer.entry("request.accepted").getString("rid")).isEqualTo(got.header("x-request-id"));
        assertThat(writer.entry("request.outcome").getJsonObject("out").getString("code"))
                .isEqualTo("audit_unavailable");
        assertThat(writer.asked.remove().entries().getFirst().leaf())
                .as("the same bytes, as the first may have been stored after all")
                .isEqualTo(writer.asked.stream()
                        .reduce((_, last) -> last)
                        .orElseThrow()
                        .entries()
                        .getFirst()
                        .leaf());
    }

    @Test
    void theEndOfAStreamWaitsForItsOutcomeAndWithoutItBecomesTheErrorFrame_E9(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        writer.hears(entry -> entry.type().equals("request.accepted"));
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
            line.last(Answers.LAST);
        });

        var got = RawClient.chat(house.port(), STREAM);

        assertThat(got.body()).startsWith(EVENT + "event: error\n").contains("audit_unavailable");
        assertThat(got.body()).doesNotContain("finish_reason");
    }

    @Test
    void aDeafWriterIsReplacedByAnother_N8(Vertx vertx) throws Exception {
        FakeWriter deaf = FakeWriter.start(vertx, House.NODE, "w1");
        deaf.hears(_ -> false);
        FakeWriter other = FakeWriter.start(vertx, "other-node", "w2");

        assertThat(RawClient.chat(house.port(), ASK).status()).isEqualTo(200);

        assertThat(other.entry("request.accepted")).isNotNull();
        assertThat(other.entry("request.outcome")).isNotNull();
        assertThat(deaf.asked.remove().entries()).hasSize(1);
    }

    @Test
    void anUnwillingWriterIsNotAskedTwice(Vertx vertx) throws Exception {
        FakeWriter full = FakeWriter.start(vertx, House.NODE, "w1");
        full.refuses();
        FakeWriter other = FakeWriter.start(vertx, "other-node", "w2");

        assertThat(RawClient.chat(house.port(), ASK).status()).isEqualTo(200);

        assertThat(full.asked).hasSize(2);
        assertThat(other.entries).hasSize(2);
    }

    @Test
    void withoutAWriterTheSpoolKeepsTheEntries_N9(Vertx vertx) throws Exception {
        List<AuditEntry> kept = new ArrayList<>();
        House spooling = House.beside(house, new Spool() {
            @Override
            public Future<Void> keep(List<AuditEntry> entries) {
                kept.addAll(entries);
                return Future.succeededFuture();
            }

            @Override
            public boolean accepting() {
                return true;
            }
        });

        assertThat(RawClient.chat(spooling.port(), ASK).status()).isEqualTo(200);

        assertThat(kept).extracting(AuditEntry::type).containsExactly("request.accepted", "request.outcome");
    }

    @Test
    void underFailOpenTheRequestIsServedAndHealthSaysSo_N9(Vertx vertx) throws Exception {
        house.config.set(House.config(
                new AuditSettings(true, Durability.DISPATCH, OnUnavailable.FAIL_OPEN, true, Content.NONE, false),
                Set.of()));

        assertThat(RawClient.chat(house.port(), ASK).status()).isEqualTo(200);

        assertThat(new JsonObject(RawClient.get(house.port(), "/health").body()).getString("status"))
                .isEqualTo("degraded");
    }

    @Test
    void everyExitIsRecorded(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        FakePolicy.start(vertx, "first", House.NODE, 0).decides(new Decision.Block(null));

        RawClient.chat(house.port(), "{broken");
        RawClient.chat(house.port(), ASK, "Content-Type: text/plain");
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of(), "first"));
        RawClient.chat(house.port(), ASK);
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of()));
        provider.does(line -> line.fails(Failure.of(ErrorCode.UPSTREAM_TIMEOUT, "late")));
        RawClient.chat(house.port(), ASK);

        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writer.entry("request.accepted");
            JsonObject out = writer.entry("request.outcome").getJsonObject("out");
            codes.add(out.getInteger("status") + " " + out.getString("code") + " " + out.getString("ended_by"));
        }
        assertThat(codes)
                .containsExactly(
                        "400 invalid_json gateway",
                        "415 unsupported_media_type gateway",
                        "400 input_blocked policy",
                        "504 upstream_timeout deadline");
    }

    @Test
    void aClientThatLeavesIsRecorded_R25_C1(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        provider.does(line -> {
            line.started(true);
            line.events(EVENT);
        });

        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", STREAM.getBytes(UTF_8));
            client.readUntil("\"a\"");
        }

        writer.entry("request.accepted");
        JsonObject out = writer.entry("request.outcome").getJsonObject("out");
        assertThat(out.getString("ended_by")).isEqualTo("client");
        assertThat(out.getString("code")).isEqualTo("client_disconnected");
        assertThat(out.getInteger("bytes")).isEqualTo(EVENT.length());
    }

    @Test
    void aClientThatLeavesInsideItsBodyIsRecorded_C1(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");

        try (var client = new RawClient(house.port())) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Length: 99\r\n\r\n{\"model\"");
        }

        writer.entry("request.accepted");
        assertThat(writer.entry("request.outcome").getJsonObject("out").getString("code"))
                .isEqualTo("client_disconnected");
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void aClientThatLeavesWhileAPolicyThinksIsRecordedAndNoProviderAsked_C1(Vertx vertx) throws Exception {
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of(), "slow"));
        FakePolicy policy = FakePolicy.start(vertx, "slow", House.NODE, 0);
        policy.judges(_ -> vertx.timer(200, MILLISECONDS).compose(_ -> policy.decided(new Decision.Allow())));

        try (var client = new RawClient(house.port())) {
            client.sendPost("/v1/chat/completions", ASK.getBytes(UTF_8));
            policy.call();
        }

        writer.entry("request.accepted");
        assertThat(writer.entry("request.outcome").getJsonObject("out").getString("ended_by"))
                .isEqualTo("client");
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void withoutLogAllAccessOnlyTheUnusualIsRecorded(Vertx vertx) throws Exception {
        house.config.set(House.config(
                new AuditSettings(true, Durability.DISPATCH, OnUnavailable.SPOOL, false, Content.NONE, false),
                Set.of()));
        FakeWriter writer = FakeWriter.start(vertx, House.NODE, "w1");

        RawClient.chat(house.port(), ASK);
        RawClient.chat(house.port(), "{broken");

        writer.entry("request.accepted");
        assertThat(writer.entry("request.outcome").getJsonObject("out").getString("code"))
                .isEqualTo("invalid_json");
        assertThat(writer.entries.poll(0, SECONDS)).isNull();
    }
}
