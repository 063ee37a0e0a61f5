package com.keeptrusts.gateway.provider.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Header;
import com.keeptrusts.gateway.provider.settings.ProviderConfig;
import com.keeptrusts.gateway.provider.settings.TargetSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamHeadersTest {

    @Test
    void unknownHeadersTravelAndTheGatewaysOwnFollow() {
        List<String> sent = sent("cerebras", new Header("X-Stainless-Lang", "js"), new Header("user-agent", "a"));

        assertThat(sent)
                .containsExactly(
                        "x-stainless-lang: js",
                        "user-agent: a",
                        "accept: application/json",
                        "accept-encoding: identity",
                        "content-type: application/json",
                        "authorization: Bearer secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "api-key",
                "cookie",
                "connection",
                "keep-alive",
                "upgrade",
                "http2-settings",
                "te",
                "trailer",
                "transfer-encoding",
                "proxy-authorization",
                "expect",
                "host",
                "content-length",
                "accept-encoding",
                "x-keeptrusts-user",
                "x-forwarded-for",
                "forwarded",
                "content-encoding"
            })
    void whatBelongsToTheClientsHopStays(String name) {
        assertThat(sent("cerebras", new Header(name, "client"))).noneMatch(line -> line.contains("client"));
    }

    @Test
    void headersMeantForOneProviderDoNotReachAnother() {
        Header[] headers = {
            new Header("x-cerebras-version-patch", "1"),
            new Header("queue_threshold", "2"),
            new Header("openai-organization", "3"),
            new Header("openai-project", "4")
        };

        assertThat(sent("cerebras", headers))
                .contains("x-cerebras-version-patch: 1", "queue_threshold: 2")
                .noneMatch(line -> line.startsWith("openai-"));
        assertThat(sent("openai", headers))
                .contains("openai-organization: 3", "openai-project: 4")
                .noneMatch(line -> line.startsWith("queue") || line.startsWith("x-cerebras"));
        assertThat(sent("acme", headers)).hasSize(4);
    }

    @Test
    @Tag("C9")
    void aValueIsNeverTwoLines() {
        assertThat(sent(
                        "cerebras",
                        new Header("x-a", "1\r\n x: 2"),
                        new Header("x-b", "1\n2"),
                        new Header("x-c", "a\0")))
                .noneMatch(line -> line.startsWith("x-"));
        assertThat(sent("cerebras", new Header("x-d", "é€"))).contains("x-d: é%E2%82%AC");
    }

    @Test
    void theKeyGoesWhereTheTargetWantsIt() {
        TargetSettings target = target("acme", ",\"api_key_header\":\"X-Goog-Key\",\"api_key_prefix\":\"k=\"");

        List<Header> sent = UpstreamHeaders.request(List.of(new Header("x-goog-key", "mine")), target, "secret", true);

        assertThat(sent).extracting(Header::name).containsOnlyOnce("x-goog-key").doesNotContain("authorization");
        assertThat(sent.getLast().value()).isEqualTo("k=secret");
    }

    @Test
    void onlyWhatConcernsTheClientComesBack() {
        var answered = List.of(
                Map.entry("Content-Type", "application/json"),
                Map.entry("Set-Cookie", "a"),
                Map.entry("X-RateLimit-Remaining-Tokens-Minute", "5"),
                Map.entry("Retry-After-Ms", "5"),
                Map.entry("alt-svc", "h3"),
                Map.entry("cf-ray", "1"),
                Map.entry("server", "x"),
                Map.entry("x-request-id", "u"),
                Map.entry("inference-id", "i"),
                Map.entry("transfer-encoding", "chunked"));

        assertThat(UpstreamHeaders.response(answered))
                .extracting(Header::name)
                .containsExactly(
                        "content-type",
                        "x-ratelimit-remaining-tokens-minute",
                        "retry-after-ms",
                        "x-upstream-request-id",
                        "inference-id");
    }

    private static List<String> sent(String provider, Header... headers) {
        return UpstreamHeaders.request(List.of(headers), target(provider, ""), "secret", false).stream()
                .map(header -> header.name() + ": " + header.value())
                .toList();
    }

    private static TargetSettings target(String provider, String more) {
        return ProviderConfig.parse(Bytes.utf8("{\"providers\":{\"targets\":[{\"id\":\"t\",\"provider\":\"" + provider
                        + "\",\"base_url\":\"https://api.example.com\"" + more + "}]}}"))
                .providers()
                .targets()
                .getFirst();
    }
}
