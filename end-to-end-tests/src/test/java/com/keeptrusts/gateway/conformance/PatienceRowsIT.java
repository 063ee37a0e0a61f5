package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.DONE;
import static com.keeptrusts.gateway.conformance.Chats.chunk;
import static com.keeptrusts.gateway.conformance.Chats.finish;
import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventView;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Silence on either side, as long as the gateway bears it: S15, S19. Takes a minute. */
@Tag("slow")
class PatienceRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: patience, version: 0.1.0}
            policies: {chain: [audit-logger]}
            providers: {targets: [{id: upstream, provider: cerebras, timeouts: {idle_ms: 40000}}]}
            """);

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PIECE = 64 * 1024;

    @Test
    @Tag("P8")
    void s15_aSilentStreamIsKeptAliveByCommentsOnceItHasBegun() throws Exception {
        Script silent =
                Script.body(Script.write(chunk("a")), new Step.Sleep(33_000_000), Script.write(finish() + DONE));
        try (RawConnection connection = GATEWAY.connect()) {
            connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(silent));

            assertThat(connection.read().body())
                    .isEqualTo(chunk("a") + ": keep-alive\n\n: keep-alive\n\n" + finish() + DONE);
        }
    }

    @Test
    @Tag("C2")
    void s19_aClientThatReadsNothingPausesTheUpstreamAndIsThenLetGo() throws Exception {
        Step[] flood = new Step[2_000];
        for (int i = 0; i < flood.length; i += 2) {
            flood[i] = Script.write(chunk("x".repeat(PIECE)));
            flood[i + 1] = new Step.Flush();
        }
        try (var connection = new RawConnection(GATEWAY.port(), 16 * 1024)) {
            connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(Script.body(flood)));
            String head = connection.head();

            Await.until(LIMIT, () -> GATEWAY.ledger().countWithCode("client_too_slow") == 1);

            int at = head.indexOf("x-request-id: ") + "x-request-id: ".length();
            EventView outcome = GATEWAY.ledger().of(head.substring(at, head.indexOf("\r\n", at)));
            assertThat(outcome.endedBy()).isEqualTo("client");
            RawConnection.Rest rest = connection.readToEnd();
            assertThat(rest.reset()).isTrue();
            assertThat(rest.text()).doesNotContain("[DONE]").doesNotContain("\r\n0\r\n");
            assertThat(rest.text().length()).isLessThan(flood.length / 8 * PIECE);
        }
    }
}
