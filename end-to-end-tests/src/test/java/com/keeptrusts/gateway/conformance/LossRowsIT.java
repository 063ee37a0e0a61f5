package com.keeptrusts.gateway.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that are lost, before the first byte and behind it: E9, E10. */
class LossRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: losses, version: 0.1.0}
            policies: {chain: [attentive, audit-logger]}
            policy: {audit-logger: {on_unavailable: fail_closed}}
            providers: {targets: [{id: upstream, provider: cerebras}]}
            """);

    private static final Script BEGUN = Script.body(
            Script.write(Chats.chunk("This is a long and harmless beginning. ") + Chats.chunk("And it goes on.")),
            new Step.Sleep(500_000),
            Script.write(Chats.finish() + Chats.DONE));

    @Test
    void e9_aPolicyThatNobodyServesIsA503() throws Exception {
        try (BusFault _ = losing("policy.attentive.")) {
            Answer answer = GATEWAY.chat(Chats.PLAIN);

            Envelope.server(503, "policy_unavailable", true).assertIs(answer);
            assertThat(answer.json().getString("policy")).isEqualTo("attentive");
            assertThat(GATEWAY.upstream().requests()).isEmpty();
            assertThat(GATEWAY.ledger().of(answer.requestId()).code()).isEqualTo("policy_unavailable");
        }
    }

    @Test
    void e9_aPolicyThatFailsOnARequestIsA503() throws Exception {
        Answer answer = GATEWAY.chat(Chats.saying("fault-word"));

        Envelope.server(503, "policy_unavailable", true).assertIs(answer);
        assertThat(GATEWAY.upstream().requests()).isEmpty();
    }

    @Test
    void e9_aLedgerThatTakesNothingIsA503() throws Exception {
        try (BusFault _ = losing("audit.")) {
            Answer answer = GATEWAY.chat(Chats.PLAIN);

            Envelope.server(503, "audit_unavailable", true).assertIs(answer);
            assertThat(GATEWAY.upstream().requests()).isEmpty();
        }
    }

    @Test
    void e9_aLedgerThatIsLostInTheMiddleOfAStreamEndsItWithTheFrame() throws Exception {
        try (RawConnection connection = GATEWAY.connect()) {
            connection.post(RawConnection.CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(BEGUN));
            connection.head();
            connection.readUntil("harmless");
            try (BusFault _ = losing("audit.")) {
                String rest = connection.readUntil("[DONE]\n\n");

                assertThat(rest)
                        .contains("event: error\n", "\"code\":\"audit_unavailable\"")
                        .doesNotContain("finish_reason");
            }
        }
    }

    @Test
    void e10_noProviderWorkerIsA503ThatSaysWhenToComeBack() throws Exception {
        try (BusFault _ = losing("provider.")) {
            Answer answer = GATEWAY.chat(Chats.PLAIN);

            Envelope.server(503, "gateway_overloaded", true).assertIs(answer);
            assertThat(answer.header("retry-after")).isEqualTo("1");
            assertThat(GATEWAY.ledger().of(answer.requestId()).code()).isEqualTo("gateway_overloaded");
        }
    }

    @Test
    void e10_aPartOfAnAnswerThatIsLostOnTheBusEndsTheStreamWithTheFrame() throws Exception {
        try (RawConnection connection = GATEWAY.connect()) {
            Script script = Script.body(
                    Script.write(
                            Chats.chunk("This is a long and harmless beginning. ") + Chats.chunk("And it goes on.")),
                    new Step.Sleep(300_000),
                    Script.write(Chats.chunk("lost")),
                    new Step.Sleep(300_000),
                    Script.write(Chats.chunk("not lost")),
                    new Step.Stall());
            connection.post(RawConnection.CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(script));
            connection.head();
            connection.readUntil("harmless");
            try (BusFault _ = BusFault.losingOne(GATEWAY.live().node().vertx(), "ingress.")) {
                String rest = connection.readUntil("[DONE]\n\n");

                assertThat(rest)
                        .contains("event: error\n", "\"code\":\"worker_lost\"")
                        .doesNotContain("not lost");
            }
        }
    }

    private static BusFault losing(String addresses) {
        return BusFault.losing(GATEWAY.live().node().vertx(), addresses);
    }
}
