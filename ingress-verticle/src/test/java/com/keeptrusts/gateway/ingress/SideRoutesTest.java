package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.ingress.AuditSettings.Content;
import com.keeptrusts.gateway.ingress.AuditSettings.Durability;
import com.keeptrusts.gateway.ingress.AuditSettings.OnUnavailable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class SideRoutesTest {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private House house;

    @BeforeEach
    void openHouse(Vertx vertx) throws Exception {
        house = House.on(vertx).opens();
    }

    @Test
    void modelsAreListedAsOpenAiDoes_R22() throws Exception {
        String model = "{\"id\":\"llama3.3-70b\",\"object\":\"model\",\"created\":0,\"owned_by\":\"cerebras\"}";

        assertThat(RawClient.get(house.port(), "/v1/models").body())
                .isEqualTo("{\"object\":\"list\",\"data\":[" + model + "]}");
        assertThat(RawClient.get(house.port(), "/v1/models/llama3.3-70b").body())
                .isEqualTo(model);
        assertThat(RawClient.get(house.port(), "/v1/models/nope").status()).isEqualTo(404);
        assertThat(RawClient.get(house.port(), "/v1/tcp_warming").body()).isEqualTo("{}");
    }

    @Test
    void whatIsNotServedIsRefusedInTheUsualEnvelope_R24() throws Exception {
        var unknown = RawClient.post(house.port(), "/v1/embeddings", "{}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(new JsonObject(unknown.body()).getJsonObject("error").getString("code"))
                .isEqualTo("unknown_endpoint");

        var wrong = RawClient.get(house.port(), "/v1/chat/completions");
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.header("allow")).isEqualTo("POST");
        assertThat(RawClient.post(house.port(), "/health", "").status()).isEqualTo(405);
    }

    @Test
    void healthTellsWhatTheOperatorAsks() throws Exception {
        JsonObject health =
                new JsonObject(RawClient.get(house.port(), "/health").body());

        assertThat(health.fieldNames())
                .containsExactly(
                        "status", "uptime_seconds", "version", "providers", "policies_loaded", "requests_processed");
        assertThat(RawClient.get(house.port(), "/healthz").status()).isEqualTo(200);
    }

    @Test
    void readinessWaitsForEveryWorkerAndEndsWithDraining(Vertx vertx) throws Exception {
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of(), "guard"));
        assertThat(missing()).isEqualTo("policy guard");
        FakePolicy.start(vertx, "guard", House.NODE, 0);
        assertThat(missing()).isEqualTo("provider");
        FakeProvider.start(vertx, House.NODE, 0);
        assertThat(missing()).isEqualTo("audit");
        FakeWriter.start(vertx, House.NODE, "w");
        assertThat(RawClient.get(house.port(), "/readyz").status()).isEqualTo(200);

        house.status.drain();

        assertThat(missing()).isEqualTo("draining");
        var refused = RawClient.chat(house.port(), ASK);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("shutting_down");
        assertThat(refused.header("connection")).isEqualTo("close");
    }

    @Test
    void withoutAWriterTheNodeIsDegradedThoughItGoesOn_N9(Vertx vertx) throws Exception {
        FakeProvider.start(vertx, House.NODE, 0);
        var goesOn = new AuditSettings(true, Durability.DISPATCH, OnUnavailable.FAIL_OPEN, true, Content.NONE, false);
        house.config.set(House.config(goesOn, Set.of()));
        assertThat(RawClient.get(house.port(), "/health").body()).contains("\"status\":\"degraded\"");
        assertThat(RawClient.get(house.port(), "/readyz").status()).isEqualTo(200);

        FakeWriter.start(vertx, House.NODE, "w");

        assertThat(RawClient.get(house.port(), "/health").body()).contains("\"status\":\"ok\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'',401",
        "Authorization: Bearer wrong,401",
        "Authorization: Bearer right,200",
        "authorization: bearer right,200",
        "api-key: right,200",
    })
    void withKeysConfiguredOneOfThemIsNeeded_E2_C13(String header, int status) throws Exception {
        FakeProvider.start(house.vertx, House.NODE, 0);
        keys();

        assertThat(RawClient.chat(house.port(), ASK, headers(header)).status()).isEqualTo(status);
        assertThat(RawClient.get(house.port(), "/v1/models", headers(header)).status())
                .isEqualTo(status);
        assertThat(RawClient.get(house.port(), "/v1/chat/completions", headers(header))
                        .status())
                .isEqualTo(status == 200 ? 405 : 401);
        assertThat(RawClient.get(house.port(), "/health").status()).isEqualTo(200);
    }

    @Test
    void aKeyMayBeLimitedToModels_E3() throws Exception {
        FakeProvider provider = FakeProvider.start(house.vertx, House.NODE, 0);
        keys();

        var got = RawClient.chat(house.port(), ASK.replace("\"m\"", "\"other\""), "Authorization: Bearer right");

        assertThat(got.status()).isEqualTo(403);
        assertThat(new JsonObject(got.body()).getString("code")).isEqualTo("model_not_allowed");
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void noKeyTravelsUpstream_S6() throws Exception {
        FakeProvider provider = FakeProvider.start(house.vertx, House.NODE, 0);

        RawClient.chat(
                house.port(),
                ASK,
                "Authorization: Bearer unused",
                "Cookie: c=1",
                "X-Forwarded-For: 1.2.3.4",
                "X-Keeptrusts-Debug: 1",
                "Connection: x-hop",
                "X-Hop: 1",
                "X-Cerebras-Version-Patch: 2",
                "queue_threshold: 5");

        assertThat(provider.call().headers().stream().map(header -> header.name() + "=" + header.value()))
                .containsExactly("x-cerebras-version-patch=2", "queue_threshold=5");
    }

    @Test
    void aDisabledPackRefusesModelCallsOnly() throws Exception {
        IngressConfig off = House.config(AuditSettings.OFF, Set.of());
        house.config.set(new IngressConfig(
                off.digest(),
                off.packName(),
                off.packVersion(),
                false,
                List.<PolicyStep>of(),
                Set.of(),
                off.audit(),
                off.providerDigest(),
                off.targets(),
                off.models(),
                off.sizeLimits(),
                off.gateway(),
                off.rateLimits()));

        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(503);
        assertThat(got.body()).contains("pack_disabled");
        assertThat(RawClient.get(house.port(), "/v1/models").status()).isEqualTo(200);
    }

    @Test
    void refusalsOutsideOfAJourneyAreRecordedToo() throws Exception {
        house.config.set(House.config(AuditSettings.DEFAULT, Set.of()));
        FakeWriter writer = FakeWriter.start(house.vertx, House.NODE, "w");

        var odd = RawClient.get(house.port(), "/v1/files/my%20secret");
        var plain = RawClient.get(house.port(), "/v1/files/x");

        JsonObject accepted = writer.entry("request.accepted");
        assertThat(accepted.getString("rid")).isEqualTo(odd.header("x-request-id"));
        assertThat(accepted.getJsonObject("ask").getString("path")).isEqualTo("other");
        assertThat(writer.entry("request.outcome").getJsonObject("out").getString("code"))
                .isEqualTo("unknown_endpoint");
        accepted = writer.entry("request.accepted");
        assertThat(accepted.getString("rid")).isEqualTo(plain.header("x-request-id"));
        assertThat(accepted.getJsonObject("ask").getString("path")).isEqualTo("/v1/files/x");
    }

    private String missing() throws Exception {
        var got = RawClient.get(house.port(), "/readyz");
        assertThat(got.status()).isEqualTo(503);
        return new JsonObject(got.body()).getString("missing");
    }

    private void keys() {
        IngressConfig plain = House.config(AuditSettings.OFF, Set.of());
        GatewaySettings gateway = Section.read(
                        "gateway",
                        new JsonObject()
                                .put(
                                        "client_keys",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "team")
                                                        .put("models", new JsonArray().add("m"))
                                                        .put("secret_ref", new JsonObject().put("env", "TEAM_KEY")))),
                        GatewaySettings::from)
                .resolved(name -> name.equals("TEAM_KEY") ? "right" : null);
        house.config.set(new IngressConfig(
                plain.digest(),
                plain.packName(),
                plain.packVersion(),
                true,
                plain.chain(),
                Set.of(),
                plain.audit(),
                plain.providerDigest(),
                plain.targets(),
                plain.models(),
                plain.sizeLimits(),
                gateway,
                plain.rateLimits()));
    }

    private static String[] headers(String header) {
        return header.isEmpty() ? new String[0] : new String[] {header};
    }
}
