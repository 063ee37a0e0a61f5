package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.Chats.chunk;
import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.CompletionEnd;
import com.keeptrusts.gateway.contract.CompletionEvent;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionStarted;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Faults of the gateway itself, brought about by messages that no worker sends: E25. */
class OwnFaultRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: own-faults, version: 0.1.0}
            policies: {chain: [attentive, audit-logger]}
            providers: {targets: [{id: upstream, provider: cerebras}]}
            """);

    private static final Bytes EVENT = Bytes.utf8(chunk("late"));

    @Test
    void e25_anEndThatCannotBeRecordedResetsTheConnection() throws Exception {
        try (RawConnection connection = GATEWAY.connect()) {
            String id = begin(connection);

            // A finish reason that has no place in an entry: half a pair of surrogates.
            inject(id, List.of(), new CompletionEnd(null, null, List.of("\ud800"), List.of(), 0));

            RawConnection.Rest rest = connection.readToEnd();
            assertThat(rest.reset()).isTrue();
            assertThat(rest.text()).doesNotContain("[DONE]").doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void e25_anEventWhoseTextsAreNotInItEndsTheStreamWithTheFrame() throws Exception {
        try (RawConnection connection = GATEWAY.connect()) {
            String id = begin(connection);

            var impossible = new TextLiteral(new Track(0, Channel.ASSISTANT, 0), 900, 20, new UserText("text"));
            inject(id, List.of(new EventTexts(0, EVENT.length(), false, List.of(impossible))), null);

            assertThat(connection.readUntil("[DONE]\n\n"))
                    .contains("event: error\ndata: {", "\"code\":\"upstream_invalid_stream\"")
                    .doesNotContain("late");
        }
        Await.until(() -> GATEWAY.upstream().counters().streamsCancelled() == 1);
    }

    @Test
    void e25_anEventThatTheGatewayFailsOnEndsTheStreamWithTheFrame() throws Exception {
        try (RawConnection connection = GATEWAY.connect()) {
            String id = begin(connection);

            send(new CompletionStarted(id, 0, 2, 200, true, List.of(), "upstream", "cerebras", "m", 1)); // once more

            assertThat(connection.readUntil("[DONE]\n\n"))
                    .contains("event: error\ndata: {", "\"code\":\"internal_error\"");
            assertThat(GATEWAY.ledger().of(id).code()).isEqualTo("internal_error");
        }
        Await.until(() -> GATEWAY.upstream().counters().streamsCancelled() == 1);
    }

    /** A stream that has begun; gives the id of its request. */
    private static String begin(RawConnection connection) throws Exception {
        Script script = Script.body(
                Script.write(chunk("This is a long and harmless beginning. ") + chunk("And it goes on.")),
                new Step.Stall());
        connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), GATEWAY.play(script));
        String head = connection.head();
        connection.readUntil("harmless beginning. \"}}]}\n\n");
        int at = head.indexOf("x-request-id: ") + "x-request-id: ".length();
        return head.substring(at, head.indexOf("\r\n", at));
    }

    /** The third event of the answer, as if the provider worker had sent it. */
    private static void inject(String requestId, List<EventTexts> texts, @Nullable CompletionEnd end) {
        send(new CompletionFrame(requestId, 0, 2, 1, end != null, EVENT, texts, end));
    }

    private static void send(CompletionEvent event) {
        var node = GATEWAY.live().node();
        for (int n = 0; n < Runtime.getRuntime().availableProcessors(); n++) {
            Bus.of(node.vertx()).tell(Address.ofIngress(Address.ingress(node.name(), n)), event);
        }
    }
}
