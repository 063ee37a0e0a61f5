package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.ingress.AuditSettings.Content;
import com.keeptrusts.gateway.ingress.AuditSettings.Durability;
import com.keeptrusts.gateway.ingress.AuditSettings.OnUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ledger holds of the texts, and what the vault is given of them, over real HTTP. */
@ExtendWith(VertxExtension.class)
class ContentTest {

    private static final String ASK =
            "{\"model\":\"m\",\"user\":\"alice\",\"messages\":[{\"role\":\"user\",\"content\":\"hi there\"}]}";
    private static final String STREAM = ASK.replace("{\"model\"", "{\"stream\":true,\"model\"");

    private House house;
    private FakeWriter writer;
    private FakeProvider provider;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx);
        writer = FakeWriter.start(vertx, House.NODE, "w1");
        house.config.set(House.config(settings(Content.ENCRYPTED, AccessControls.NONE), Set.of()));
        house.opens();
        provider = FakeProvider.start(vertx, House.NODE, 0);
        provider.does(line -> line.json("{\"id\":\"x\"}"));
    }

    @Test
    void underNoneThereIsNoCommitmentAndNoKey() throws Exception {
        house.config.set(House.config(settings(Content.NONE, AccessControls.NONE), Set.of()));

        RawClient.chat(house.port(), ASK);

        JsonObject accepted = writer.entry("request.accepted");
        JsonObject outcome = writer.entry("request.outcome");
        assertThat(accepted.fieldNames()).doesNotContain("cm", "ct");
        assertThat(outcome.fieldNames()).doesNotContain("cm", "ct");
        assertThat(accepted.getJsonObject("who").getString("subject")).isEqualTo(MemoryVault.pseudonym("", "alice"));
    }

    @Test
    void underCommitmentTheEntriesNameTheKeyAndNoTextIsKept() throws Exception {
        house.config.set(House.config(settings(Content.COMMITMENT, AccessControls.NONE), Set.of()));

        RawClient.chat(house.port(), ASK);

        JsonObject accepted = writer.entry("request.accepted");
        JsonObject outcome = writer.entry("request.outcome");
        String key = MemoryVault.pseudonym("", "alice") + "-1";
        assertThat(accepted.getJsonObject("cm").fieldNames()).containsExactlyInAnyOrder("in", "key");
        assertThat(accepted.getJsonObject("cm").getString("key")).isEqualTo(key);
        assertThat(outcome.getJsonObject("cm").fieldNames()).containsExactlyInAnyOrder("out", "key");
        assertThat(outcome.fieldNames()).doesNotContain("ct");
        assertThat(house.vault.kept).isEmpty();
    }

    @Test
    void underEncryptedTheTextsAreKeptBeforeTheEntryRefersToThem() throws Exception {
        var got = RawClient.chat(house.port(), ASK);

        writer.entry("request.accepted");
        JsonObject ct = writer.entry("request.outcome").getJsonObject("ct");
        MemoryVault.Kept kept = kept(got.header("x-request-id"));
        assertThat(kept.in()).isEqualTo(ASK);
        assertThat(kept.out()).isEqualTo("{\"id\":\"x\"}");
        assertThat(ct.getString("key")).isEqualTo(kept.keyId());
        assertThat(ct.getInteger("in")).isEqualTo(ASK.length());
        assertThat(ct.getInteger("out")).isEqualTo(10);
    }

    @Test
    void ofAStreamWhatTheClientReadIsKept() throws Exception {
        provider.does(line -> {
            line.started(true);
            Answers.events(line, "hello");
            Answers.last(line);
        });

        var got = RawClient.chat(house.port(), STREAM);
        writer.entry("request.accepted");
        writer.entry("request.outcome");

        assertThat(kept(got.header("x-request-id")).out()).isEqualTo(got.body());
    }

    @Test
    void whatAPolicyTookOutIsNotKept(Vertx vertx) throws Exception {
        chain("guard");
        FakePolicy.start(vertx, "guard", House.NODE, 0).replaces("hi", "[GONE]");

        var got = RawClient.chat(house.port(), ASK);
        JsonObject accepted = writer.entry("request.accepted");
        JsonObject outcome = writer.entry("request.outcome");

        assertThat(kept(got.header("x-request-id")).in())
                .contains("[GONE] there")
                .doesNotContain("hi there");
        assertThat(outcome.getJsonObject("cm").getString("in_red"))
                .isNotEqualTo(accepted.getJsonObject("cm").getString("in"));
    }

    @Test
    void whatAPolicyStoppedIsNotKept(Vertx vertx) throws Exception {
        chain("guard");
        FakePolicy.start(vertx, "guard", House.NODE, 0).decides(new Decision.Block(null));

        RawClient.chat(house.port(), ASK);
        writer.entry("request.accepted");

        assertThat(writer.entry("request.outcome").fieldNames()).doesNotContain("ct");
        assertThat(house.vault.kept).isEmpty();
    }

    @Test
    void anAnswerIntoWhichOriginalsWerePutBackIsNotKept(Vertx vertx) throws Exception {
        chain("guard");
        FakePolicy guard = FakePolicy.start(vertx, "guard", House.NODE, 0);
        guard.judges(call -> guard.decided(new Decision.Redact(
                List.of(new Edit(call.texts().getLast().id(), 0, 2, "GREETING", new UserText("[GREETING_1]"))), true)));
        provider.does(line -> Answers.json(
                line, "{\"choices\":[{\"index\":0,\"message\":{\"content\":", "[GREETING_1] to you", "}}]}"));

        var got = RawClient.chat(house.port(), ASK);
        writer.entry("request.accepted");
        writer.entry("request.outcome");

        assertThat(got.body()).contains("hi to you");
        assertThat(kept(got.header("x-request-id")).in()).contains("[GREETING_1]");
        assertThat(kept(got.header("x-request-id")).out()).isEmpty();
    }

    @Test
    void whatNoPolicyCouldReviewIsNotKept(Vertx vertx) throws Exception {
        House open = House.beside(house, FailMode.ALLOW);
        open.config.set(House.config(settings(Content.ENCRYPTED, AccessControls.NONE), Set.of(), "guard"));
        FakePolicy.start(vertx, "guard", House.NODE, 0).judges(_ -> Future.failedFuture("broken"));

        var got = RawClient.chat(open.port(), ASK);
        writer.entry("request.accepted");
        writer.entry("request.outcome");

        assertThat(got.status()).isEqualTo(200);
        assertThat(kept(open, got.header("x-request-id")).in()).isEmpty();
    }

    @Test
    void withoutItsTextsAnAnswerIsRecordedAndNotGiven() throws Exception {
        house.vault.keepsNothing = true;

        var got = RawClient.chat(house.port(), ASK);

        writer.entry("request.accepted");
        assertThat(writer.entry("request.outcome").getJsonObject("ct").getBoolean("lost"))
                .isTrue();
        assertThat(got.status()).isEqualTo(503);
        assertThat(got.body()).contains("audit_unavailable");
    }

    @Test
    void withoutItsSubjectARequestIsRecordedAndReachesNoProvider() throws Exception {
        house.vault.namesNobody = true;

        assertThat(RawClient.chat(house.port(), ASK).body()).contains("audit_unavailable");

        assertThat(writer.entry("request.accepted").fieldNames()).doesNotContain("cm");
        assertThat(writer.entry("request.outcome").getJsonObject("out").getInteger("status"))
                .isEqualTo(503);
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void aRequestThatItsKeyMayNotMakeHasANameAndNoKey() throws Exception {
        house.config.set(onlyFor("another-model"));

        RawClient.chat(house.port(), ASK, "Authorization: Bearer right");

        JsonObject accepted = writer.entry("request.accepted");
        assertThat(writer.entry("request.outcome").getJsonObject("out").getString("code"))
                .isEqualTo("model_not_allowed");
        assertThat(accepted.getJsonObject("who").getString("subject"))
                .isEqualTo(MemoryVault.pseudonym("acme", "alice"));
        assertThat(accepted.fieldNames()).doesNotContain("cm");
    }

    @Test
    void underHipaaControlsTheEntriesTellPersonPurposeAndCategories(Vertx vertx) throws Exception {
        var access = new AccessControls(true, "x-user-id", "x-purpose");
        house.config.set(House.config(settings(Content.COMMITMENT, access), Set.of(), "pii-detector"));
        FakePolicy.start(vertx, "pii-detector", House.NODE, 0).finds("EMAIL", "US_SSN");

        RawClient.chat(house.port(), ASK, "x-user-id: bob", "x-purpose: TREAT");

        JsonObject accepted = writer.entry("request.accepted");
        JsonObject who = accepted.getJsonObject("who");
        assertThat(who.getString("subject")).isEqualTo(MemoryVault.pseudonym("", "bob"));
        assertThat(who.getString("purpose")).isEqualTo("TREAT");
        JsonObject outcome = writer.entry("request.outcome");
        assertThat(outcome.getJsonArray("data")).containsExactly("EMAIL", "US_SSN");
        assertThat(accepted.encode() + outcome.encode()).doesNotContain("bob").doesNotContain("alice");
    }

    @Test
    void aPurposeThatIsNoCodeIsNotQuoted() throws Exception {
        var access = new AccessControls(true, null, "x-purpose");
        house.config.set(House.config(settings(Content.COMMITMENT, access), Set.of()));

        RawClient.chat(house.port(), ASK, "x-purpose: because Alice is ill");

        assertThat(writer.entry("request.accepted").getJsonObject("who").getString("purpose"))
                .isEqualTo("other");
    }

    private static IngressConfig onlyFor(String model) {
        IngressConfig open = House.config(settings(Content.COMMITMENT, AccessControls.NONE), Set.of());
        String sha256 = HexFormat.of().formatHex(ClientKey.digest("right"));
        var key = new ClientKey("app", sha256, null, "acme", Set.of(model), null);
        return new IngressConfig(
                open.digest(),
                open.packName(),
                open.packVersion(),
                open.packEnabled(),
                open.chain(),
                open.outputKinds(),
                open.audit(),
                open.providerDigest(),
                open.targets(),
                open.models(),
                open.sizeLimits(),
                new GatewaySettings(400, List.of(key), true),
                open.rateLimits());
    }

    private MemoryVault.Kept kept(String requestId) {
        return kept(house, requestId);
    }

    private static MemoryVault.Kept kept(House house, String requestId) {
        return Objects.requireNonNull(house.vault.kept.get(requestId));
    }

    private void chain(String... kinds) {
        house.config.set(House.config(settings(Content.ENCRYPTED, AccessControls.NONE), Set.of(), kinds));
    }

    private static AuditSettings settings(Content content, AccessControls access) {
        return new AuditSettings(true, Durability.DISPATCH, OnUnavailable.SPOOL, true, content, access);
    }
}
