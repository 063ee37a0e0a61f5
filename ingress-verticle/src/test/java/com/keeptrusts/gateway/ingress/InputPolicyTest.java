package com.keeptrusts.gateway.ingress;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdicts;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.contract.UserText;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class InputPolicyTest {

    private static final String ASK =
            "{\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"mail \\u0062ob@x.org now\"}]}";

    private House house;
    private FakeProvider provider;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx);
        house.config.set(House.config(AuditSettings.OFF, Set.of(), "first", "second"));
        house.opens();
        provider = FakeProvider.start(vertx, House.NODE, 0);
    }

    @Test
    void aBlockStopsTheChainAndNoProviderIsAsked_E4(Vertx vertx) throws Exception {
        FakePolicy.start(vertx, "first", House.NODE, 0).decides(new Decision.Block(null));
        FakePolicy second = FakePolicy.start(vertx, "second", House.NODE, 0);

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(400);
        assertThat(got.header("x-should-retry")).isEqualTo("false");
        assertThat(got.header("x-keeptrusts-verdict")).isEqualTo("block");
        JsonObject error = new JsonObject(got.body()).getJsonObject("error");
        assertThat(error.getString("type")).isEqualTo("policy_violation");
        assertThat(error.getString("code")).isEqualTo("input_blocked");
        assertThat(error.getString("policy")).isEqualTo("first");
        assertThat(error.getString("param")).isEqualTo("messages");
        assertThat(second.calls).isEmpty();
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void anEscalationIsABlockOfAnotherCode(Vertx vertx) throws Exception {
        FakePolicy.start(vertx, "first", House.NODE, 0).decides(new Decision.Escalate("a person will look at it"));
        FakePolicy.start(vertx, "second", House.NODE, 0);

        var got = RawClient.chat(house.port(), ASK);

        assertThat(new JsonObject(got.body()).getString("code")).isEqualTo("escalation_required");
        assertThat(new JsonObject(got.body()).getString("message")).isEqualTo("a person will look at it");
    }

    @Test
    void anEditChangesItsRangeOnlyAndTheNextPolicySeesTheEditedText_R2(Vertx vertx) throws Exception {
        FakePolicy.start(vertx, "first", House.NODE, 0).replaces("bob@x.org", "[EMAIL]");
        FakePolicy second = FakePolicy.start(vertx, "second", House.NODE, 0);
        second.replaces("now", "\"later\"");

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(200);
        assertThat(second.call().texts().getFirst().text().value()).isEqualTo("mail [EMAIL] now");
        assertThat(provider.call().body().toUtf8())
                .isEqualTo(
                        "{\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"mail [EMAIL] \\\"later\\\"\"}]}");
        assertThat(got.header("x-keeptrusts-policies")).isEqualTo("first=redact;second=redact");
        assertThat(got.header("x-keeptrusts-verdict")).isEqualTo("redact");
    }

    @Test
    void withoutAWorkerTheRequestIsRefusedWithinASecond_E9_N2(Vertx vertx) throws Exception {
        FakePolicy.start(vertx, "first", House.NODE, 0);
        long before = System.nanoTime();

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(503);
        assertThat(got.body()).contains("policy_unavailable");
        assertThat(got.header("x-should-retry")).isEqualTo("true");
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void aWorkerThatDoesNotAnswerIsReplacedByAnother_N1(Vertx vertx) throws Exception {
        FakePolicy deaf = FakePolicy.start(vertx, "first", House.NODE, 0);
        deaf.judges(_ -> Promise.<PolicyVerdicts>promise().future());
        FakePolicy.start(vertx, "first", "other-node", 0);
        FakePolicy.start(vertx, "second", House.NODE, 0);

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(200);
        assertThat(deaf.call().requestId()).isEqualTo(provider.call().requestId());
    }

    @Test
    void whereTheFirstPausedAndTheSecondFrozeTheFirstIsAskedAgain_N3(Vertx vertx) throws Exception {
        for (String node : List.of("n2", "n3")) {
            FakePolicy paused = FakePolicy.start(vertx, "first", node, 0);
            paused.judges(_ -> {
                paused.decides(new Decision.Allow());
                return Promise.<PolicyVerdicts>promise().future();
            });
        }
        FakePolicy.start(vertx, "second", House.NODE, 0);
        House brisk = House.beside(house, withWaits(Duration.ofMillis(100), Duration.ofSeconds(2)));

        assertThat(RawClient.chat(brisk.port(), ASK).status()).isEqualTo(200);
    }

    @Test
    void whoWaitedForALostWorkerDoesNotWaitAsLongAgainForAnother_N2(Vertx vertx) throws Exception {
        Duration second = Duration.ofSeconds(2);
        House patient = House.beside(house, withWaits(Duration.ofMinutes(1), second));
        Bus bus = Bus.of(vertx);
        String deaf = Address.policyWorker("first", "n2", 0);
        Promise<Void> asked = Promise.promise();
        bus.answer(Address.ofPolicy(deaf), _ -> {
                    asked.complete();
                    return Promise.<PolicyVerdicts>promise().future();
                })
                .await(5, SECONDS);
        bus.publish(
                Address.PRESENCE,
                new WorkerPresent(deaf, Role.POLICY, "first", "n2", 100, 0, 0, 0, 0, "", "test")); // and no more
        long before = System.nanoTime();

        var got = vertx.executeBlocking(() -> RawClient.chat(patient.port(), ASK));
        asked.future().await(5, SECONDS);
        vertx.timer(1_700, MILLISECONDS)
                .onSuccess(_ -> patient.verticle().nodeLeft("n2"))
                .await(5, SECONDS);

        assertThat(got.await(10, SECONDS).body()).contains("policy_unavailable");
        assertThat(System.nanoTime() - before)
                .isLessThan(second.plusMillis(1_400).toNanos());
    }

    private static IngressTimings withWaits(Duration policyHop, Duration workerWait) {
        IngressTimings usual = IngressTimings.DEFAULT;
        return new IngressTimings(
                policyHop,
                usual.streamHop(),
                usual.providerAccept(),
                usual.auditAppend(),
                workerWait,
                usual.total(),
                usual.headers(),
                usual.keepAlive(),
                usual.bodyGrace(),
                usual.clientStall(),
                usual.comment(),
                usual.linger());
    }

    @Test
    void aPolicyThatCannotJudgeRefusesTheRequest_E9(Vertx vertx) throws Exception {
        FakePolicy.start(vertx, "first", House.NODE, 0).decides(new Decision.Failed("NullPointerException"));
        FakePolicy.start(vertx, "second", House.NODE, 0);

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(503);
        assertThat(got.body()).contains("policy_unavailable");
    }

    @Test
    void editsThatDoNotFitTheTextAreAFault(Vertx vertx) throws Exception {
        var edit = new Edit(0, 5, 5000, "EMAIL", new UserText("x"));
        FakePolicy.start(vertx, "first", House.NODE, 0).decides(new Decision.Redact(List.of(edit), false));
        FakePolicy.start(vertx, "second", House.NODE, 0);

        assertThat(RawClient.chat(house.port(), ASK).body()).contains("policy_unavailable");
    }

    @Test
    void consecutiveKindsOnOneOtherNodeAreAskedInOneMessage(Vertx vertx) throws Exception {
        FakePolicy first = FakePolicy.start(vertx, "first", "other-node", 0);
        FakePolicy second = FakePolicy.start(vertx, "second", "other-node", 0);
        first.judges(call -> Future.succeededFuture(new PolicyVerdicts(
                List.of(first.verdict(new Decision.Allow()), second.verdict(new Decision.Allow())))));

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.header("x-keeptrusts-policies")).isEqualTo("first=allow;second=allow");
        assertThat(first.call().steps()).extracting(PolicyStep::kind).containsExactly("first", "second");
        assertThat(second.calls).isEmpty();
    }

    @Test
    void aJsonAnswerIsReviewedWhereAPolicyReviewsAnswers_S14(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.OFF, Set.of("first"), "first"));
        FakePolicy policy = FakePolicy.start(vertx, "first", House.NODE, 0);
        policy.judges(
                call -> policy.decided(call.phase() == Phase.INPUT ? new Decision.Allow() : new Decision.Block(null)));
        provider.does(line -> Answers.json(line, "{\"choices\":[{\"message\":{\"content\":", "no", "}}]}"));

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(400);
        assertThat(got.body()).contains("output_blocked");
    }

    @Test
    void aJsonAnswerIsEditedInPlace(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.OFF, Set.of("first"), "first"));
        FakePolicy.start(vertx, "first", House.NODE, 0).replaces("secret", "***");
        provider.does(line -> Answers.json(line, "{\"x\": 1.0,\"content\":", "a secret b", " }"));

        assertThat(RawClient.chat(house.port(), ASK).body()).isEqualTo("{\"x\": 1.0,\"content\":\"a *** b\" }");
    }

    @Test
    void anEditedJsonAnswerDoesNotTellItsTokens(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.OFF, Set.of("first"), "first"));
        FakePolicy.start(vertx, "first", House.NODE, 0).replaces("secret", "***");
        provider.does(line -> Answers.json(
                line,
                "{\"choices\":[{\"logprobs\":{\"content\":[{\"token\":\"secret\"}]},\"message\":{\"content\":",
                "a secret",
                "}}]}"));

        assertThat(RawClient.chat(house.port(), ASK).body())
                .isEqualTo("{\"choices\":[{\"logprobs\":null,\"message\":{\"content\":\"a ***\"}}]}");
    }

    @Test
    void whatAPolicyReplacedIsPutBackForTheSameClient(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.OFF, Set.of(), "first"));
        var edit = new Edit(0, 5, 14, "EMAIL", new UserText("[EMAIL_1]"));
        FakePolicy.start(vertx, "first", House.NODE, 0).decides(new Decision.Redact(List.of(edit), true));
        provider.does(line -> Answers.json(line, "{\"content\":", "wrote to [EMAIL_1].", "}"));

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.body()).isEqualTo("{\"content\":\"wrote to bob@x.org.\"}");
        assertThat(provider.call().body().toUtf8()).contains("[EMAIL_1]").doesNotContain("bob");
    }

    @Test
    void underFailModeAllowTheRequestGoesOn(Vertx vertx) throws Exception {
        House open = House.beside(house, FailMode.ALLOW);

        var got = RawClient.chat(open.port(), ASK);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("x-keeptrusts-policies")).isEqualTo("first=failed;second=failed");
    }
}
