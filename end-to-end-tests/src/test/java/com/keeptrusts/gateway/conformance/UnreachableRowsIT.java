package com.keeptrusts.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.fault.FaultRules;
import com.keeptrusts.gateway.simulator.request.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that cannot be reached, and one that is tried again: E17, E18. */
class UnreachableRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY =
            GatewayUnderTest.located(simulator -> """
            pack: {name: unreachable, version: 0.1.0}
            policies: {chain: [audit-logger]}
            providers:
              targets:
                - {id: here, provider: "cerebras:chat:llama3.1-8b", base_url: "%s"}
                - {id: closed, provider: "cerebras:chat:llama3.3-70b", base_url: "http://127.0.0.1:%d"}
                - {id: untrusted, provider: "cerebras:chat:gpt-oss-120b", base_url: "https://127.0.0.1:%d"}
              retry: {max_retries: 1}
              fallback: {max_fallback_attempts: 0}
              circuit_breaker: {failure_threshold: 10000}
            """.formatted(simulator.baseUrl(), closedPort(), simulator.port()));

    @ParameterizedTest
    @ValueSource(strings = {"closed", "untrusted"})
    @Tag("P3")
    void e18_aTargetThatCannotBeReachedIsA502(String target) throws Exception {
        for (String stream : List.of("true", "false")) {
            Answer answer = GATEWAY.chat("{\"model\":\"" + target + "\",\"stream\":" + stream + ",\"messages\":[]}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.code()).isEqualTo("upstream_unreachable");
            assertThat(answer.json().getString("type")).isEqualTo("server_error");
            assertThat(answer.body()).doesNotContain("127.0.0.1").doesNotContain("csk-test");
            assertThat(GATEWAY.ledger().of(answer.requestId()).code()).isEqualTo("upstream_unreachable");
        }
    }

    @Test
    void e17_aFailureThatPassesIsNotSeen() throws Exception {
        GATEWAY.upstream().faults(FaultRules.Rule.times(1, Options.of(Map.of("status", "503"))));

        Answer answer = GATEWAY.chat(Chats.PLAIN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(GATEWAY.upstream().requests()).hasSize(2);
    }

    @Test
    void e17_aFailureThatStaysIsToldAsTriedAgainAlready() throws Exception {
        GATEWAY.upstream().faults(FaultRules.Rule.always(Options.of(Map.of("status", "503"))));

        Answer answer = GATEWAY.chat(Chats.PLAIN);

        Envelope.server(503, "upstream_error", false).assertIs(answer);
        assertThat(GATEWAY.upstream().requests()).hasSize(2);
    }

    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
