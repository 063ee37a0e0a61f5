package com.keeptrusts.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.Section;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RateLimitTest {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private long now = 60_000;

    @Test
    void aWindowHoldsItsNumberAndTellsWhenThereIsRoomAgain() {
        var counters = new RateCounters(() -> now);
        for (int i = 0; i < 3; i++) {
            assertThat(counters.take("a", 1, 3, 60)).isZero();
        }

        long wait = counters.take("a", 1, 3, 60);

        assertThat(wait).isBetween(60_000L, 120_000L);
        assertThat(counters.take("b", 1, 3, 60)).isZero();
        now += wait + 1;
        assertThat(counters.take("a", 1, 3, 60)).isZero();
    }

    @Test
    void forMoreThanTheLimitThereNeverIsRoom() {
        var counters = new RateCounters();

        assertThat(counters.take("a", 101, 100, 60)).isEqualTo(Long.MAX_VALUE);
        assertThat(counters.take("a", 100, 100, 60)).isZero();
    }

    @Test
    void noSlidingWindowEverHoldsMoreThanItsNumberByMuch() {
        var counters = new RateCounters(() -> now);
        int taken = 0;
        for (int i = 0; i < 600; i++) {
            taken += counters.take("a", 1, 60, 60) == 0 ? 1 : 0;
            now += 100;
        }

        assertThat(taken).isLessThanOrEqualTo(60);
        for (int i = 0; i < 600; i++) {
            taken += counters.take("a", 1, 60, 60) == 0 ? 1 : 0;
            now += 100;
        }
        assertThat(taken).isBetween(90, 125);
    }

    @Test
    void anEstimateIsCorrectedWhenTheUsageIsKnown() {
        var counters = new RateCounters(() -> now);
        assertThat(counters.take("a", 90, 100, 60)).isZero();
        assertThat(counters.take("a", 20, 100, 60)).isPositive();

        counters.adjust("a", -60, 60);

        assertThat(counters.take("a", 20, 100, 60)).isZero();
    }

    @Test
    void aRequestTooManyIsRefusedWithAHint_E8(Vertx vertx) throws Exception {
        House house = limited(vertx, new JsonObject().put("global_rate_limit", limit("max_requests", 2, 10)));

        assertThat(RawClient.chat(house.port(), ASK).status()).isEqualTo(200);
        assertThat(RawClient.chat(house.port(), ASK).status()).isEqualTo(200);
        var got = RawClient.chat(house.port(), ASK);

        assertThat(got.status()).isEqualTo(429);
        assertThat(new JsonObject(got.body()).getString("code")).isEqualTo("rate_limit_exceeded");
        assertThat(got.header("x-should-retry")).isEqualTo("true");
        assertThat(Integer.parseInt(got.header("retry-after"))).isBetween(1, 20);
    }

    @Test
    void usersAreToldApartByTheirHeader(Vertx vertx) throws Exception {
        House house = limited(
                vertx,
                new JsonObject()
                        .put(
                                "user_rate_limit",
                                limit("max_requests", 1, 60).put("header_names", new JsonArray().add("X-Team"))));

        assertThat(RawClient.chat(house.port(), ASK, "x-team: a").status()).isEqualTo(200);
        assertThat(RawClient.chat(house.port(), ASK, "x-team: b").status()).isEqualTo(200);
        assertThat(RawClient.chat(house.port(), ASK, "x-team: a").status()).isEqualTo(429);
    }

    @Test
    void theForwardedAddressCountsOnlyBehindTrustedProxies_C10(Vertx vertx) throws Exception {
        House house = limited(
                vertx,
                new JsonObject()
                        .put("ip_rate_limit", limit("max_requests", 1, 60).put("trust_proxy_depth", 1)));

        assertThat(RawClient.chat(house.port(), ASK, "X-Forwarded-For: 9.9.9.9, 1.1.1.1")
                        .status())
                .isEqualTo(200);
        assertThat(RawClient.chat(house.port(), ASK, "X-Forwarded-For: 8.8.8.8, 1.1.1.1")
                        .status())
                .isEqualTo(429);
        assertThat(RawClient.chat(house.port(), ASK, "X-Forwarded-For: 1.1.1.1, 2.2.2.2")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tokensAreReservedBeforeTheyAreSpent(Vertx vertx) throws Exception {
        House house = limited(vertx, new JsonObject().put("token_rate_limit", limit("max_tokens", 1000, 60)));

        assertThat(RawClient.chat(house.port(), ASK.replace("{\"model\"", "{\"max_tokens\":5000,\"model\""))
                        .status())
                .isEqualTo(429);
        assertThat(RawClient.chat(house.port(), ASK.replace("{\"model\"", "{\"max_tokens\":900,\"model\""))
                        .status())
                .isEqualTo(200);
        assertThat(RawClient.chat(house.port(), ASK.replace("{\"model\"", "{\"max_tokens\":900,\"model\""))
                        .status())
                .as("30 of the 900 were used")
                .isEqualTo(200);
    }

    @Test
    void mistakesInTheSectionsAreNamed() {
        JsonObject wrong = new JsonObject()
                .put("global_rate_limit", new JsonObject().put("window_seconds", 60))
                .put("ip_rate_limit", limit("max_requests", 0, 60))
                .put("token_rate_limit", limit("max_tokens", 5, 60).put("scope", "planet"));

        assertThatThrownBy(() -> Section.read("", wrong, RateLimits::from))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("global_rate_limit")
                .hasMessageContaining("ip_rate_limit.max_requests")
                .hasMessageContaining("planet");
    }

    @Test
    void mistakesInTheGatewaySectionAreNamed() {
        JsonObject wrong = new JsonObject()
                .put("block_status", 404)
                .put("response_header", true)
                .put(
                        "client_keys",
                        new JsonArray()
                                .add(new JsonObject().put("name", "a").put("sha256", "short"))
                                .add(new JsonObject().put("name", "b")));

        assertThatThrownBy(() -> Section.read("gateway", wrong, GatewaySettings::from))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gateway.block_status")
                .hasMessageContaining("gateway.response_header")
                .hasMessageContaining("client_keys[0].sha256")
                .hasMessageContaining("client_keys[1].secret_ref");
    }

    @Test
    void theDefaultsAreThoseOfTheContract() {
        assertThat(Section.read("gateway", new JsonObject(), GatewaySettings::from))
                .isEqualTo(GatewaySettings.DEFAULT);
        assertThat(Section.read("size_limits", new JsonObject(), SizeLimits::from))
                .isEqualTo(new SizeLimits(16_777_216, Long.MAX_VALUE));
        assertThat(Section.read("", new JsonObject(), RateLimits::from)).isEqualTo(RateLimits.NONE);
    }

    private static House limited(Vertx vertx, JsonObject sections) throws Exception {
        House house = House.on(vertx);
        IngressConfig plain = House.config(AuditSettings.OFF, Set.of());
        house.config.set(new IngressConfig(
                plain.digest(),
                plain.packName(),
                plain.packVersion(),
                true,
                plain.chain(),
                plain.outputKinds(),
                plain.audit(),
                plain.providerDigest(),
                plain.targets(),
                plain.models(),
                plain.sizeLimits(),
                plain.gateway(),
                Section.read("", sections, RateLimits::from)));
        house.opens();
        FakeProvider.start(vertx, House.NODE, 0);
        return house;
    }

    private static JsonObject limit(String name, int number, int seconds) {
        return new JsonObject().put(name, number).put("window_seconds", seconds);
    }
}
